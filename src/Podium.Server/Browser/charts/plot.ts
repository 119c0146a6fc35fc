import uPlot from "uplot";
import { drawMarks, drawOverfitting, type Drawn } from "./drawing";
import { axisTexts, logPlaces, logTexts } from "./numbers";
import type { Palette } from "./palette";
import type { ChartView, Column } from "./view";

/** What a plot tells its chart. */
export interface PlotEvents {
  /** The pointer stands at a row of the view; null: it has left. */
  hovered(row: number | null): void;
  /** A stretch was dragged out, in places of the axis. */
  selected(from: number, to: number): void;
  /** All is to be seen again. */
  reset(): void;
}

const cursorHeight = 10;

/** What a plot is made of. */
export interface PlotParts {
  readonly view: ChartView;
  readonly drawn: Drawn;
  readonly palette: Palette;
  readonly log: boolean;
  /** What the horizontal axis counts. */
  readonly axis: string;
  readonly unit: string;
  readonly width: number;
  readonly height: number;
}

/** Puts a plot into an element. Colours are read each time it draws. */
export function plotOf(target: HTMLElement, parts: PlotParts, events: PlotEvents): uPlot {
  const { view, drawn, palette, log } = parts;
  const axis = (side: uPlot.Axis): uPlot.Axis => ({
    stroke: () => palette.colour("text"),
    font: palette.font(11),
    labelFont: palette.font(11),
    labelSize: 16,
    grid: { stroke: () => palette.colour("grid"), width: 1 },
    ticks: { stroke: () => palette.colour("grid"), width: 1, size: 4 },
    values: (_, splits) => axisTexts(splits),
    ...side,
  });
  const vertical: uPlot.Axis = { scale: "y", size: 54, space: 32 };
  if (parts.unit) vertical.label = parts.unit;
  if (log) {
    vertical.splits = (_, __, low, high) => logPlaces(low, high, 6);
    vertical.filter = (_, splits) => splits;
    vertical.values = (_, splits) => logTexts(splits);
  }
  const reset = (): null => {
    events.reset();
    return null;
  };
  return new uPlot({
    width: parts.width,
    height: parts.height,
    padding: [10, 20, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: (_, low, high) => (low < high ? [low, high] : [(low ?? 0) - 1, (high ?? 0) + 1]) },
      y: { distr: log ? 3 : 1, range: (_, low, high) => (log ? logRange(low, high) : evenRange(low, high)) },
    },
    axes: [axis({ scale: "x", size: 26, space: 70, label: parts.axis }), axis(vertical)],
    series: [{}, ...view.columns.map((column) => seriesOf(column, palette))],
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 5 },
      // Dragging with the shift key moves what is visible.
      bind: { dblclick: () => reset, mousedown: (_, over, begin) => (event) => (event.button === 0 && !event.shiftKey && event.target === over ? begin(event) : null) },
      points: { size: 7, width: 2, stroke: (u, i) => strokeOf(u, i), fill: () => palette.colour("ground") },
    },
    hooks: {
      drawAxes: [(u) => drawOverfitting(u, drawn, palette)],
      draw: [(u) => drawMarks(u, drawn, palette)],
      setCursor: [(u) => events.hovered(isInside(u) ? u.cursor.idx ?? null : null)],
      setSelect: [
        (u) => {
          if (u.select.width <= 0) return;
          const [from, to] = [u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x")];
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          events.selected(from, to);
        },
      ],
    },
  }, dataOf(view), target);
}

/** The view as uPlot takes it. */
export function dataOf(view: ChartView): uPlot.AlignedData {
  return [view.places, ...view.columns.map((column) => column.values)] as uPlot.AlignedData;
}

/** Puts the cursor to a place of the axis without telling anybody; null takes it away. */
export function pointAt(plot: uPlot, place: number | null): void {
  const left = place === null ? -10 : plot.valToPos(place, "x");
  plot.setCursor({ left: left >= 0 && left <= plot.over.clientWidth ? left : -10, top: left >= 0 ? cursorHeight : -10 }, false);
}

function isInside(u: uPlot): boolean {
  return (u.cursor.left ?? -1) >= 0;
}

function strokeOf(u: uPlot, i: number): string {
  const stroke = u.series[i]!.stroke;
  return `${typeof stroke === "function" ? stroke(u, i) : stroke}`;
}

/** Dashes of a dense line would be noise. */
function isDenseOf({ line, kind }: Column): boolean {
  return line.overview.steps.length > 400 && kind !== "smoothed";
}

/** What a plot's lines look like; where it is another, the plot is made anew. */
export function shapeOf(view: ChartView): string {
  return view.columns.map((column) => column.kind + isDenseOf(column)).join();
}

function seriesOf(column: Column, palette: Palette): uPlot.Series {
  const { line, kind, values } = column;
  const isDense = isDenseOf(column);
  return {
    label: line.label,
    show: !line.isHidden,
    stroke: () => palette.colour(line.look.colour),
    width: kind === "measured" && isDense ? 1 : kind === "faint" ? 1 : 2,
    alpha: kind === "faint" ? 0.28 : 1,
    dash: isDense || kind === "faint" ? [] : [...line.look.dash],
    points: {
      show: (u, i, from, to) => kind === "measured" && areFew(u, u.data[i] as typeof values, from, to),
      size: 5,
      width: 1,
      fill: () => palette.colour(line.look.colour),
      stroke: () => palette.colour(line.look.colour),
    },
  };
}

/** Whether single points can be told apart. */
function areFew(u: uPlot, values: readonly (number | null | undefined)[], from: number, to: number): boolean {
  const most = u.over.clientWidth / 14;
  let count = 0;
  for (let i = from; i <= to; i++) if (typeof values[i] === "number" && ++count > most) return false;
  return true;
}

function evenRange(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const room = high - low > Math.abs(high) * 1e-9 ? (high - low) * 0.08 : Math.abs(high) * 0.1 || 1;
  // Nothing below zero is measured: then nothing below zero is shown.
  return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
}

function logRange(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null || !(low > 0) || !Number.isFinite(high)) return [0.1, 10];
  const room = high / low > 1 + 1e-9 ? (high / low) ** 0.06 : 2;
  return [low / room, high * room];
}
