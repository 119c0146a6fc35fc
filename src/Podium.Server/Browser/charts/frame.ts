import type { LoadFailure } from "./loading";

let count = 0;

/** The elements of a chart beside the plot: its box, notes, what went wrong, and what is read aloud. */
export class Frame {
  /** Has the focus and the plot. */
  readonly box = make("div", "chart-box");
  readonly note = make("p", "chart-note");
  readonly summary = make("p", "only-read");
  readonly all = make("button", "chart-all");
  readonly #problem = make("div", "chart-problem");
  readonly #said = make("p", "only-read");
  #saying: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param retry fetches again.
   * @param reset shows all steps.
   */
  constructor(label: string, private readonly retry: () => void, reset: () => void) {
    const number = ++count;
    this.summary.id = `chart-summary-${number}`;
    this.box.tabIndex = 0;
    // Keys go to the chart, which reads its points aloud.
    this.box.setAttribute("role", "application");
    this.box.setAttribute("aria-roledescription", "chart");
    this.box.setAttribute("aria-describedby", this.summary.id);
    this.label = label;
    this.all.type = "button";
    this.all.textContent = "Show all";
    this.all.hidden = true;
    this.all.addEventListener("click", () => {
      // It goes away: the focus must not be lost with it.
      this.box.focus({ preventScroll: true });
      reset();
    });
    this.note.hidden = true;
    this.#problem.hidden = true;
    this.#problem.setAttribute("role", "alert");
    this.#said.setAttribute("aria-live", "polite");
  }

  set label(text: string) {
    this.box.setAttribute("aria-label", text);
  }

  /** In the order in which they are read. */
  parts(legend: HTMLElement): HTMLElement[] {
    legend.append(this.all);
    return [this.box, legend, this.#problem, this.note, this.summary, this.#said];
  }

  /** Reads something aloud, once the keys have come to rest. */
  say(text: string): void {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => (this.#said.textContent = text), 150);
  }

  /** Tells what went wrong, and how to go on. */
  fail(why: LoadFailure | null, signIn: string): void {
    this.#problem.hidden = why === null;
    if (!why) {
      this.#problem.replaceChildren();
      return;
    }
    const text = make("p", "");
    text.textContent = why.message;
    const again = make("button", "");
    again.type = "button";
    again.textContent = "Try again";
    again.addEventListener("click", () => this.retry());
    this.#problem.replaceChildren(text, again);
    if (why.kind === "signed out") {
      const link = make("a", "");
      link.href = signIn;
      link.textContent = "Sign in";
      this.#problem.append(link);
    }
  }

  /** A word on what is shown; empty takes it away. */
  tell(text: string): void {
    this.note.textContent = text;
    this.note.hidden = text === "";
  }
}

function make<Name extends keyof HTMLElementTagNameMap>(name: Name, css: string): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (css) element.className = css;
  return element;
}
