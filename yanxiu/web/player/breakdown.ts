import { make } from "./dom.ts";
import { total } from "./spans.ts";
import type { Stretch } from "./stretches.ts";
import { LATER, length, places, REASONS, WORDS } from "./words.ts";

const KINDS: readonly Stretch["kind"][] = ["seen", "waiting", "later", "never", "missing"];

/** Tells below the time line what its colours mean, and part by part how the lesson stands. */
export class Breakdown {
  readonly element = make("div", { class: "yx-breakdown" });
  readonly #legend = make("ul", { class: "yx-legend", "aria-label": WORDS.legend });
  readonly #list = make("ul", { class: "yx-parts" });
  #told = "";

  constructor() {
    const head = make("summary", {}, WORDS.parts);
    this.element.append(this.#legend, make("details", {}, head, this.#list));
  }

  /** Say how things stand; does nothing when it is as before. */
  refresh(stretches: readonly Stretch[], durationMs: number): void {
    const told = stretches.map((one) => tell(one, durationMs));
    if (this.#told === told.join()) return;
    this.#told = told.join();
    const kinds = KINDS.filter((kind) => stretches.some((one) => one.kind === kind));
    this.#legend.replaceChildren(...kinds.map((kind) => item(kind, title(kind, stretches))));
    this.#list.replaceChildren(
      ...stretches.map(({ kind, reason }, place) =>
        item(kind, told[place] ?? "", ...(reason ? [" ", more(reason)] : [])),
      ),
    );
  }
}

function item(kind: Stretch["kind"], ...told: readonly (string | Node)[]): HTMLElement {
  return make("li", { class: `yx-key-${kind}` }, ...told);
}

/** Lead to where a reason is explained at length. */
function more(reason: string): HTMLElement {
  return make("a", { href: `/help/watching/#${reason}` }, WORDS.whyMore);
}

function title(kind: Stretch["kind"], stretches: readonly Stretch[]): string {
  const same = stretches.filter((one) => one.kind === kind);
  const ms = same.reduce((sum, { spans }) => sum + total(spans), 0);
  return WORDS.parted(WORDS.kinds[kind], length(ms));
}

/** Say one part: how long, where, why, and what happens next. */
function tell(one: Stretch, durationMs: number): string {
  const where = places(one.spans, durationMs);
  const what = WORDS.parted(WORDS.kinds[one.kind], length(total(one.spans)));
  return WORDS.part(what, where, why(one));
}

/** Say why a part stands as it does, and what happens next. */
export function why({ kind, reason, dueAtMs }: Stretch): string {
  if (kind === "never") return REASONS[reason] ?? WORDS.refusedFallback;
  if (kind === "waiting") return WORDS.waitingWhy;
  if (kind === "missing") return WORDS.missingWhy;
  if (kind === "later") return (LATER[reason] ?? WORDS.laterAt)(timeOf(dueAtMs ?? 0));
  return "";
}

/** Say an instant of the page's monotonic clock as the clock on the wall shows it. */
function timeOf(dueAtMs: number): string {
  return new Date(performance.timeOrigin + dueAtMs).toTimeString().slice(0, 8);
}
