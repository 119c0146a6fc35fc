import { LiveStream } from "./stream";

/** What happens to a job. Those that people wait for are shown at once. */
const atOnce = ["new_best", "checkpoint_saved", "checkpoint_gone", "status_changed", "strategy_changed", "run_started", "run_continued", "warning"];
const later = ["job_created", "job_changed", "job_deleted", "job_restored", "token_added", "token_revoked"];

// Changes with every report, and nothing of it is shown by itself.
const unseen = new Set(["updated_at"]);

type Status = Readonly<Record<string, unknown>>;

/** `<job-stream>`: follows one job; charts and the page go with it. */
export class JobStream extends LiveStream {
  protected override readonly names = ["status", "points", ...atOnce, ...later];
  #status: Status | null = null;
  #id = 0;
  #isNew = true;

  get job(): string {
    return this.dataset["job"] ?? "";
  }

  protected override opened(isFirst: boolean): void {
    this.#isNew = isFirst;
    if (isFirst) this.#status = null;
  }

  protected override received(name: string, data: unknown, id: number | null): void {
    if (name === "status") this.#take(data as Status, id ?? 0);
    else if (name === "points") this.tell("podium:points", { job: this.job, ...(data as object) });
    else {
      this.tell("podium:event", { job: this.job, kind: name, data });
      this.refresh(atOnce.includes(name) ? "at once" : "soon");
    }
  }

  #take(told: Status, id: number): void {
    const before = this.#status;
    // After a pause the whole status comes again: only what is another is a change.
    const changes = Object.fromEntries(Object.entries(told).filter(([field, value]) => JSON.stringify(before?.[field]) !== JSON.stringify(value)));
    this.#status = { ...before, ...told };
    // What came between the page's own reading and the beginning of the stream is in neither; and a number that goes back is
    // of another job under the same name.
    if (this.#isNew || id < this.#id) this.tell("podium:resync", { job: this.job });
    const isOlder = this.#isNew && this.dataset["seq"] !== undefined && Number(this.dataset["seq"]) !== id;
    const isSeen = !this.#isNew && Object.keys(changes).some((field) => !unseen.has(field));
    this.#isNew = false;
    this.#id = id;
    if (Object.keys(changes).length > 0) this.tell("podium:status", { job: this.job, changes });
    if (isOlder || isSeen) this.refresh("soon");
  }
}
