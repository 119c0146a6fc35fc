import assert from "node:assert/strict";
import { test } from "node:test";
import { type SeriesAnswer, type SeriesRequest, SeriesRequests } from "../charts/requests";

const answer: SeriesAnswer = { job_id: "j", run: 1, keys: [], series: {} };

function request(keys: string[], more: Partial<SeriesRequest> = {}): SeriesRequest {
  return { src: "/metrics", run: null, keys, range: null, maxPoints: 100, ...more };
}

/** Requests whose loads and turns are in the test's hands. */
function setUp() {
  const loads: { url: URL; signal: AbortSignal; answer: () => void; fail: (why: Error) => void }[] = [];
  const turns: (() => void)[] = [];
  const requests = new SeriesRequests(
    (url, signal) => new Promise((resolve, reject) => loads.push({ url: new URL(url, "http://x"), signal, answer: () => resolve(answer), fail: reject })),
    (run) => turns.push(run),
  );
  return { requests, loads, turn: () => turns.splice(0).forEach((run) => run()) };
}

const never = (): AbortSignal => new AbortController().signal;

test("charts that ask in the same moment share one request", async () => {
  const { requests, loads, turn } = setUp();
  const both = Promise.all([requests.ask(request(["loss", "eval_loss"]), never()), requests.ask(request(["grad_norm", "loss"], { maxPoints: 300 }), never())]);
  turn();
  assert.equal(loads.length, 1);
  assert.equal(loads[0]!.url.searchParams.get("keys"), "eval_loss,grad_norm,loss");
  assert.equal(loads[0]!.url.searchParams.get("max_points"), "300");
  loads[0]!.answer();
  assert.deepEqual(await both, [answer, answer]);
});

test("other runs and other ranges are asked for by themselves", () => {
  const { requests, loads, turn } = setUp();
  void requests.ask(request(["loss"]), never());
  void requests.ask(request(["loss"], { run: 2 }), never());
  void requests.ask(request(["loss"], { range: [10.5, 20.5] }), never());
  turn();
  assert.deepEqual(loads.map(({ url }) => url.search), ["?keys=loss&max_points=100", "?keys=loss&run=2&max_points=100", "?keys=loss&from=10&to=21&max_points=100"]);
});

test("a shared request ends only when nobody waits for it any more", async () => {
  const { requests, loads, turn } = setUp();
  const [one, other] = [new AbortController(), new AbortController()];
  const first = requests.ask(request(["loss"]), one.signal);
  const second = requests.ask(request(["lr"]), other.signal);
  turn();
  one.abort(new Error("away"));
  await assert.rejects(first, /away/);
  assert.equal(loads[0]!.signal.aborted, false);
  other.abort(new Error("away, too"));
  await assert.rejects(second, /away, too/);
  assert.equal(loads[0]!.signal.aborted, true);
});

test("what is given up before its turn is not asked for", async () => {
  const { requests, loads, turn } = setUp();
  const gone = new AbortController();
  const asked = requests.ask(request(["loss"]), gone.signal);
  gone.abort(new Error("away"));
  turn();
  await assert.rejects(asked, /away/);
  assert.equal(loads.length, 0);
});

test("a failure reaches all that wait", async () => {
  const { requests, loads, turn } = setUp();
  const asked = [requests.ask(request(["a"]), never()), requests.ask(request(["b"]), never())];
  turn();
  loads[0]!.fail(new Error("no"));
  for (const one of asked) await assert.rejects(one, /no/);
});

test("very many metrics are asked for in several addresses", () => {
  const { requests, loads, turn } = setUp();
  for (let i = 0; i < 100; i++) void requests.ask(request([`a_metric_with_a_rather_long_name_${i}`]), never());
  turn();
  assert.ok(loads.length > 1);
  assert.ok(loads.every(({ url }) => url.search.length < 3000));
  assert.equal(loads.flatMap(({ url }) => url.searchParams.get("keys")!.split(",")).length, 100);
});
