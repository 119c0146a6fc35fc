import { ActingForm } from "./acting-form";

/** `<checkpoint-choice>`: a checkpoint that is chosen is shown. */
export class CheckpointChoice extends ActingForm {
  // Somebody who goes through them by keys passes by many.
  protected override readonly patience = 150;
  protected override readonly change = "change";

  override connectedCallback(): void {
    super.connectedCallback();
    // The table has a frame of its own: what is selected shall be seen in it, and the page stay where it is.
    const [frame, row] = [this.querySelector(".table-frame"), this.querySelector("tr.selected")];
    if (!frame || !row) return;
    const below = row.getBoundingClientRect().bottom - frame.getBoundingClientRect().bottom;
    if (below > 0) frame.scrollTop += below + frame.clientHeight / 2;
  }
}
