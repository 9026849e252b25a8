import { make, mark, write } from "./dom.ts";
import { icon } from "./icons.ts";
import { WORDS } from "./words.ts";

const BUFFERING_AFTER_MS = 500;

/** What the panel over the picture says, and the one thing to do about it. */
export interface Panel {
  readonly title: string;
  readonly why?: string;
  readonly label?: string;
  readonly act?: () => void;
  readonly href?: string;
}

/** The picture, the big play button over it, and the panel for what stands in the way. */
export class Stage {
  readonly video: HTMLVideoElement;
  readonly element: HTMLElement;
  readonly #start = make("button", { type: "button", class: "yx-start", "aria-label": WORDS.play });
  readonly #from = make("span", { class: "yx-from" });
  readonly #wait = make("p", { class: "yx-wait", role: "status" });
  readonly #panel = make("div", { class: "yx-panel", role: "status", hidden: "" });
  #waitTimer = 0;
  #told = "";

  constructor(title: string, poster: string, toggle: () => void) {
    const attributes = { playsinline: "", preload: "metadata", "aria-label": title };
    this.video = make("video", poster ? { ...attributes, poster } : attributes);
    this.#start.append(icon("play"), this.#from);
    this.element = make("div", { class: "yx-stage", tabindex: "-1" });
    this.element.append(this.video, this.#start, this.#wait, this.#panel);
    this.video.addEventListener("click", toggle);
    this.#start.addEventListener("click", () => {
      this.element.focus({ preventScroll: true });
      toggle();
    });
    this.#follow();
  }

  /** Say on the big button where playing goes on; null: from the beginning. */
  resumeAt(position: string | null): void {
    write(this.#from, position === null ? "" : WORDS.resume(position));
    mark(this.#start, "aria-label", position === null ? WORDS.play : WORDS.resumeLabel(position));
  }

  /** Put a panel over the picture, or take it away with null. */
  show(panel: Panel | null): void {
    const told = JSON.stringify([panel?.title, panel?.why, panel?.label]);
    if (told === this.#told) return;
    this.#told = told;
    this.#panel.hidden = panel === null;
    this.element.classList.toggle("yx-barred", panel !== null);
    if (panel) this.#panel.replaceChildren(...contents(panel));
  }

  #follow(): void {
    const { video } = this;
    for (const event of ["play", "pause", "ended", "emptied"]) {
      video.addEventListener(event, () =>
        this.element.classList.toggle("yx-playing", !video.paused),
      );
    }
    // Once begun, nothing covers the picture: a pause is often there to read what it shows.
    video.addEventListener("playing", () => this.element.classList.add("yx-begun"));
    video.addEventListener("waiting", () => {
      clearTimeout(this.#waitTimer);
      const tell = () => write(this.#wait, WORDS.buffering);
      this.#waitTimer = window.setTimeout(tell, BUFFERING_AFTER_MS);
    });
    for (const event of ["playing", "pause", "seeked", "error", "emptied"]) {
      video.addEventListener(event, () => {
        clearTimeout(this.#waitTimer);
        write(this.#wait, "");
      });
    }
  }
}

function contents({ title, why, label, act, href }: Panel): HTMLElement[] {
  const shown: HTMLElement[] = [make("p", { class: "yx-panel-title" }, ...clauses(title))];
  if (why) shown.push(make("p", {}, ...clauses(why)));
  if (label && href) shown.push(make("a", { class: "yx-button", href }, label));
  if (label && act) {
    const button = make("button", { type: "button", class: "yx-button" }, label);
    button.addEventListener("click", act);
    shown.push(button);
  }
  return shown;
}

/** Cut a sentence at its commas, so that a small screen breaks lines between clauses. */
function clauses(sentence: string): HTMLElement[] {
  const cut = sentence.match(/[^，。]+[，。]?/g) ?? [sentence];
  return cut.map((clause) => make("span", { class: "yx-clause" }, clause));
}
