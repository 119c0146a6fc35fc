import assert from "node:assert/strict";
import { test } from "node:test";
import { axisTexts, logPlaces, logTexts, valueText } from "../charts/numbers";

test("values have four digits that mean something", () => {
  assert.deepEqual([0, 1.23456, 0.012345, 2e-5, 1.8e-4, 123456, 1.5e9, -3].map(valueText), ["0", "1.235", "0.01235", "2e-5", "1.8e-4", "123,456", "1.5e9", "-3.000"]);
});

test("numbers along an axis have as many decimals as their distance needs", () => {
  assert.deepEqual(axisTexts([1, 1.25, 1.5]), ["1.00", "1.25", "1.50"]);
  assert.deepEqual(axisTexts([0, 100_000, 200_000]), ["0", "100k", "200k"]);
  assert.deepEqual(axisTexts([0, 500, 1000, 1500]), ["0", "500", "1000", "1500"]);
  assert.deepEqual(axisTexts([0, 1e-5, 2e-5]), ["0", "1e-5", "2e-5"]);
  assert.deepEqual(axisTexts([1, null, 10]), ["1", "", "10"]);
});

test("a logarithmic axis has powers of ten, more between them where there is room, and even places within one", () => {
  assert.deepEqual(logPlaces(0.8, 120, 9), [1, 2, 5, 10, 20, 50, 100]);
  assert.deepEqual(logPlaces(1e-6, 1, 6), [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1].map((x) => 10 ** Math.round(Math.log10(x))));
  assert.deepEqual(logPlaces(1.02, 1.38, 4), [1.1, 1.2, 1.3]);
});

test("numbers along a logarithmic axis stand for themselves", () => {
  assert.deepEqual(logTexts([0.001, 0.1, 1, 10]), ["0.001", "0.1", "1", "10"]);
  assert.deepEqual(logTexts([1.1, 1.2]), ["1.1", "1.2"]);
});
