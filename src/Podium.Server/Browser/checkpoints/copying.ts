/** `<copy-text data-of="ID">`: a button that copies the text of an element; where browsers forbid that, it selects it. */
export class CopyText extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#copy);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#copy);
  }

  readonly #copy = (event: Event): void => {
    const source = document.getElementById(this.dataset["of"] ?? "");
    if (!source || !(event.target as Element).closest("button")) return;
    // Only pages that came encrypted, or from this machine, may write there.
    if (navigator.clipboard) void navigator.clipboard.writeText(source.textContent ?? "").then(() => this.#say("Copied"), () => this.#select(source));
    else this.#select(source);
  };

  #select(source: Element): void {
    getSelection()?.selectAllChildren(source);
    this.#say("Selected: copy it with your keys");
  }

  #say(words: string): void {
    const said = this.querySelector("[role=status]");
    if (said) said.textContent = words;
  }
}
