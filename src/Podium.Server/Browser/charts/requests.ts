import type { Points } from "./points";

/** What a chart asks of the series endpoint. */
export interface SeriesRequest {
  readonly src: string;
  /** The run; null is the newest. */
  readonly run: number | null;
  readonly keys: readonly string[];
  /** Steps, both included; null is the whole series. */
  readonly range: readonly [number, number] | null;
  readonly maxPoints: number;
}

/** What the endpoint answers. */
export interface SeriesAnswer {
  readonly job_id: string;
  readonly run: number;
  readonly keys: readonly string[];
  readonly series: Readonly<Record<string, Points & { readonly count: number }>>;
}

interface Waiting {
  readonly request: SeriesRequest;
  readonly signal: AbortSignal;
  readonly resolve: (answer: SeriesAnswer) => void;
  readonly reject: (reason: unknown) => void;
}

// Addresses stay short enough for whatever lies between.
const longestKeys = 1500;

/**
 * Gathers what the charts of a page ask for in the same moment, and asks once for all that is of one run and range.
 *
 * A shared request ends early only when nobody waits for it any more.
 */
export class SeriesRequests {
  #waiting: Waiting[] = [];

  /**
   * @param load fetches an address.
   * @param later runs something when all charts have had their turn.
   */
  constructor(
    private readonly load: (url: string, signal: AbortSignal) => Promise<SeriesAnswer>,
    private readonly later: (run: () => void) => void = (run) => void setTimeout(run, 10),
  ) {}

  ask(request: SeriesRequest, signal: AbortSignal): Promise<SeriesAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) this.later(() => this.#send());
      this.#waiting.push({ request, signal, resolve, reject });
    });
  }

  #send(): void {
    const batches = new Map<string, Waiting[]>();
    for (const one of this.#waiting) {
      if (one.signal.aborted) {
        one.reject(one.signal.reason);
        continue;
      }
      const { src, run, range } = one.request;
      const name = JSON.stringify([src, run, range]);
      const batch = batches.get(name);
      if (batch) batch.push(one);
      else batches.set(name, [one]);
    }
    this.#waiting = [];
    for (const batch of batches.values()) for (const part of inParts(batch)) void this.#share(part);
  }

  async #share(batch: readonly Waiting[]): Promise<void> {
    const controller = new AbortController();
    let watchers = batch.length;
    for (const { signal, reject } of batch)
      signal.addEventListener("abort", () => {
        reject(signal.reason);
        if (--watchers === 0) controller.abort(signal.reason);
      });
    try {
      const answer = await this.load(addressOf(batch.map((one) => one.request)), controller.signal);
      for (const one of batch) one.resolve(answer);
    } catch (failure) {
      for (const one of batch) one.reject(failure);
    }
  }
}

function inParts(batch: readonly Waiting[]): Waiting[][] {
  const parts: Waiting[][] = [[]];
  let length = 0;
  for (const one of batch) {
    const more = one.request.keys.join(",").length;
    if (length > 0 && length + more > longestKeys) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)!.push(one);
    length += more;
  }
  return parts;
}

/** The address that answers several requests of one run and range: all their keys, and as many points as the most eager wants. */
export function addressOf(requests: readonly SeriesRequest[]): string {
  const { src, run, range } = requests[0]!;
  const keys = [...new Set(requests.flatMap((request) => request.keys))].sort();
  const query = new URLSearchParams({ keys: keys.join(",") });
  if (run !== null) query.set("run", `${run}`);
  if (range !== null) {
    query.set("from", `${Math.max(0, Math.floor(range[0]))}`);
    query.set("to", `${Math.max(0, Math.ceil(range[1]))}`);
  }
  query.set("max_points", `${Math.max(...requests.map((request) => request.maxPoints))}`);
  return `${src}?${query}`;
}
