/** Names of the colours that charts take from the style sheet. */
const names = ["train", "eval", "best", "overfit", "grid", "text", "ground", "1", "2", "3", "4", "5", "6", "7", "8"] as const;
export type ColourName = (typeof names)[number];

/** How the first lines of a chart are told apart without colours. */
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 2], [12, 6], [6, 2, 2, 2]];

/** Colours as the style sheet gives them for the present scheme. */
export class Palette {
  #colours: Record<ColourName, string> | null = null;
  #font = "";

  constructor(private readonly element: HTMLElement) {}

  colour(name: ColourName): string {
    return this.#read()[name];
  }

  font(pixels: number): string {
    this.#read();
    return `${pixels}px ${this.#font}`;
  }

  /** The scheme is another: the colours are read again when something is drawn. */
  forget(): void {
    this.#colours = null;
  }

  #read(): Record<ColourName, string> {
    if (this.#colours) return this.#colours;
    const style = getComputedStyle(this.element);
    this.#font = style.fontFamily || "sans-serif";
    const read = names.map((name) => [name, style.getPropertyValue(`--chart-${name}`).trim() || style.color] as const);
    return (this.#colours = Object.fromEntries(read) as Record<ColourName, string>);
  }
}

/** The look of a line. */
export interface Look {
  readonly colour: ColourName;
  readonly dash: readonly number[];
}

/**
 * The look of a metric of a source. In a chart of one source each metric has a colour; in one of several each source has.
 *
 * @param source which source of the chart.
 * @param of how many sources.
 * @param key the metric.
 * @param place which metric of its source.
 */
export function lookOf(source: number, of: number, key: string, place: number): Look {
  if (of > 1) return { colour: `${(source % 8) + 1}` as ColourName, dash: dashes[Math.floor(source / 8 + place * (of > 8 ? 2 : 1) + (source % 8)) % 8]! };
  if (key === "loss") return { colour: "train", dash: [] };
  if (key === "eval_loss") return { colour: "eval", dash: dashes[1]! };
  return { colour: `${(place % 8) + 1}` as ColourName, dash: dashes[place % 8]! };
}

const watchers = new Set<() => void>();

/** Calls back when the page turns light or dark, until the answer is called. */
export function watchScheme(changed: () => void): () => void {
  if (watchers.size === 0) begin();
  watchers.add(changed);
  return () => void watchers.delete(changed);
}

let hasBegun = false;

function begin(): void {
  if (hasBegun) return;
  hasBegun = true;
  const tell = (): void => watchers.forEach((changed) => changed());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  new MutationObserver(tell).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
}
