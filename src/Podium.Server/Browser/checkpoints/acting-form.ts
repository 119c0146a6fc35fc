import * as Turbo from "@hotwired/turbo";

/**
 * A form whose fields act by themselves: a little after one was changed, the page is asked for anew with what they say.
 *
 * The address says all, so the answer is the same page with other figures: it is changed in place, and keeps the focus and the place.
 */
export abstract class ActingForm extends HTMLElement {
  /** How long to wait for another change. */
  protected abstract readonly patience: number;

  /** What happens to a field when somebody changes it. */
  protected abstract readonly change: "change" | "input";

  #waiting: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.addEventListener(this.change, this.#changed);
    this.addEventListener("turbo:before-morph-attribute", this.#keep);
    document.addEventListener("turbo:render", this.#rendered);
  }

  disconnectedCallback(): void {
    this.removeEventListener(this.change, this.#changed);
    this.removeEventListener("turbo:before-morph-attribute", this.#keep);
    document.removeEventListener("turbo:render", this.#rendered);
    this.#settle();
  }

  /** The query that the fields stand for. */
  protected query(form: HTMLFormElement): URLSearchParams {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") query.append(name, value);
    return query;
  }

  /** Shows what was changed, before the server has answered. */
  protected show(_field: EventTarget | null): void {}

  readonly #changed = (event: Event): void => {
    this.show(event.target);
    this.#settle();
    this.#waiting = setTimeout(() => {
      this.#waiting = undefined;
      const form = this.querySelector("form");
      if (form) Turbo.visit(`${form.action}?${this.query(form)}`, { action: "replace" });
    }, this.patience);
  };

  // The answer to an earlier change must not take back a later one.
  readonly #keep = (event: Event): void => {
    const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail;
    if (this.#waiting !== undefined && (attributeName === "value" || attributeName === "checked")) event.preventDefault();
  };

  // Where rows change places, the browser forgets which radio of the group the new page has chosen.
  readonly #rendered = (): void => {
    if (this.#waiting !== undefined) return;
    const chosen = this.querySelector<HTMLInputElement>("input[type=radio][checked]");
    if (chosen) chosen.checked = true;
  };

  #settle(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }
}
