/** Where a chart's lines come from: some metrics of one run of one job. */
export interface ChartSource {
  readonly src: string;
  readonly job: string;
  /** The run; null is the newest. */
  readonly run: number | null;
  /** What tells it from the other sources of the chart; empty where it is the only one. */
  readonly label: string;
  readonly keys: readonly string[];
}

/** Reads `data-sources`, as the page wrote it. */
export function sourcesOf(json: string | null): ChartSource[] {
  const listed: unknown = json ? JSON.parse(json) : [];
  if (!Array.isArray(listed)) return [];
  return (listed as Partial<ChartSource>[]).map((one) => ({
    src: `${one.src}`,
    job: `${one.job}`,
    run: typeof one.run === "number" ? one.run : null,
    label: one.label ?? "",
    keys: one.keys ?? [],
  }));
}
