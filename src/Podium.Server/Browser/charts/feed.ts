import type { LivePoints } from "./points";
import { type Line, SourceLines } from "./lines";
import { LoadFailure, seriesRequests } from "./loading";
import type { ChartSource } from "./sources";

type Range = readonly [from: number, to: number];

/** What came over the stream for charts. */
export interface PointsEvent {
  readonly job: string;
  readonly run: number;
  readonly points: Readonly<Record<string, LivePoints>>;
}

/** What a feed tells its chart. */
export interface FeedEvents {
  /** There are other points than before. */
  changed(): void;
  /** Something could not be fetched; null: all is well again. */
  failed(why: LoadFailure | null): void;
}

// A training that goes back, or one that reports faster than a chart has pixels, must not make us ask without end.
const shortestBetween = 2000;
const pauseBeforeDetail = 120;

/** Keeps the points of a chart: all of them thinned out, what is looked at closely, and what comes live. */
export class Feed {
  readonly #parts: readonly SourceLines[];
  #maxPoints = 0;
  #visible: Range | null = null;
  #overview: AbortController | null = null;
  #detail: AbortController | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;
  #detailLater: ReturnType<typeof setTimeout> | undefined;
  #askedAt = -Infinity;
  #failure: LoadFailure | null = null;

  constructor(sources: readonly ChartSource[], private readonly events: FeedEvents) {
    this.#parts = sources.map((source, i) => new SourceLines(source, i, sources.length));
    document.addEventListener("podium:points", this.#take);
    document.addEventListener("podium:resync", this.#resync);
    document.addEventListener("podium:status", this.#recover);
  }

  get lines(): readonly Line[] {
    return this.#parts.flatMap((part) => part.lines);
  }

  /** From the first to the last step. */
  get extent(): Range | null {
    const all = this.#parts.map((part) => part.extent).filter((extent) => extent !== null);
    return all.length > 0 ? [Math.min(...all.map((one) => one[0])), Math.max(...all.map((one) => one[1]))] : null;
  }

  /** Whether the points could not be fetched. */
  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /** Fetches everything, thinned out. */
  async load(maxPoints = this.#maxPoints): Promise<void> {
    this.#maxPoints = maxPoints;
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#askedAt = performance.now();
    this.#overview?.abort();
    const { signal } = (this.#overview = new AbortController());
    const failures = await Promise.all(this.#parts.map((part) => this.#loadOf(part, signal)));
    if (signal.aborted) return;
    this.#overview = null;
    this.#failure = failures.find((failure) => failure !== null) ?? null;
    this.events.failed(this.#failure);
    this.events.changed();
    if (this.#visible) this.#lookCloser(true);
  }

  /** A stretch is looked at closely; null: all of it is visible. */
  look(visible: Range | null): void {
    this.#visible = visible;
    clearTimeout(this.#detailLater);
    if (visible) this.#detailLater = setTimeout(() => this.#lookCloser(false), pauseBeforeDetail);
    else {
      this.#detail?.abort();
      for (const line of this.lines) line.detail = null;
      this.events.changed();
    }
  }

  stop(): void {
    document.removeEventListener("podium:points", this.#take);
    document.removeEventListener("podium:resync", this.#resync);
    document.removeEventListener("podium:status", this.#recover);
    clearTimeout(this.#later);
    clearTimeout(this.#detailLater);
    this.#overview?.abort();
    this.#detail?.abort();
  }

  async #loadOf(part: SourceLines, signal: AbortSignal): Promise<LoadFailure | null> {
    part.beginFetch();
    const { src, run, keys } = part.source;
    try {
      const answer = await seriesRequests.ask({ src, run, keys, range: null, maxPoints: this.#maxPoints }, signal);
      if (!signal.aborted) part.takeOverview(answer);
      return null;
    } catch (failure) {
      // An outdated one was given up, and its successor has begun.
      if (!signal.aborted) part.giveUpFetch();
      return failure instanceof LoadFailure ? failure : new LoadFailure(`The answer could not be read: ${failure}`, "lasting");
    }
  }

  #lookCloser(isAgain: boolean): void {
    if (!this.#visible) return;
    const [from, to] = this.#visible;
    const wanted = this.#parts.filter((part) => isAgain || part.lines.some((line) => needsDetail(line, from, to)));
    if (wanted.length === 0) return;
    this.#detail?.abort();
    const { signal } = (this.#detail = new AbortController());
    // More than is visible, so that moving on shows something at once.
    const range: Range = [Math.max(0, Math.floor(from - (to - from) / 2)), Math.ceil(to + (to - from) / 2)];
    for (const part of wanted) if (part.lines.some((line) => line.isThinned)) void this.#detailOf(part, range, signal);
  }

  async #detailOf(part: SourceLines, range: Range, signal: AbortSignal): Promise<void> {
    const upTo = part.extent?.[1] ?? 0;
    const { src, keys } = part.source;
    try {
      const answer = await seriesRequests.ask({ src, run: part.run, keys, range, maxPoints: this.#maxPoints * 2 }, signal);
      if (signal.aborted) return;
      part.takeDetail(answer, range[0], range[1], upTo);
      this.events.failed(this.#failure);
      this.events.changed();
    } catch (failure) {
      // The overview is there all the same.
      if (!signal.aborted && failure instanceof LoadFailure) this.events.failed(failure);
    }
  }

  #loadSoon(): void {
    if (this.#later !== undefined || this.#maxPoints === 0) return;
    this.#later = setTimeout(() => void this.load(), Math.max(0, this.#askedAt + shortestBetween - performance.now()));
  }

  readonly #take = (event: Event): void => {
    const { job, run, points } = (event as CustomEvent<PointsEvent>).detail;
    let hasChanged = false;
    for (const part of this.#parts) {
      if (part.source.job !== job) continue;
      const result = part.take(run, points);
      if (result === "unclear" || part.lines.some((line) => line.overview.steps.length > 2 * Math.max(this.#maxPoints, line.fetched))) this.#loadSoon();
      hasChanged ||= result !== "nothing";
    }
    if (hasChanged) this.events.changed();
  };

  // The stream is there again, and with it the server.
  readonly #recover = (): void => {
    if (this.#failure?.kind === "passing") this.#loadSoon();
  };

  readonly #resync = (event: Event): void => {
    const { job } = (event as CustomEvent<{ job: string }>).detail;
    if (this.#parts.some((part) => part.source.job === job)) this.#loadSoon();
  };
}

/** Whether points are missing that could be seen. */
function needsDetail(line: Line, from: number, to: number): boolean {
  if (!line.isThinned) return false;
  const { detail } = line;
  if (detail === null || detail.from > Math.max(0, from) || detail.to < Math.min(to, detail.upTo)) return true;
  return detail.isThinned && to - from < (detail.to - detail.from) / 3;
}
