import { Connection } from "./connection";
import { Refreshing } from "./refreshing";
import type { Urgency } from "./pacing";
import { signInAddress } from "./signing-in";

export type StreamState = "connecting" | "live" | "lost" | "out" | "gone";

// Turbo takes a permanent element out of the page for a moment and puts it back.
const patience = 500;
const streams = new Set<LiveStream>();
const refreshing = new Refreshing((isHeld) => streams.forEach((stream) => stream.hold(isHeld)));

/** What the elements for one job and for all have in common: the connection, and telling people how it is. */
export abstract class LiveStream extends HTMLElement {
  static readonly observedAttributes = ["data-src"];

  readonly #text = document.createElement("span");
  readonly #waits = document.createElement("span");
  #connection: Connection | null = null;
  #state: StreamState = "connecting";
  #closing: ReturnType<typeof setTimeout> | undefined;

  /** Names of the events that it listens to. */
  protected abstract readonly names: readonly string[];

  /** The connection stands. */
  protected abstract opened(isFirst: boolean): void;

  protected abstract received(name: string, data: unknown, id: number | null): void;

  get state(): StreamState {
    return this.#state;
  }

  connectedCallback(): void {
    clearTimeout(this.#closing);
    document.addEventListener("turbo:before-render", this.#takeOver);
    document.addEventListener("visibilitychange", this.#tryRefused);
    document.addEventListener("turbo:load", this.#tryRefused);
    if (this.#connection) return;
    streams.add(this);
    this.#text.className = "live-text";
    this.#text.setAttribute("role", "status");
    this.#waits.className = "live-waits";
    this.replaceChildren(this.#text, this.#waits);
    this.#connect();
  }

  disconnectedCallback(): void {
    document.removeEventListener("turbo:before-render", this.#takeOver);
    document.removeEventListener("visibilitychange", this.#tryRefused);
    document.removeEventListener("turbo:load", this.#tryRefused);
    this.#closing = setTimeout(() => this.#close(), patience);
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (before !== now && this.#connection) this.#connect();
  }

  /** News wait for somebody to finish what they do. */
  hold(isHeld: boolean): void {
    this.#waits.textContent = isHeld ? "The page waits until you are done." : "";
  }

  /** What the server wrote into the page is no longer so. */
  protected refresh(urgency: Urgency): void {
    refreshing.changed(urgency);
  }

  protected tell(name: string, detail: object): void {
    document.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #connect(): void {
    this.#connection?.close();
    let isFirst = true;
    this.#say("connecting");
    this.#connection = new Connection(this.dataset["src"] ?? "", this.names, {
      opened: () => {
        this.#say("live");
        this.opened(isFirst);
        isFirst = false;
      },
      lost: () => this.#say("lost"),
      refused: (status) => this.#say(status === 404 ? "gone" : "out"),
      received: (name, data, id) => this.received(name, data, id),
    });
  }

  #close(): void {
    this.#connection?.close();
    this.#connection = null;
    streams.delete(this);
    showAll();
  }

  #say(state: StreamState): void {
    if (state === this.#state && this.#text.textContent) return;
    this.#state = this.dataset["state"] = state;
    this.#text.replaceChildren(...wordsOf(state, this.dataset["src"] ?? ""));
    showAll();
  }

  // Somebody may have signed in meanwhile, here or in another window.
  readonly #tryRefused = (): void => {
    if (!document.hidden && (this.#state === "out" || this.#state === "gone")) this.#connect();
  };

  // A permanent element keeps its attributes: what the new page says of it is taken from there.
  readonly #takeOver = (event: Event): void => {
    const { newBody } = (event as CustomEvent<{ newBody: HTMLElement }>).detail;
    const next = this.id ? newBody.querySelector<HTMLElement>(`#${CSS.escape(this.id)}`) : null;
    if (!next) return;
    if (next.dataset["job"]) this.dataset["job"] = next.dataset["job"];
    const src = next.dataset["src"];
    if (src && src !== this.dataset["src"]) this.dataset["src"] = src;
  };
}

function wordsOf(state: StreamState, src: string): (string | Node)[] {
  switch (state) {
    case "connecting": return ["Connecting…"];
    case "live": return ["Live"];
    case "lost": return [`Connection lost at ${new Date().toLocaleTimeString()}, trying again…`];
    case "gone": return ["This job is no longer there."];
    case "out": {
      const link = document.createElement("a");
      link.href = signInAddress(src);
      link.textContent = "Sign in";
      return ["Signed out. ", link, " to go on."];
    }
  }
}

/** How the page is, in one word, for styles and tests. */
function showAll(): void {
  const { dataset } = document.documentElement;
  const states = [...streams].map((stream) => stream.state);
  if (states.length === 0) delete dataset["live"];
  else if (states.every((state) => state === "live")) dataset["live"] = "live";
  else if (states.some((state) => state !== "live" && state !== "connecting")) dataset["live"] = "lost";
}
