import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../live/backoff";
import { Pacing } from "../live/pacing";

test("pauses grow to fifteen seconds, and begin anew after a success", () => {
  const backoff = new Backoff();
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => backoff.next()), [1000, 2000, 4000, 8000, 15_000, 15_000]);
  backoff.reset();
  assert.equal(backoff.next(), 1000);
});

test("nothing is refreshed where nothing has changed", () => {
  assert.equal(new Pacing().wait(0), null);
});

test("refreshes are two seconds apart", () => {
  const pacing = new Pacing();
  pacing.changed("soon", 10_000);
  assert.equal(pacing.wait(10_000), Pacing.atOnce);
  pacing.begin(10_300);
  pacing.end(true, 10_400);
  assert.equal(pacing.wait(10_400), null);
  pacing.changed("soon", 10_500);
  assert.equal(pacing.wait(10_500), 1800);
});

test("what people wait for comes at once, also where something else would come later", () => {
  const pacing = new Pacing();
  pacing.changed("soon", 0);
  pacing.begin(300);
  pacing.end(true, 300);
  pacing.changed("soon", 400);
  pacing.changed("at once", 500);
  assert.equal(pacing.wait(500), 300);
});

test("there are never two at once: a change during one comes behind it", () => {
  const pacing = new Pacing();
  pacing.changed("at once", 0);
  pacing.begin(300);
  pacing.changed("at once", 350);
  assert.equal(pacing.wait(10_000), null);
  pacing.end(true, 10_000);
  assert.equal(pacing.wait(10_000), 0);
});

test("what could not be shown is tried again, what another page shows is not", () => {
  const pacing = new Pacing();
  pacing.changed("soon", 0);
  pacing.begin(300);
  pacing.end(false, 1000);
  assert.equal(pacing.wait(1000), Pacing.distance);
  pacing.forget();
  assert.equal(pacing.wait(1000), null);
});
