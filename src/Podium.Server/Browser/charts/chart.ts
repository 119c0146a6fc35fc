import type uPlot from "uplot";
import { signInAddress } from "../live/signing-in";
import { Feed } from "./feed";
import { Frame } from "./frame";
import { listenToGestures } from "./gestures";
import { type ChartChoices, ChartGroup, type GroupMember } from "./groups";
import { listenToKeys } from "./keyboard";
import { Legend } from "./legend";
import type { Line } from "./lines";
import { type Marks, ChartMarks, marksOf } from "./marks";
import { Palette, watchScheme } from "./palette";
import { dataOf, plotOf, pointAt, shapeOf } from "./plot";
import { Redraws } from "./redraws";
import { sourcesOf } from "./sources";
import { type ChartView, nearest, viewOf } from "./view";
import { placeText, spokenText, summaryOf } from "./words";

const told = ["data-sources", "data-marks", "data-label", "data-unit"];
// Turbo takes a permanent element out of the page for a moment and puts it back.
const patience = 500;
const manyRows = 5000;

/** `<loss-chart>`: series of one or several runs over steps or epochs. */
export class LossChart extends HTMLElement implements GroupMember {
  static readonly observedAttributes = told;

  readonly #palette = new Palette(this);
  readonly #redraws = new Redraws((what) => this.#draw(what));
  readonly #resized = new ResizeObserver(() => this.#fit());
  #frame: Frame | null = null;
  #legend: Legend | null = null;
  #feed: Feed | null = null;
  #plot: uPlot | null = null;
  #view: ChartView | null = null;
  #shape = "";
  #marks: Marks = marksOf(undefined);
  #group = ChartGroup.of(null);
  #choices: ChartChoices = this.#group.choices;
  #zoom: readonly [number, number] | null = null;
  #isPointing = false;
  #near: IntersectionObserver | null = null;
  #unwatch: () => void = () => {};
  #cleaning: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    clearTimeout(this.#cleaning);
    this.#group = ChartGroup.of(this.dataset["group"] ?? null);
    this.#group.join(this);
    if (!this.#frame) this.#build();
    this.#resized.observe(this);
    document.addEventListener(ChartMarks.changed, this.#markAnew);
    document.addEventListener("turbo:before-render", this.#takeOver);
    this.#unwatch = watchScheme(() => {
      this.#palette.forget();
      this.#plot?.redraw(false);
    });
    if (this.#feed) this.#group.reach(this, this.#feed.extent);
    this.#marks = marksOf(this.dataset["marks"]);
    this.groupChanged();
  }

  disconnectedCallback(): void {
    this.#group.leave(this);
    this.#resized.disconnect();
    this.#unwatch();
    document.removeEventListener(ChartMarks.changed, this.#markAnew);
    document.removeEventListener("turbo:before-render", this.#takeOver);
    this.#cleaning = setTimeout(() => this.#clear(), patience);
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.#frame) return;
    if (name === "data-label") this.#frame.label = now ?? "";
    else if (name === "data-marks") this.#markAnew();
    else if (name === "data-unit") this.#redraws.ask("plot");
    else {
      this.#clear();
      if (this.isConnected) this.#build();
    }
  }

  groupChanged(): void {
    const { choices, zoom } = this.#group;
    const before = this.#choices;
    this.#choices = choices;
    if (choices.log !== before.log || choices.axis !== before.axis || choices.smoothing > 0 !== before.smoothing > 0) this.#redraws.ask("plot");
    else if (choices.smoothing !== before.smoothing) this.#redraws.ask("data");
    if (zoom !== this.#zoom) {
      this.#zoom = zoom;
      this.#feed?.look(zoom);
    }
    if (this.#frame) this.#frame.all.hidden = zoom === null;
    this.#redraws.ask("scale");
  }

  pointed(step: number | null): void {
    if (!this.#plot || !this.#view) return;
    pointAt(this.#plot, step === null ? null : this.#placeOf(step));
    this.#tell(step === null ? null : this.#plot.cursor.idx ?? null);
  }

  #build(): void {
    this.#frame = new Frame(this.dataset["label"] ?? "Chart", () => void this.#feed?.load(this.#wanted()), () => (this.#group.zoom = null));
    const sources = sourcesOf(this.dataset["sources"] ?? null);
    this.#feed = new Feed(sources, {
      changed: () => this.#changed(),
      failed: (why) => this.#frame?.fail(why, signInAddress(sources[0]?.src ?? "")),
    });
    this.#legend = new Legend(this.#feed.lines, (line) => this.#toggled(line));
    this.replaceChildren(...this.#frame.parts(this.#legend.element));
    this.setAttribute("aria-busy", "true");
    listenToKeys(this.#frame.box, {
      move: (by) => this.#move(by),
      zoom: (factor) => this.#zoomAt(factor, this.#cursorShare()),
      pan: (share) => this.#pan(share),
      reset: () => (this.#group.zoom = null),
    });
    if (this.hasAttribute("data-lazy")) {
      this.#near = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#near?.disconnect();
        void this.#feed?.load(this.#wanted());
      }, { rootMargin: "300px" });
      this.#near.observe(this);
    } else void this.#feed.load(this.#wanted());
  }

  #clear(): void {
    this.#near?.disconnect();
    this.#feed?.stop();
    this.#plot?.destroy();
    this.#redraws.stop();
    this.#frame = this.#legend = this.#feed = this.#plot = this.#view = null;
    this.replaceChildren();
  }

  /** About two points a pixel, and fewer a line where there are many. */
  #wanted(): number {
    const pixels = Math.max(200, this.clientWidth) * Math.min(devicePixelRatio, 3);
    const lines = Math.max(1, this.#feed?.lines.length ?? 1);
    return Math.round(Math.max(200, Math.min(2 * pixels, 16_000 / lines)));
  }

  #changed(): void {
    if (!this.#feed || !this.#frame) return;
    this.removeAttribute("aria-busy");
    if (this.isConnected) this.#group.reach(this, this.#feed.extent);
    this.#redraws.ask("data", (this.#view?.steps.length ?? 0) > manyRows);
  }

  #draw(what: "plot" | "data" | "scale"): void {
    if (!this.#feed || !this.#frame || !this.isConnected || this.clientWidth === 0) return;
    const visible = this.#visible();
    const isEmpty = this.#feed.extent === null && !this.#feed.hasFailed && !this.hasAttribute("aria-busy");
    if (isEmpty) this.#frame.tell("No points yet.");
    if (!visible) return;
    const [first, last] = this.#group.extent ?? visible;
    if (what !== "scale" || !this.#plot) this.#view = viewOf(this.#feed.lines, this.#choices, this.#marks.epochs, last - first);
    const view = this.#view!;
    if (what === "plot" || !this.#plot || this.#shape !== shapeOf(view)) this.#plotAnew(view);
    const plot = this.#plot!;
    plot.batch(() => {
      if (what === "data") plot.setData(dataOf(view), false);
      plot.setScale("x", { min: this.#placeOf(visible[0]), max: this.#placeOf(visible[1]) });
    });
    if (what === "scale") return;
    if (!isEmpty) this.#frame.tell(view.left === 0 ? "" : `${view.left} ${view.left === 1 ? "value" : "values"} of 0 or less cannot be shown on a logarithmic axis.`);
    this.#frame.summary.textContent = summaryOf(this.#feed.lines, this.#marks);
    if ((plot.cursor.left ?? -1) < 0) this.#tell(null);
  }

  #plotAnew(view: ChartView): void {
    this.#plot?.destroy();
    this.#palette.forget();
    this.#shape = shapeOf(view);
    this.#plot = plotOf(this.#frame!.box, {
      view,
      drawn: { marks: () => this.#marks, lines: this.#feed!.lines, placeOf: (step) => this.#placeOf(step) },
      palette: this.#palette,
      log: this.#choices.log,
      axis: this.#isByEpoch ? "epoch" : "step",
      unit: this.dataset["unit"] ?? "",
      width: this.#frame!.box.clientWidth,
      height: this.#frame!.box.clientHeight,
    }, {
      hovered: (row) => this.#hovered(row),
      selected: (from, to) => this.#group.show(this.#stepOf(from), this.#stepOf(to)),
      reset: () => (this.#group.zoom = null),
    });
    listenToGestures(this.#plot.over, {
      point: (share) => {
        const plot = this.#plot!;
        plot.setCursor({ left: share * plot.over.clientWidth, top: 10 });
        this.#group.point(this.#view?.steps[plot.cursor.idx ?? -1] ?? null, this);
      },
      zoomAt: (factor, share) => this.#zoomAt(factor, share),
      pan: (share) => this.#pan(share),
    });
  }

  /** The visible steps. */
  #visible(): readonly [number, number] | null {
    return this.#zoom ?? this.#group.extent;
  }

  get #isByEpoch(): boolean {
    return this.#choices.axis === "epoch" && this.#marks.epochs.isKnown;
  }

  #placeOf(step: number): number {
    return this.#isByEpoch ? this.#marks.epochs.epochOf(step) : step;
  }

  #stepOf(place: number): number {
    return this.#isByEpoch ? this.#marks.epochs.stepOf(place) : place;
  }

  #fit(): void {
    const box = this.#frame?.box;
    if (!box || box.clientWidth === 0) return;
    if (!this.#plot) this.#redraws.ask("plot");
    else if (this.#plot.width !== box.clientWidth || this.#plot.height !== box.clientHeight) this.#plot.setSize({ width: box.clientWidth, height: box.clientHeight });
  }

  #hovered(row: number | null): void {
    this.#tell(row);
    const isOurs = this.#plot?.over.matches(":hover") || this.#frame?.box === document.activeElement;
    // Once more when the pointer leaves: it leaves the others, too.
    if (isOurs || this.#isPointing) this.#group.point(row === null ? null : this.#view?.steps[row] ?? null, this);
    this.#isPointing = isOurs === true && row !== null;
  }

  /** The values at a row stand in the legend; without one, the last ones. */
  #tell(row: number | null): void {
    const view = this.#view;
    if (!view || !this.#legend || view.steps.length === 0) return;
    const at = row ?? view.steps.length - 1;
    this.#legend.show(`${row === null ? "last " : ""}${placeText(view.steps[at]!, this.#marks)}`, (line) => nearest(view, line, at));
  }

  #toggled(line: Line): void {
    line.isHidden = !line.isHidden;
    this.#view?.columns.forEach((column, i) => {
      if (column.line === line) this.#plot?.setSeries(i + 1, { show: !line.isHidden });
    });
    this.#tell(null);
  }

  #move(by: number): void {
    const [plot, view] = [this.#plot, this.#view];
    if (!plot || !view || view.steps.length === 0) return;
    const [first, last] = plot.series[0]!.idxs ?? [0, view.steps.length - 1];
    const now = (plot.cursor.left ?? -1) >= 0 ? plot.cursor.idx ?? null : null;
    const row = now === null ? (by === -Infinity || (by > 0 && by !== Infinity) ? first : last) : Math.min(Math.max(now + by, first), last);
    plot.setCursor({ left: plot.valToPos(view.places[row]!, "x"), top: 10 });
    const values = this.#feed!.lines.map((line) => [line, nearest(view, line, row)] as const);
    this.#frame!.say(spokenText(placeText(view.steps[row]!, this.#marks), values));
  }

  #cursorShare(): number {
    const left = this.#plot?.cursor.left ?? -1;
    return left >= 0 ? left / this.#plot!.over.clientWidth : 0.5;
  }

  #zoomAt(factor: number, share: number): void {
    const visible = this.#visible();
    if (!visible) return;
    const width = visible[1] - visible[0];
    const middle = visible[0] + width * share;
    this.#group.show(middle - width * factor * share, middle + width * factor * (1 - share));
  }

  #pan(share: number): void {
    const visible = this.#visible();
    if (!visible || !this.#zoom) return;
    const by = (visible[1] - visible[0]) * share;
    this.#group.show(visible[0] + by, visible[1] + by);
  }

  readonly #markAnew = (event?: Event): void => {
    if (event && (event as CustomEvent<{ id: string }>).detail.id !== this.dataset["marks"]) return;
    const before = this.#marks;
    this.#marks = marksOf(this.dataset["marks"]);
    this.#redraws.ask(before.epochs.isKnown !== this.#marks.epochs.isKnown ? "plot" : "data");
  };

  // A permanent element keeps its attributes: what the new page says of it is taken from there.
  readonly #takeOver = (event: Event): void => {
    const { newBody } = (event as CustomEvent<{ newBody: HTMLElement }>).detail;
    const next = this.id ? newBody.querySelector(`#${CSS.escape(this.id)}`) : null;
    if (!next) return;
    for (const name of told) {
      const value = next.getAttribute(name);
      if (value === null) this.removeAttribute(name);
      else if (value !== this.getAttribute(name)) this.setAttribute(name, value);
    }
  };
}
