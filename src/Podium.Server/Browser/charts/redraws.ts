/** What is to be drawn anew: all of the plot, its data, or only what part of it is visible. */
export type Redraw = "plot" | "data" | "scale";

const weights: Record<Redraw, number> = { scale: 0, data: 1, plot: 2 };
const shortestBetween = 250;

/** Draws at most once a frame, and what comes live of a large series at most four times a second. */
export class Redraws {
  #what: Redraw | null = null;
  #frame = 0;
  #later: ReturnType<typeof setTimeout> | undefined;
  #lastAt = -Infinity;

  constructor(private readonly draw: (what: Redraw) => void) {}

  /** @param isLarge true: it may wait, for it costs much. */
  ask(what: Redraw, isLarge = false): void {
    const isMore = this.#what === null || weights[what] > weights[this.#what];
    const wait = isLarge ? this.#lastAt + shortestBetween - performance.now() : 0;
    if (wait > 0) {
      this.#later ??= setTimeout(() => {
        this.#later = undefined;
        this.ask(what);
      }, wait);
      return;
    }
    if (isMore) this.#what = what;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#run());
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#later);
    this.#frame = 0;
    this.#later = undefined;
    this.#what = null;
  }

  #run(): void {
    const what = this.#what;
    this.#frame = 0;
    this.#what = null;
    if (what === null) return;
    if (what !== "scale") this.#lastAt = performance.now();
    this.draw(what);
  }
}
