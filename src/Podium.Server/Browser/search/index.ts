// <live-search>: its form's fields become part of the address while somebody types. The element stays as the page around it
// changes, and with it the pointer in the text; what else stands in the address then is read from there.
import { visit } from "@hotwired/turbo";

const pause = 250;

class LiveSearch extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    this.addEventListener("input", this.soon);
    this.addEventListener("submit", this.now);
    document.addEventListener("turbo:load", this.follow);
  }

  disconnectedCallback(): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.removeEventListener("input", this.soon);
    this.removeEventListener("submit", this.now);
    document.removeEventListener("turbo:load", this.follow);
  }

  private readonly soon = (): void => {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.go(), pause);
  };

  // Another list by a link, or the one before: the text is of that, unless somebody is about to write another.
  private readonly follow = (): void => {
    const field = this.querySelector<HTMLInputElement>("input[type=search]");
    if (!field || field === document.activeElement || this.timer !== 0) return;
    field.value = new URL(window.location.href).searchParams.get(field.name) ?? "";
  };

  private readonly now = (event: Event): void => {
    event.preventDefault();
    window.clearTimeout(this.timer);
    this.go();
  };

  private go(): void {
    this.timer = 0;
    const form = this.querySelector("form");
    if (!form) return;
    // What the address holds besides was true when the element came; the address itself is newer.
    for (const field of form.querySelectorAll<HTMLInputElement>("input[data-scriptless]")) field.remove();
    const address = new URL(window.location.href);
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && value !== "") address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }

    address.searchParams.delete("page");
    if (address.href !== window.location.href) visit(address.href, { action: "replace" });
  }
}

customElements.define("live-search", LiveSearch);
