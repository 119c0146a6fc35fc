/** How the charts of a group are drawn. */
export interface ChartChoices {
  /** From 0, the points as they are, to 100. */
  readonly smoothing: number;
  readonly log: boolean;
  readonly axis: "step" | "epoch";
}

/** The charts of a page that show the same job: they zoom and hover together, and are drawn alike. */
export interface GroupMember {
  /** Something of the group is another than before. */
  groupChanged(): void;
  /** The cursor stands at a step in another chart of the group; null: it has left. */
  pointed?(step: number | null): void;
}

type Steps = readonly [from: number, to: number];

const standard: ChartChoices = { smoothing: 0, log: false, axis: "step" };
const groups = new Map<string, ChartGroup>();

/** What charts of one name share. Choices are remembered by the browser, the zoom is not. */
export class ChartGroup {
  readonly #members = new Set<GroupMember>();
  readonly #extents = new Map<GroupMember, Steps>();
  #choices: ChartChoices;
  #zoom: Steps | null = null;

  private constructor(readonly name: string, private readonly isKept: boolean) {
    this.#choices = isKept ? remembered(name) : standard;
  }

  /** The group of a name; one of its own for a chart without. */
  static of(name: string | null): ChartGroup {
    if (!name) return new ChartGroup(`alone-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`, false);
    let group = groups.get(name);
    if (!group) groups.set(name, (group = new ChartGroup(name, true)));
    return group;
  }

  get choices(): ChartChoices {
    return this.#choices;
  }

  /** The visible steps; null shows all. */
  get zoom(): Steps | null {
    return this.#zoom;
  }

  set zoom(steps: Steps | null) {
    if (steps?.[0] === this.#zoom?.[0] && steps?.[1] === this.#zoom?.[1]) return;
    this.#zoom = steps;
    this.#tell();
  }

  /** From the first to the last step of all its charts. */
  get extent(): Steps | null {
    let [first, last] = [Infinity, -Infinity];
    for (const [from, to] of this.#extents.values()) [first, last] = [Math.min(first, from), Math.max(last, to)];
    return first <= last ? [first, last] : null;
  }

  choose(choices: Partial<ChartChoices>): void {
    this.#choices = { ...this.#choices, ...choices };
    if (this.isKept) remember(this.name, this.#choices);
    this.#tell();
  }

  /** Shows a part of the steps; what would be all of them, or more, shows all. */
  show(from: number, to: number): void {
    const all = this.extent;
    if (!all) return;
    const width = Math.max(to - from, 2);
    const first = Math.min(Math.max(from, all[0]), Math.max(all[0], all[1] - width));
    const last = Math.min(first + width, all[1]);
    this.zoom = first <= all[0] && last >= all[1] ? null : [first, last];
  }

  join(member: GroupMember): void {
    this.#members.add(member);
  }

  leave(member: GroupMember): void {
    this.#members.delete(member);
    this.#extents.delete(member);
  }

  /** The cursor stands at a step in one chart: it stands there in all. */
  point(step: number | null, from: GroupMember): void {
    for (const member of this.#members) if (member !== from) member.pointed?.(step);
  }

  /** A chart tells from where to where its points reach. */
  reach(member: GroupMember, steps: Steps | null): void {
    const before = this.extent;
    if (steps) this.#extents.set(member, steps);
    else this.#extents.delete(member);
    const now = this.extent;
    if (before?.[0] === now?.[0] && before?.[1] === now?.[1]) return;
    // Other runs are shown now, and none of them reaches what was zoomed in on.
    if (this.#zoom && now && (this.#zoom[0] >= now[1] || this.#zoom[1] <= now[0])) this.zoom = null;
    for (const other of this.#members) if (other !== member) other.groupChanged();
  }

  #tell(): void {
    for (const member of this.#members) member.groupChanged();
  }
}

// Another page shows another job: what was zoomed in on is not there.
document.addEventListener("turbo:visit", (event) => {
  const { url } = (event as CustomEvent<{ url: string }>).detail;
  if (new URL(url, location.href).pathname !== location.pathname) for (const group of groups.values()) group.zoom = null;
});

function storageName(group: string): string {
  return `podium.charts.${group}`;
}

// A browser may refuse to keep anything; then the choices last as long as the page.
function remembered(group: string): ChartChoices {
  try {
    const kept = JSON.parse(localStorage.getItem(storageName(group)) ?? "{}") as Partial<Record<keyof ChartChoices, unknown>>;
    const smoothing = Number(kept.smoothing ?? 0);
    return {
      smoothing: smoothing >= 0 && smoothing <= 100 ? smoothing : 0,
      log: kept.log === true,
      axis: kept.axis === "epoch" ? "epoch" : "step",
    };
  } catch {
    return standard;
  }
}

function remember(group: string, choices: ChartChoices): void {
  try {
    localStorage.setItem(storageName(group), JSON.stringify(choices));
  } catch {
    // Said above.
  }
}
