import { LiveStream } from "./stream";

/** `<jobs-stream>`: follows all jobs, without their points. */
export class JobsStream extends LiveStream {
  protected override readonly names = ["changed"];

  protected override opened(isFirst: boolean): void {
    // What happened while it was away is not told.
    if (!isFirst) this.refresh("soon");
  }

  protected override received(_name: string, data: unknown): void {
    const ids = (data as { job_ids?: readonly string[] }).job_ids ?? [];
    if (ids.length === 0) return;
    for (const job of ids) this.tell("podium:resync", { job });
    this.refresh("soon");
  }
}
