/** How soon the page should follow a change. */
export type Urgency = "soon" | "at once";

/**
 * Decides when the page is brought up to date: at most one refresh every two seconds, but within 300 ms after something that
 * people wait for; never two at once, and none when nothing has changed.
 */
export class Pacing {
  static readonly distance = 2000;
  static readonly atOnce = 300;

  #dueAt: number | null = null;
  #lastAt = -Infinity;
  #isRunning = false;

  /** Something changed. */
  changed(urgency: Urgency, now: number): void {
    const due = urgency === "at once" ? now + Pacing.atOnce : Math.max(now + Pacing.atOnce, this.#lastAt + Pacing.distance);
    this.#dueAt = this.#dueAt === null ? due : Math.min(this.#dueAt, due);
  }

  /** How long to wait from now; null where nothing is to be done, or a refresh is under way, whose end asks again. */
  wait(now: number): number | null {
    return this.#dueAt === null || this.#isRunning ? null : Math.max(0, this.#dueAt - now);
  }

  begin(now: number): void {
    this.#dueAt = null;
    this.#lastAt = now;
    this.#isRunning = true;
  }

  /** @param isDone false: what was to be shown is still to be shown. */
  end(isDone: boolean, now: number): void {
    this.#isRunning = false;
    if (!isDone && this.#dueAt === null) this.#dueAt = now + Pacing.distance;
  }

  /** What was due is shown by other means, a new page for one. */
  forget(): void {
    this.#dueAt = null;
  }
}
