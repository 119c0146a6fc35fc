import { ChartGroup, type GroupMember } from "./groups";

/** `<chart-controls>`: the inputs inside it choose how the charts of a group are drawn. */
export class ChartControls extends HTMLElement implements GroupMember {
  #group: ChartGroup | null = null;
  readonly #show = (): void => this.groupChanged();

  connectedCallback(): void {
    this.#group = ChartGroup.of(this.dataset["group"] ?? null);
    this.#group.join(this);
    this.addEventListener("input", this.#take);
    this.addEventListener("click", this.#reset);
    // Bringing the page up to date puts the inputs back to what the server wrote.
    document.addEventListener("turbo:morph", this.#show);
    // The inputs may not be there yet while the page is still being read.
    queueMicrotask(this.#show);
  }

  disconnectedCallback(): void {
    this.#group?.leave(this);
    this.removeEventListener("input", this.#take);
    this.removeEventListener("click", this.#reset);
    document.removeEventListener("turbo:morph", this.#show);
  }

  groupChanged(): void {
    if (!this.#group) return;
    const { smoothing, log, axis } = this.#group.choices;
    for (const input of this.querySelectorAll("input")) {
      if (input.name === "smoothing") {
        if (input.value !== `${smoothing}`) input.value = `${smoothing}`;
        input.setAttribute("aria-valuetext", smoothing === 0 ? "none" : `${smoothing} of 100`);
      } else if (input.name === "log") input.checked = log;
      else if (input.name === "axis") input.checked = input.value === axis;
    }
    const reset = this.querySelector<HTMLButtonElement>("button[name=reset]");
    // One that has the focus stays, or the focus would be lost.
    if (reset) reset.disabled = this.#group.zoom === null && document.activeElement !== reset;
  }

  readonly #take = (event: Event): void => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    if (input.name === "smoothing") this.#group?.choose({ smoothing: input.valueAsNumber });
    else if (input.name === "log") this.#group?.choose({ log: input.checked });
    else if (input.name === "axis" && input.checked) this.#group?.choose({ axis: input.value === "epoch" ? "epoch" : "step" });
  };

  readonly #reset = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest("button[name=reset]") && this.#group) this.#group.zoom = null;
  };
}
