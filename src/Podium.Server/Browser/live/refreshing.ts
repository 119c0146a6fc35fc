import * as Turbo from "@hotwired/turbo";
import { Pacing, type Urgency } from "./pacing";
import { isSomebodyBusy } from "./unsaved";

// What Turbo 8 has, and its published types do not tell.
const turbo = Turbo as unknown as {
  session: { visit(url: string, options: object): void };
  navigator: { currentVisit?: unknown };
};

const pauseWhileBusy = 1000;
const longestRender = 3000;

/**
 * Brings what the server wrote into the page up to date, in place.
 *
 * It is Turbo's page refresh with an answer that was fetched beforehand: Turbo itself would load the whole page anew, and so
 * show an error of the browser, where the server does not answer. And whoever has begun to write while it was fetched is left alone.
 */
export class Refreshing {
  readonly #pacing = new Pacing();
  #later: ReturnType<typeof setTimeout> | undefined;
  /** True: there is news, and it waits until somebody has finished what they do. */
  #isHeld = false;

  /** @param held tells when news begin and cease to wait for somebody. */
  constructor(private readonly held: (isHeld: boolean) => void) {
    document.addEventListener("visibilitychange", () => this.#plan());
    document.addEventListener("turbo:visit", (event) => {
      // Another page is as new as can be.
      if (new URL((event as CustomEvent<{ url: string }>).detail.url, location.href).href !== location.href) this.#pacing.forget();
    });
    // What somebody has opened stays open.
    document.addEventListener("turbo:before-morph-attribute", (event) => {
      const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail;
      if (attributeName === "open" && event.target instanceof HTMLDetailsElement) event.preventDefault();
    });
  }

  changed(urgency: Urgency): void {
    this.#pacing.changed(urgency, performance.now());
    this.#plan();
  }

  #plan(): void {
    clearTimeout(this.#later);
    const wait = this.#pacing.wait(performance.now());
    // Nobody looks: it is done when somebody does.
    if (wait === null || document.hidden) return;
    this.#later = setTimeout(() => void this.#run(), wait);
  }

  async #run(): Promise<void> {
    if (this.#mustWait()) return;
    this.#pacing.begin(performance.now());
    const isDone = await this.#refresh();
    this.#pacing.end(isDone, performance.now());
    this.#plan();
  }

  #mustWait(): boolean {
    const isBusy = isSomebodyBusy();
    if (isBusy !== this.#isHeld) this.held((this.#isHeld = isBusy));
    if (!isBusy && !turbo.navigator.currentVisit) return false;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.#run(), pauseWhileBusy);
    return true;
  }

  async #refresh(): Promise<boolean> {
    const url = location.href;
    let html: string;
    try {
      const response = await fetch(url, { headers: { accept: "text/html" } });
      // Elsewhere than asked for is the sign-in: the stream says so, and the page stays as it is.
      if (!response.ok || response.redirected) return response.status < 500;
      html = await response.text();
    } catch {
      return false;
    }
    if (location.href !== url || turbo.navigator.currentVisit) return true;
    if (isSomebodyBusy()) return false;
    await rendered(() =>
      turbo.session.visit(url, {
        action: "replace",
        shouldCacheSnapshot: false,
        refresh: { method: "morph", scroll: "preserve" },
        response: { statusCode: 200, redirected: false, responseHTML: html },
      }),
    );
    return true;
  }
}

/** Starts a rendering and waits for its end; not forever, for it may be given up for another page. */
function rendered(start: () => void): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      document.removeEventListener("turbo:load", end);
      resolve();
    };
    const timer = setTimeout(end, longestRender);
    document.addEventListener("turbo:load", end);
    start();
  });
}
