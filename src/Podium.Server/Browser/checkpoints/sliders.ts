import { ActingForm } from "./acting-form";

/** `<weight-sliders>`: asks the server how it ranks by the weights that somebody sets. */
export class WeightSliders extends ActingForm {
  protected override readonly patience = 250;
  protected override readonly change = "input";

  protected override query(form: HTMLFormElement): URLSearchParams {
    const query = super.query(form);
    // As people write them.
    query.set("weights", query.getAll("weights").join(","));
    return query;
  }

  protected override show(field: EventTarget | null): void {
    if (!(field instanceof HTMLInputElement)) return;
    const said = field.parentElement?.querySelector("output");
    if (said) said.textContent = field.value;
  }
}
