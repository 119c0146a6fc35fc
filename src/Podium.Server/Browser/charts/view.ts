import type { EpochMap } from "./epochs";
import type { ChartChoices } from "./groups";
import type { Line } from "./lines";
import { join } from "./merging";
import type { Points } from "./points";
import { smooth, timeConstantOf } from "./smoothing";

/** How a column is drawn: as measured, as the faint background of its smoothed line, or smoothed. */
export type ColumnKind = "measured" | "faint" | "smoothed";

export interface Column {
  readonly line: Line;
  readonly kind: ColumnKind;
  readonly values: (number | null | undefined)[];
}

/** What a chart shows, by columns over common steps. */
export interface ChartView {
  readonly steps: number[];
  /** Where each step stands on the axis: the steps themselves, or epochs. */
  readonly places: number[];
  readonly columns: readonly Column[];
  /** How many values a logarithmic axis cannot show. */
  readonly left: number;
}

/**
 * Makes what is to be drawn of the lines.
 *
 * @param extent how many steps the whole training has, which smoothing goes by.
 */
export function viewOf(lines: readonly Line[], choices: ChartChoices, epochs: EpochMap, extent: number): ChartView {
  const constant = timeConstantOf(choices.smoothing, extent);
  const shown: { line: Line; kind: ColumnKind; points: Points }[] = [];
  const smoothed: typeof shown = [];
  let left = 0;
  for (const line of lines) {
    let points = line.points;
    const isSmoothed = constant > 0 && !line.isEvaluation;
    const mean = isSmoothed ? smooth(points, constant) : null;
    if (choices.log) {
      left += points.values.filter((value) => value !== null && value <= 0).length;
      points = { steps: points.steps, values: aboveZero(points.values) };
    }
    shown.push({ line, kind: isSmoothed ? "faint" : "measured", points });
    if (mean) smoothed.push({ line, kind: "smoothed", points: { steps: points.steps, values: choices.log ? aboveZero(mean) : mean } });
  }
  const all = [...shown, ...smoothed];
  const table = join(all.map((one) => one.points));
  return {
    steps: table.steps,
    places: choices.axis === "epoch" && epochs.isKnown ? table.steps.map((step) => epochs.epochOf(step)) : table.steps,
    columns: all.map(({ line, kind }, i) => ({ line, kind, values: table.columns[i]! })),
    left,
  };
}

function aboveZero(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value) => (value !== null && value > 0 ? value : null));
}

/** The value of a line at a row, or at the nearest one where it has a point; smoothed, if it is. */
export function nearest(view: ChartView, line: Line, row: number): number | null {
  const column = view.columns.find((one) => one.line === line && one.kind !== "faint");
  if (!column) return null;
  const { values } = column;
  for (let away = 0; away < values.length; away++) {
    const value = values[row - away] !== undefined ? values[row - away] : values[row + away];
    if (value !== undefined) return value;
  }
  return null;
}
