import assert from "node:assert/strict";
import { test } from "node:test";
import { append, compose, join } from "../charts/merging";

test("new points go behind the old ones", () => {
  const points = { steps: [1, 2], values: [5, 4] };
  assert.equal(append(points, [[3, 3], [4, null]]), "appended");
  assert.deepEqual(points, { steps: [1, 2, 3, 4], values: [5, 4, 3, null] });
});

test("the same points again change nothing", () => {
  const points = { steps: [1, 2], values: [5, 4] };
  assert.equal(append(points, [[1, 5], [2, 4]]), "nothing");
  assert.deepEqual(points, { steps: [1, 2], values: [5, 4] });
});

test("the last point may get another value", () => {
  const points = { steps: [1, 2], values: [5, 4] };
  assert.equal(append(points, [[2, 9]]), "appended");
  assert.deepEqual(points.values, [5, 9]);
});

test("an earlier step that is not known, or has another value, is for the server to explain", () => {
  assert.equal(append({ steps: [1, 3], values: [5, 4] }, [[2, 1]]), "unclear");
  const points = { steps: [1, 3], values: [5, 4] };
  assert.equal(append(points, [[1, 7], [4, 2]]), "unclear");
  assert.deepEqual(points.steps, [1, 3, 4]);
});

const overview = { steps: [0, 10, 20, 30, 40], values: [0, 1, 2, 3, 4] };

test("a closer look takes the place of the overview between its ends", () => {
  const detail = { from: 10, to: 20, upTo: 40, isThinned: false, points: { steps: [10, 15, 20], values: [1, 1.5, 2] } };
  assert.deepEqual(compose(overview, detail).steps, [0, 10, 15, 20, 30, 40]);
});

test("points that came after the closer look stay, though they lie within its range", () => {
  const detail = { from: 10, to: 100, upTo: 30, isThinned: false, points: { steps: [10, 15, 20, 30], values: [1, 1.5, 2, 3] } };
  assert.deepEqual(compose(overview, detail).steps, [0, 10, 15, 20, 30, 40]);
});

test("series side by side: null is a gap, undefined no point at all", () => {
  const table = join([{ steps: [1, 3], values: [1, null] }, { steps: [2, 3], values: [20, 30] }]);
  assert.deepEqual(table.steps, [1, 2, 3]);
  assert.deepEqual(table.columns, [[1, undefined, null], [undefined, 20, 30]]);
});

test("nothing side by side is an empty table", () => {
  assert.deepEqual(join([{ steps: [], values: [] }]), { steps: [], columns: [[]] });
});
