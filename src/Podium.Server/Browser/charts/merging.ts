import { type LivePoints, type Points, placeOf } from "./points";

/** A closer look at a stretch of a series. */
export interface Detail {
  readonly from: number;
  readonly to: number;
  readonly points: Points;
  /** The newest step that was known when it was asked for: what came later is not in it. */
  readonly upTo: number;
  /** Whether points were left out here, too. */
  readonly isThinned: boolean;
}

/** What became of points that came live. */
export type Appending = "nothing" | "appended" | "unclear";

/**
 * Puts points that came live behind those that are there.
 *
 * The same point again changes nothing. One before the last known step that is not among the drawn ones may have been thinned
 * out, or be of a training that went back: that is for the server to say, so the answer is "unclear".
 */
export function append(points: Points, fresh: LivePoints): Appending {
  const { steps, values } = points;
  let result: Appending = "nothing";
  for (const [step, value] of fresh) {
    const last = steps.length > 0 ? steps[steps.length - 1]! : -1;
    if (step > last) {
      steps.push(step);
      values.push(value);
      if (result === "nothing") result = "appended";
      continue;
    }
    const at = placeOf(steps, step);
    if (steps[at] === step && values[at] === value) continue;
    if (step === last) {
      values[at] = value;
      if (result === "nothing") result = "appended";
    } else result = "unclear";
  }
  return result;
}

/** The overview with the stretch in it that is known more closely. */
export function compose(overview: Points, detail: Detail | null): Points {
  if (detail === null) return overview;
  const before = placeOf(overview.steps, detail.from);
  const behind = placeOf(overview.steps, Math.min(detail.to, detail.upTo) + 1);
  return {
    steps: [...overview.steps.slice(0, before), ...detail.points.steps, ...overview.steps.slice(behind)],
    values: [...overview.values.slice(0, before), ...detail.points.values, ...overview.values.slice(behind)],
  };
}

/** Several series over one common list of steps; where a series has no point at a step, it has undefined. */
export interface Table {
  readonly steps: number[];
  readonly columns: (number | null | undefined)[][];
}

/** Lays series side by side. */
export function join(all: readonly Points[]): Table {
  const places = all.map(() => 0);
  const steps: number[] = [];
  const columns = all.map((): (number | null | undefined)[] => []);
  for (;;) {
    let step = Infinity;
    for (let i = 0; i < all.length; i++) {
      const next = all[i]!.steps[places[i]!];
      if (next !== undefined && next < step) step = next;
    }
    if (step === Infinity) return { steps, columns };
    steps.push(step);
    for (let i = 0; i < all.length; i++) {
      const at = places[i]!;
      const has = all[i]!.steps[at] === step;
      columns[i]!.push(has ? all[i]!.values[at] : undefined);
      if (has) places[i] = at + 1;
    }
  }
}
