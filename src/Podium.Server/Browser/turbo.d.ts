// What we use of Turbo, which has no types of its own.
declare module "@hotwired/turbo" {
  export const config: { drive: { progressBarDelay: number } };
  export const session: { refresh(url: string, requestId?: string): void };
  export function visit(location: string, options?: { action?: "advance" | "replace" | "restore" }): void;
}
