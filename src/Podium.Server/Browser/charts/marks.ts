import { EpochMap, type EpochPairs } from "./epochs";

export interface CheckpointMark {
  readonly step: number;
  readonly path: string;
  readonly best: boolean;
  readonly latest: boolean;
}

/** What a job's page knows beside the series, and charts draw into them. */
export interface Marks {
  readonly checkpoints: readonly CheckpointMark[];
  readonly overfittingFrom: number | null;
  /** What is drawn: the checkpoints, and the best evaluation where no checkpoint is the best. */
  readonly drawn: readonly CheckpointMark[];
  readonly epochs: EpochMap;
}

const none: Marks = { checkpoints: [], overfittingFrom: null, drawn: [], epochs: new EpochMap([]) };

/** Reads the marks that an element bears. Also one that is not yet known as ours: charts may come first. */
export function marksOf(id: string | undefined): Marks {
  const json = id ? document.getElementById(id)?.dataset["marks"] : null;
  if (!json) return none;
  const told = JSON.parse(json) as {
    checkpoints?: readonly CheckpointMark[] | null;
    overfitting_from?: number | null;
    best_step?: number | null;
    epochs?: EpochPairs | null;
  };
  const checkpoints = told.checkpoints ?? [];
  const best = told.best_step ?? null;
  const isSaved = best === null || checkpoints.some((mark) => mark.best);
  return {
    checkpoints,
    drawn: isSaved ? checkpoints : [...checkpoints, { step: best, path: "best evaluation", best: true, latest: false }],
    overfittingFrom: told.overfitting_from ?? null,
    epochs: new EpochMap(told.epochs ?? []),
  };
}

/** `<chart-marks>`: changed by the page as it is brought up to date; tells the charts that name it. */
export class ChartMarks extends HTMLElement {
  static readonly observedAttributes = ["data-marks"];
  static readonly changed = "podium:marks";

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (before !== now) this.#tell();
  }

  connectedCallback(): void {
    this.#tell();
  }

  #tell(): void {
    if (this.isConnected) document.dispatchEvent(new CustomEvent(ChartMarks.changed, { detail: { id: this.id } }));
  }
}
