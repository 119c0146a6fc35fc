import assert from "node:assert/strict";
import { test } from "node:test";
import { smooth, timeConstantOf } from "../charts/smoothing";

const steps = Array.from({ length: 201 }, (_, i) => i * 5);

test("leaving out points that lie on the line changes nothing", () => {
  // Straight from corner to corner, the corners 50 steps apart.
  const corner = (step: number): number => Math.sin(step) * 3 + 4;
  const values = steps.map((step) => {
    const from = Math.floor(step / 50) * 50;
    return corner(from) + ((corner(from + 50) - corner(from)) * (step - from)) / 50;
  });
  const whole = smooth({ steps, values }, 120);
  const few = steps.flatMap((step, i) => (step % 50 === 0 ? [i] : []));
  const thinned = smooth({ steps: few.map((i) => steps[i]!), values: few.map((i) => values[i]!) }, 120);
  few.forEach((i, place) => assert.ok(Math.abs(whole[i]! - thinned[place]!) < 1e-9, `at step ${steps[i]}`));
});

test("a constant stays what it is, from the first point on", () => {
  for (const value of smooth({ steps, values: steps.map(() => 2.5) }, 300)) assert.ok(Math.abs(value! - 2.5) < 1e-12);
});

test("the mean lies between the lowest and the highest value, and follows a step of the values", () => {
  const smoothed = smooth({ steps, values: steps.map((step) => (step < 500 ? 1 : 3)) }, 50) as number[];
  assert.ok(Math.min(...smoothed) >= 1 - 1e-12 && Math.max(...smoothed) <= 3 + 1e-12);
  assert.ok(smoothed[101]! < 2);
  assert.ok(smoothed[200]! > 2.99);
});

test("a gap stays a gap, and the line goes on behind it", () => {
  const smoothed = smooth({ steps: [0, 10, 20, 30], values: [1, null, 1, 5] }, 1000);
  assert.equal(smoothed[1], null);
  assert.ok(smoothed[3]! > 1 && smoothed[3]! < 5);
});

test("without a time constant the values stay as they are", () => {
  const values = [1, 2, null];
  assert.equal(smooth({ steps: [1, 2, 3], values }, timeConstantOf(0, 1000)), values);
});

test("the time constant is a share of the training, whatever is visible", () => {
  assert.equal(timeConstantOf(100, 5000), 500);
  assert.equal(timeConstantOf(50, 5000), 125);
  assert.equal(timeConstantOf(150, 5000), 500);
});
