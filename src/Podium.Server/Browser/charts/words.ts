import type { Line } from "./lines";
import type { Marks } from "./marks";
import { stepText, valueText } from "./numbers";

/** What the picture shows, for those who do not see it. */
export function summaryOf(lines: readonly Line[], marks: Marks): string {
  const sentences = lines.map(sentenceOf);
  const best = marks.checkpoints.find((mark) => mark.best);
  const count = marks.checkpoints.length;
  if (count > 0) sentences.push(`${count === 1 ? "1 checkpoint" : `${count} checkpoints`}${best ? `, the best at step ${stepText(best.step)}` : ""}.`);
  if (marks.overfittingFrom !== null) sentences.push(`Overfitting from step ${stepText(marks.overfittingFrom)}.`);
  return sentences.join(" ");
}

function sentenceOf(line: Line): string {
  const { steps, values } = line.overview;
  let [first, last, lowest, highest] = [-1, -1, -1, -1];
  values.forEach((value, i) => {
    if (value === null) return;
    if (first < 0) first = i;
    last = i;
    if (lowest < 0 || value < values[lowest]!) lowest = i;
    if (highest < 0 || value > values[highest]!) highest = i;
  });
  if (first < 0) return `${line.label}: no points.`;
  const at = (i: number): string => `${valueText(values[i]!)} at step ${stepText(steps[i]!)}`;
  return `${line.label}: first ${at(first)}, last ${at(last)}, lowest ${at(lowest)}, highest ${at(highest)}.`;
}

/** Where the cursor stands: the step, its epoch if known, and the checkpoint there. */
export function placeText(step: number, marks: Marks): string {
  const epoch = marks.epochs.isKnown ? ` · epoch ${marks.epochs.epochOf(step).toFixed(2)}` : "";
  const mark = marks.drawn.find((one) => one.step === step);
  const saved = mark ? ` · ${mark.best ? "★ " : ""}${mark.path}` : "";
  return `step ${stepText(step)}${epoch}${saved}`;
}

/** What is read aloud where the cursor stands. */
export function spokenText(place: string, values: readonly (readonly [line: Line, value: number | null])[]): string {
  const said = values.filter(([line]) => !line.isHidden).map(([line, value]) => `${line.label} ${value === null ? "no number" : valueText(value)}`);
  return `${place}: ${said.join(", ")}`;
}
