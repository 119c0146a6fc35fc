/** Pairs of step and epoch, as the page tells them. */
export type EpochPairs = readonly (readonly [step: number, epoch: number])[];

/**
 * Turns steps into epochs and back, in straight lines between known pairs and beyond the outer ones.
 *
 * Both must rise from pair to pair, or there would be no way back: pairs that do not are left out. A training begins at step 0
 * with epoch 0.
 */
export class EpochMap {
  readonly #steps: number[] = [0];
  readonly #epochs: number[] = [0];

  constructor(pairs: EpochPairs) {
    for (const [step, epoch] of [...pairs].sort((a, b) => a[0] - b[0])) {
      if (!Number.isFinite(step) || !Number.isFinite(epoch)) continue;
      if (step <= this.#steps.at(-1)! || epoch <= this.#epochs.at(-1)!) continue;
      this.#steps.push(step);
      this.#epochs.push(epoch);
    }
  }

  /** False: there are no epochs to speak of, and steps are shown instead. */
  get isKnown(): boolean {
    return this.#steps.length > 1;
  }

  epochOf(step: number): number {
    return between(this.#steps, this.#epochs, step);
  }

  stepOf(epoch: number): number {
    return between(this.#epochs, this.#steps, epoch);
  }
}

function between(from: readonly number[], to: readonly number[], value: number): number {
  if (from.length < 2) return value;
  let place = 1;
  let high = from.length - 1;
  while (place < high) {
    const middle = (place + high) >>> 1;
    if (from[middle]! < value) place = middle + 1;
    else high = middle;
  }
  const share = (value - from[place - 1]!) / (from[place]! - from[place - 1]!);
  return to[place - 1]! + share * (to[place]! - to[place - 1]!);
}
