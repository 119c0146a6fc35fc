import uPlot from "uplot";
import type { CheckpointMark, Marks } from "./marks";
import type { Palette } from "./palette";
import { type Points, placeOf } from "./points";
import type { Line } from "./lines";

/** What is drawn beside the lines. */
export interface Drawn {
  /** As they are when it draws. */
  marks(): Marks;
  lines: readonly Line[];
  /** Where a step stands on the axis. */
  placeOf(step: number): number;
}

/** Shades the part where the model has learnt its training data by heart. */
export function drawOverfitting(u: uPlot, drawn: Drawn, palette: Palette): void {
  const { overfittingFrom } = drawn.marks();
  if (overfittingFrom === null || !hasRange(u)) return;
  const { left, top, width, height } = u.bbox;
  const from = Math.max(left, u.valToPos(drawn.placeOf(overfittingFrom), "x", true));
  if (from >= left + width) return;
  const { ctx } = u;
  ctx.save();
  ctx.fillStyle = palette.colour("overfit");
  ctx.fillRect(from, top, left + width - from, height);
  const pixels = uPlot.pxRatio;
  ctx.fillStyle = palette.colour("text");
  ctx.font = palette.font(11 * pixels);
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  const room = left + width - from - 12 * pixels;
  if (ctx.measureText("overfitting").width < room) ctx.fillText("overfitting", from + 6 * pixels, top + 5 * pixels);
  ctx.restore();
}

/** Marks the checkpoints on the line of the evaluations, or along the bottom where there is none. */
export function drawMarks(u: uPlot, drawn: Drawn, palette: Palette): void {
  const marks = drawn.marks().drawn;
  if (marks.length === 0 || !hasRange(u)) return;
  const { left, top, width, height } = u.bbox;
  const line = drawn.lines.find((one) => one.isEvaluation && !one.isHidden && one.overview.steps.length > 0);
  const points = line?.points;
  const { ctx } = u;
  const pixels = uPlot.pxRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left - 8 * pixels, top - 8 * pixels, width + 16 * pixels, height + 16 * pixels);
  ctx.clip();
  // The best one last, so that nothing covers it.
  for (const mark of [...marks].sort((a, b) => Number(a.best) - Number(b.best))) {
    const x = u.valToPos(drawn.placeOf(mark.step), "x", true);
    if (x < left - 1 || x > left + width + 1) continue;
    const value = points ? valueAt(points, mark.step) : null;
    const y = value === null ? top + height - 7 * pixels : u.valToPos(value, "y", true);
    if (!Number.isFinite(y)) continue;
    drawMark(ctx, mark, x, y, pixels, palette);
  }
  ctx.restore();
}

function drawMark(ctx: CanvasRenderingContext2D, mark: CheckpointMark, x: number, y: number, pixels: number, palette: Palette): void {
  ctx.beginPath();
  if (mark.best) star(ctx, x, y, 9 * pixels);
  else diamond(ctx, x, y, 5 * pixels);
  ctx.lineWidth = (mark.best ? 1.5 : 2) * pixels;
  ctx.fillStyle = palette.colour(mark.best ? "best" : mark.latest ? "text" : "ground");
  ctx.strokeStyle = palette.colour(mark.best ? "ground" : "text");
  ctx.fill();
  ctx.stroke();
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  ctx.moveTo(x, y - size);
  ctx.lineTo(x + size, y);
  ctx.lineTo(x, y + size);
  ctx.lineTo(x - size, y);
  ctx.closePath();
}

function star(ctx: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  for (let i = 0; i < 10; i++) {
    const angle = (i * Math.PI) / 5 - Math.PI / 2;
    const radius = i % 2 === 0 ? size : size * 0.42;
    ctx.lineTo(x + Math.cos(angle) * radius, y + Math.sin(angle) * radius);
  }
  ctx.closePath();
}

/** The height of a line at a step: measured there, or on the way between its neighbours; null beyond its ends and in gaps. */
export function valueAt({ steps, values }: Points, step: number): number | null {
  const at = placeOf(steps, step);
  if (steps[at] === step) return values[at] ?? null;
  const [before, behind] = [values[at - 1], values[at]];
  if (at === 0 || at === steps.length || before == null || behind == null) return null;
  return before + ((behind - before) * (step - steps[at - 1]!)) / (steps[at]! - steps[at - 1]!);
}

function hasRange(u: uPlot): boolean {
  return u.scales["x"]?.min != null && u.scales["y"]?.min != null;
}
