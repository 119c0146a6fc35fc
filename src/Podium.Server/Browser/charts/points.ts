/** A series as it is drawn: steps ascending, and the value at each; null is a value that is no finite number. */
export interface Points {
  readonly steps: number[];
  readonly values: (number | null)[];
}

/** Points that came over the stream: pairs of step and value. */
export type LivePoints = readonly (readonly [step: number, value: number | null])[];

export function noPoints(): Points {
  return { steps: [], values: [] };
}

/** The first place whose step is at or above one; the length where there is none. */
export function placeOf(steps: readonly number[], step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First and last step over several series; null where none has a point. */
export function extentOf(all: readonly Points[]): readonly [number, number] | null {
  let [first, last] = [Infinity, -Infinity];
  for (const { steps } of all) {
    if (steps.length === 0) continue;
    first = Math.min(first, steps[0]!);
    last = Math.max(last, steps[steps.length - 1]!);
  }
  return first <= last ? [first, last] : null;
}
