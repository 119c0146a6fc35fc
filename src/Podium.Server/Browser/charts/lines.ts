import { type Detail, type Appending, append, compose } from "./merging";
import { type LivePoints, type Points, extentOf, noPoints } from "./points";
import { type Look, lookOf } from "./palette";
import type { SeriesAnswer } from "./requests";
import type { ChartSource } from "./sources";

/** A line of a chart: one metric of one source. */
export class Line {
  overview: Points = noPoints();
  detail: Detail | null = null;
  isHidden = false;
  /** Whether points were left out of the overview. */
  isThinned = false;
  /** How many points it had when it was last fetched. */
  fetched = 0;

  constructor(readonly key: string, readonly label: string, readonly look: Look) {}

  /** Measured on the evaluation set: these are few, and shown as they are. */
  get isEvaluation(): boolean {
    return this.key.startsWith("eval_");
  }

  get points(): Points {
    return compose(this.overview, this.detail);
  }
}

/** The lines of a source, with the points that came while an answer was under way. */
export class SourceLines {
  readonly lines: readonly Line[];
  /** The run that the points are of; null until an answer has come. */
  run: number | null = null;
  #since: { run: number; points: Readonly<Record<string, LivePoints>> }[] | null = null;

  constructor(readonly source: ChartSource, place: number, of: number) {
    this.run = source.run;
    this.lines = source.keys.map((key, i) => new Line(key, labelOf(source, key), lookOf(place, of, key, i)));
  }

  /** From here on, points that come live are kept beside, until the answer is there. */
  beginFetch(): void {
    this.#since = [];
  }

  /** No answer came. */
  giveUpFetch(): void {
    this.#since = null;
  }

  takeOverview(answer: SeriesAnswer): void {
    const isOther = this.run !== null && this.run !== answer.run;
    this.run = answer.run;
    for (const line of this.lines) {
      const series = ownOf(answer.series, line.key);
      line.overview = series ? { steps: series.steps, values: series.values } : noPoints();
      line.isThinned = series !== undefined && series.count > series.steps.length;
      line.fetched = line.overview.steps.length;
      if (isOther) line.detail = null;
    }
    const since = this.#since ?? [];
    this.#since = null;
    for (const { run, points } of since) if (run === this.run) this.#append(points);
  }

  takeDetail(answer: SeriesAnswer, from: number, to: number, upTo: number): void {
    if (answer.run !== this.run) return;
    for (const line of this.lines) {
      const series = ownOf(answer.series, line.key);
      if (series) line.detail = { from, to, upTo, isThinned: series.count > series.steps.length, points: { steps: series.steps, values: series.values } };
    }
  }

  /** Points that came live. */
  take(run: number, points: Readonly<Record<string, LivePoints>>): Appending {
    if (!this.lines.some((line) => ownOf(points, line.key))) return "nothing";
    this.#since?.push({ run, points });
    if (this.run === null) return "nothing";
    if (run !== this.run) return this.source.run === null && run > this.run ? "unclear" : "nothing";
    return this.#append(points);
  }

  get extent(): readonly [number, number] | null {
    return extentOf(this.lines.map((line) => line.overview));
  }

  #append(points: Readonly<Record<string, LivePoints>>): Appending {
    let result: Appending = "nothing";
    for (const line of this.lines) {
      const fresh = ownOf(points, line.key);
      const of = fresh ? append(line.overview, fresh) : "nothing";
      if (of === "unclear" || result === "nothing") result = of;
    }
    return result;
  }
}

function labelOf(source: ChartSource, key: string): string {
  if (!source.label) return key;
  return source.keys.length > 1 ? `${source.label} · ${key}` : source.label;
}

/** What is told of a metric; one may be called like something that every object has. */
function ownOf<T>(told: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(told, key) ? told[key] : undefined;
}
