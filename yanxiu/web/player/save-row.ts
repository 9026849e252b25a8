import type { Copy } from "./copies.ts";
import * as copies from "./copies.ts";
import { make, mark, write } from "./dom.ts";
import type { Keeper } from "./keeper.ts";
import { SAVED_WORDS as WORDS } from "./saved-words.ts";

/** How far one lesson is saved, with the button that pauses it or lets it go on. */
export class SaveRow {
  readonly element = make("div", { class: "saving stack tight" });
  readonly #bar = make("progress", { class: "meter" });
  readonly #said = make("span", { class: "small soft tabular" });
  readonly #button = make("button", { type: "button", class: "button text" });
  #copy: Copy;

  constructor(copy: Copy, keeper: Keeper, title: HTMLElement | null = null) {
    this.#copy = copy;
    mark(this.#bar, "aria-label", WORDS.progress(copy.title));
    this.#button.addEventListener("click", () => {
      const isRunning = this.#copy.state === "waiting";
      void (isRunning ? keeper.pause(this.#copy) : keeper.resume(this.#copy));
    });
    const words = make("div", { class: "row ends" }, this.#said, this.#button);
    this.element.append(title ?? make("b", {}, copy.title), this.#bar, words);
    this.paint(copy);
  }

  /** Show how far it is now. */
  paint(copy: Copy): void {
    this.#copy = copy;
    this.#bar.max = copies.bytes(copy);
    this.#bar.value = copy.keptBytes;
    this.#bar.hidden = copy.state === "whole";
    write(this.#said, SaveRow.words(copy));
    this.#button.hidden = copy.state === "whole" || copy.why === "old";
    write(this.#button, copy.state === "waiting" ? WORDS.pause : WORDS.resume);
  }

  /** Say in a few words how far saving is, and what is in the way. */
  static words(copy: Copy): string {
    const whole = copies.bytes(copy);
    if (copy.state === "whole") return WORDS.whole(copy.rendition.height, whole);
    if (copy.state === "paused") return WORDS.paused(copy.keptBytes, whole);
    if (copy.state === "waiting" && copy.why === "") return WORDS.saving(copy.keptBytes, whole);
    return trouble(copy.why);
  }
}

function trouble(why: string): string {
  const known: Readonly<Record<string, string>> = {
    full: WORDS.full,
    old: WORDS.old,
    away: WORDS.away,
    busy: WORDS.away,
    signed_out: WORDS.signedOut,
  };
  return known[why] ?? why;
}
