import assert from "node:assert/strict";
import { test } from "node:test";
import { EpochMap } from "../charts/epochs";

test("goes in straight lines between known pairs, and beyond them", () => {
  const epochs = new EpochMap([[100, 1], [300, 2]]);
  assert.equal(epochs.epochOf(50), 0.5);
  assert.equal(epochs.epochOf(200), 1.5);
  assert.equal(epochs.epochOf(400), 2.5);
});

test("there is a way back from each epoch", () => {
  const epochs = new EpochMap([[100, 1], [300, 2], [310, 2.5]]);
  for (const step of [0, 17, 100, 250, 300, 305, 1000]) assert.ok(Math.abs(epochs.stepOf(epochs.epochOf(step)) - step) < 1e-9);
});

test("without pairs steps are steps", () => {
  const epochs = new EpochMap([]);
  assert.equal(epochs.isKnown, false);
  assert.equal(epochs.epochOf(42), 42);
});

test("pairs out of order are sorted, and those that do not rise left out", () => {
  const epochs = new EpochMap([[300, 2], [100, 1], [200, 1], [250, Number.NaN]]);
  assert.equal(epochs.epochOf(200), 1.5);
});
