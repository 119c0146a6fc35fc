import type { Line } from "./lines";
import { valueText } from "./numbers";

const svg = "http://www.w3.org/2000/svg";

/** The names of a chart's lines with their values at the cursor; each shows and hides its line. */
export class Legend {
  readonly element = document.createElement("div");
  readonly #place = document.createElement("span");
  readonly #values = new Map<Line, HTMLElement>();

  /** @param toggled shows or hides a line. */
  constructor(lines: readonly Line[], toggled: (line: Line) => void) {
    this.element.className = "chart-legend";
    this.#place.className = "chart-place";
    for (const line of lines) this.element.append(this.#keyOf(line, toggled));
    this.element.append(this.#place);
  }

  /** Tells what stands at the cursor. */
  show(place: string, valueOf: (line: Line) => number | null): void {
    this.#place.textContent = place;
    for (const [line, element] of this.#values) {
      const value = line.isHidden ? null : valueOf(line);
      element.textContent = value === null ? "" : valueText(value);
    }
  }

  #keyOf(line: Line, toggled: (line: Line) => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chart-key";
    button.setAttribute("aria-pressed", `${!line.isHidden}`);
    button.title = "Show or hide this line";
    const name = document.createElement("span");
    name.textContent = line.label;
    const value = document.createElement("span");
    value.className = "chart-value";
    this.#values.set(line, value);
    button.append(sampleOf(line), name, value);
    button.addEventListener("click", () => {
      toggled(line);
      button.setAttribute("aria-pressed", `${!line.isHidden}`);
    });
    return button;
  }
}

/** A short piece of the line. */
function sampleOf({ look }: Line): SVGSVGElement {
  const picture = document.createElementNS(svg, "svg");
  picture.setAttribute("width", "26");
  picture.setAttribute("height", "8");
  picture.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg, "line");
  line.setAttribute("x2", "26");
  line.setAttribute("y1", "4");
  line.setAttribute("y2", "4");
  line.setAttribute("stroke-width", "2.5");
  line.setAttribute("stroke-dasharray", look.dash.join(" "));
  line.style.stroke = `var(--chart-${look.colour})`;
  picture.append(line);
  return picture;
}
