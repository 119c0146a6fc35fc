import type { Points } from "./points";

/**
 * The time constant, in steps, of a choice from 0 to 100.
 *
 * It is a share of the whole series and not of what is visible, so that zooming does not change the line; at 100 a tenth of it.
 */
export function timeConstantOf(choice: number, extent: number): number {
  const share = Math.min(Math.max(choice, 0), 100) / 100;
  return 0.1 * share * share * extent;
}

/**
 * An exponential mean of the line through the points, by distance in steps.
 *
 * Between two points the line is taken as straight, and the mean is that of the line and not of the points: leaving out points
 * that lie on it changes nothing, so a thinned series is smoothed as the whole one (Müller's operator with linear
 * interpolation). The beginning is not drawn towards the first value: the weights are those of what has been seen.
 */
export function smooth({ steps, values }: Points, timeConstant: number): (number | null)[] {
  if (!(timeConstant > 0)) return values;
  const smoothed = new Array<number | null>(values.length);
  let [sum, weight] = [0, 0];
  let before: number | null = null;
  let stepBefore = 0;
  for (let i = 0; i < values.length; i++) {
    const [step, value] = [steps[i]!, values[i]!];
    if (value === null) {
      smoothed[i] = null;
      continue;
    }
    if (before !== null) {
      const distance = (step - stepBefore) / timeConstant;
      const kept = Math.exp(-distance);
      const middle = -Math.expm1(-distance) / distance;
      sum = kept * sum + (1 - middle) * value + (middle - kept) * before;
      weight = kept * weight + 1 - kept;
    }
    smoothed[i] = weight > 0 ? sum / weight : value;
    [before, stepBefore] = [value, step];
  }
  return smoothed;
}
