/** How long to wait before the next try: one second after the first failure, then twice as long each time, at most fifteen. */
export class Backoff {
  #failures = 0;

  next(): number {
    return Math.min(15_000, 1000 * 2 ** this.#failures++);
  }

  reset(): void {
    this.#failures = 0;
  }
}
