import { Backoff } from "./backoff";

/** What a connection tells. */
export interface ConnectionEvents {
  opened(): void;
  /** It broke off, or could not be made; it is being tried again. */
  lost(): void;
  /** It is refused for good: there is no use in trying again. */
  refused(status: 401 | 403 | 404): void;
  received(name: string, data: unknown, id: number | null): void;
}

/**
 * Server-sent events that come again whatever happens.
 *
 * The browser itself goes on after a broken connection, and names the last event it has. After an answer that is no stream it
 * gives up; then this asks again, with growing pauses.
 */
export class Connection {
  readonly #backoff = new Backoff();
  #source: EventSource | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;
  #probe: AbortController | null = null;
  #lastId = "";

  constructor(private readonly url: string, private readonly names: readonly string[], private readonly events: ConnectionEvents) {
    window.addEventListener("online", this.#atOnce);
    this.#open();
  }

  close(): void {
    window.removeEventListener("online", this.#atOnce);
    this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#probe?.abort("closed");
    this.#source?.close();
    this.#source = null;
  }

  #open(): void {
    const url = new URL(this.url, location.href);
    if (this.#lastId) url.searchParams.set("last_event_id", this.#lastId);
    const source = (this.#source = new EventSource(url));
    source.addEventListener("open", () => {
      this.#backoff.reset();
      this.events.opened();
    });
    source.addEventListener("error", () => {
      if (source !== this.#source) return;
      this.events.lost();
      if (source.readyState === EventSource.CLOSED) void this.#comeAgain();
    });
    for (const name of this.names)
      source.addEventListener(name, (event) => {
        this.#lastId = event.lastEventId || this.#lastId;
        this.events.received(name, JSON.parse(event.data as string), event.lastEventId ? Number(event.lastEventId) : null);
      });
  }

  async #comeAgain(): Promise<void> {
    this.#stop();
    const probe = (this.#probe = new AbortController());
    const status = await statusOf(this.url, probe);
    if (this.#probe !== probe || probe.signal.reason === "closed") return;
    this.#probe = null;
    if (status === 401 || status === 403 || status === 404) this.events.refused(status);
    else this.#later = setTimeout(() => this.#open(), this.#backoff.next());
  }

  readonly #atOnce = (): void => {
    if (this.#later === undefined) return;
    this.#stop();
    this.#open();
  };
}

/** What the server answers: an EventSource does not tell. */
async function statusOf(url: string, controller: AbortController): Promise<number | null> {
  try {
    const { status } = await fetch(url, { signal: controller.signal, headers: { accept: "text/event-stream" } });
    // The stream itself is not wanted.
    controller.abort("answered");
    return status;
  } catch {
    return null;
  }
}
