import type { Copy } from "./copies.ts";
import * as copies from "./copies.ts";
import { make } from "./dom.ts";
import type { Keeper } from "./keeper.ts";
import * as pieces from "./pieces.ts";
import * as room from "./room.ts";
import { SaveRow } from "./save-row.ts";
import { hours, SAVED_WORDS as WORDS } from "./saved-words.ts";
import { gaps, type Spans, subtract, total } from "./spans.ts";
import * as store from "./store.ts";
import { length } from "./words.ts";

interface Shown {
  readonly element: HTMLElement;
  readonly told: string;
  readonly saving: SaveRow;
}

type Pending = ReadonlyMap<string, Spans>;

/** Lists what one person has saved on this device, and what of her watching still waits. */
export class SavedList {
  readonly #waiting = make("section", { class: "card stack tight", "aria-live": "polite" });
  readonly #nothing = empty(WORDS.nothing, WORDS.nothingWhy);
  readonly #list = make("ul", { class: "saved-list" });
  readonly #room = make("section", { class: "stack tight" });
  readonly #rows = new Map<string, Shown>();

  constructor(
    readonly host: HTMLElement,
    readonly owner: string,
    readonly keeper: Keeper,
  ) {}

  /** Show it, and follow what changes. */
  start(): void {
    if (!room.isFit()) {
      this.host.replaceChildren(empty("", WORDS.unfit));
      return;
    }
    if (this.owner === "") this.host.replaceChildren(empty(WORDS.nobody, WORDS.nobodyWhy));
    else this.host.replaceChildren(this.#waiting, this.#nothing, this.#list, this.#room);
    copies.hear(() => void this.refresh());
    void this.refresh();
  }

  /** Show how things stand now. */
  async refresh(): Promise<void> {
    const mine = this.owner === "" ? [] : await copies.of(this.owner);
    const unsent = (await store.all()).filter((row) => row.owner === this.owner);
    const pending = new Map(unsent.map((row) => [row.key, row.spans]));
    this.#tell(mine, pending);
    this.#enlist(mine, pending);
    await this.#weigh(mine);
  }

  #tell(mine: readonly Copy[], pending: Pending): void {
    const ms = [...pending.values()].reduce((sum, spans) => sum + total(spans), 0);
    const allowanceS = Math.min(...mine.map((copy) => copy.offlineAllowanceS));
    const told = ms > 0 ? [WORDS.waits(ms), WORDS.waitsWhy] : [WORDS.settled, WORDS.settledWhy];
    const more = ms > allowanceS * 1000 ? [WORDS.waitsMuch(hours(allowanceS))] : [];
    const lines = [...more, ...deadlines(mine), ...(mine.length > 0 ? [WORDS.week] : [])];
    const [title = "", why = ""] = told;
    this.#waiting.classList.toggle("wait", ms > 0);
    this.#waiting.replaceChildren(
      make("h2", {}, title),
      make("p", {}, why),
      ...lines.map((line) => make("p", { class: "small soft" }, line)),
    );
    this.#waiting.hidden = mine.length === 0 && ms === 0;
  }

  #enlist(mine: readonly Copy[], pending: Pending): void {
    const here = mine.map(({ key }) => key);
    const gone = [...this.#rows].filter(([key]) => !here.includes(key));
    for (const [key, { element }] of gone) {
      element.remove();
      this.#rows.delete(key);
    }
    for (const copy of mine) this.#show(copy, pending.get(copy.key) ?? []);
    this.#nothing.hidden = mine.length > 0;
  }

  /** Paint a row anew only where its words changed, so that whoever stands on a button stays. */
  #show(copy: Copy, pending: Spans): void {
    const told = JSON.stringify([copy.state, copy.why, copy.isDone, copy.covered, pending]);
    const shown = this.#rows.get(copy.key);
    if (shown?.told === told) {
      shown.saving.paint(copy);
      return;
    }
    const title = make("a", { href: play(copy) }, copy.title);
    const saving = new SaveRow(copy, this.keeper, make("b", {}, title));
    const element = make(
      "li",
      { class: "stack tight" },
      saving.element,
      make("p", { class: "row small" }, ...states(copy, pending)),
      make("p", { class: "row ends" }, ...this.#acts(copy)),
    );
    if (shown) shown.element.replaceWith(element);
    else this.#list.append(element);
    this.#rows.set(copy.key, { element, told, saving });
  }

  #acts(copy: Copy): HTMLElement[] {
    const label = WORDS.removeOf(copy.title);
    const remove = make("button", { type: "button", class: "button text", "aria-label": label });
    remove.append(WORDS.remove);
    remove.addEventListener("click", () => {
      if (window.confirm(WORDS.reallyRemove(copy.title))) void this.#remove(copy);
    });
    if (copy.state !== "whole") return [make("span", { class: "small soft" }, copy.course), remove];
    return [make("a", { class: "button quiet", href: play(copy) }, WORDS.play), remove];
  }

  async #remove(copy: Copy): Promise<void> {
    await this.keeper.remove(copy);
    await this.refresh();
    document.querySelector<HTMLElement>("main")?.focus();
  }

  async #weigh(mine: readonly Copy[]): Promise<void> {
    const others = await copies.ofOthers(this.owner);
    const lines = mine.length > 0 ? [WORDS.usage(sum(mine), await room.free())] : [];
    if (mine.length > 0 && !(await room.isHeld())) lines.push(WORDS.fickle);
    if (others.length > 0) lines.push(WORDS.others(others.length, sum(others)));
    const shown = lines.map((line) => make("p", { class: "small soft" }, line));
    if (others.length > 0) shown.push(make("p", {}, this.#removal(others)));
    this.#room.replaceChildren(...shown);
    if (this.owner === "" && others.length > 0) this.host.append(this.#room);
  }

  #removal(others: readonly Copy[]): HTMLElement {
    const button = make("button", { type: "button", class: "button text" }, WORDS.removeOthers);
    button.addEventListener("click", async () => {
      if (!window.confirm(WORDS.reallyRemoveOthers)) return;
      for (const copy of others) {
        for (const file of await copies.remove(copy)) await pieces.remove(file.src);
      }
      await this.refresh();
    });
    return button;
  }
}

/** Name the page that plays a copy. */
export function play(copy: Copy): string {
  return `/app/saved/lesson/?lesson=${copy.lesson}`;
}

function states(copy: Copy, pending: Spans): HTMLElement[] {
  const waits = total(subtract(pending, copy.covered));
  const missing = copy.isDone ? 0 : total(gaps(copy.covered, copy.durationMs)) - waits;
  const seen = copy.durationMs - Math.max(0, missing);
  const whole = length(copy.durationMs);
  const tags: HTMLElement[] = [];
  if (copy.isDone) tags.push(make("span", { class: "tag done" }, `✓ ${WORDS.done(copy.hours)}`));
  if (waits > 0) tags.push(make("span", { class: "tag wait" }, WORDS.pending(waits)));
  if (Date.now() >= copy.closesAtMs) tags.push(make("span", { class: "tag off" }, WORDS.closed));
  const words = seen > 0 ? WORDS.watched(length(seen), whole) : null;
  return [...tags, make("span", { class: "soft" }, words ?? WORDS.fresh(whole))];
}

function deadlines(mine: readonly Copy[]): string[] {
  const trainings = new Map(mine.map((copy) => [copy.training, copy]));
  return [...trainings.values()].map(({ training, closesAtMs, lateUntilMs }) =>
    Date.now() >= lateUntilMs
      ? WORDS.late(training)
      : WORDS.deadline(training, closesAtMs, lateUntilMs),
  );
}

function empty(title: string, why: string): HTMLElement {
  return make("div", { class: "empty" }, make("h2", {}, title), make("p", { class: "soft" }, why));
}

function sum(some: readonly Copy[]): number {
  return some.reduce((bytes, copy) => bytes + copy.keptBytes, 0);
}
