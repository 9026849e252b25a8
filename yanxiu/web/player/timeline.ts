import { make, mark } from "./dom.ts";
import { total } from "./spans.ts";
import type { Stretch } from "./stretches.ts";
import { clock, length, WORDS } from "./words.ts";

const STEP_MS = 5_000;
const LEAP_MS = 60_000;

/** How a part looks on the rail; what is missing is the rail itself. */
const LOOKS: Readonly<Record<Stretch["kind"], string>> = {
  seen: "yx-seen",
  waiting: "yx-pending",
  later: "yx-later",
  never: "yx-never",
  missing: "",
};

/** Shows what is seen, waiting, refused and missing, and lets anyone seek by touch, mouse or keys. */
export class Timeline {
  readonly element: HTMLElement;
  readonly #rail = make("span", { class: "yx-rail" });
  readonly #head = make("b", { class: "yx-head" });
  readonly #tip = make("output", { class: "yx-tip", "aria-hidden": "true" });
  #durationMs = 1;
  #positionMs = 0;
  #isDragging = false;
  #painted = "";

  constructor(readonly seek: (positionMs: number) => void) {
    const role = {
      role: "slider",
      tabindex: "0",
      "aria-label": WORDS.timeline,
      "aria-valuemin": "0",
    };
    this.element = make(
      "div",
      { class: "yx-timeline", ...role },
      this.#rail,
      this.#head,
      this.#tip,
    );
    this.element.addEventListener("pointerdown", (event) => this.#grasp(event));
    this.element.addEventListener("pointermove", (event) => this.#hover(event));
    this.element.addEventListener("pointerup", (event) => this.#drop(event));
    this.element.addEventListener("pointercancel", () => this.#release());
    this.element.addEventListener("keydown", (event) => this.#press(event));
  }

  /** Paint the stretches; does nothing when they are the same as before. */
  paint(stretches: readonly Stretch[], durationMs: number): void {
    const shown = stretches.filter(({ kind }) => kind !== "missing");
    const painting = JSON.stringify([shown.map(({ kind, spans }) => [kind, spans]), durationMs]);
    if (painting === this.#painted) return;
    this.#painted = painting;
    this.#durationMs = Math.max(1, durationMs);
    mark(this.element, "aria-valuemax", String(Math.round(this.#durationMs / 1000)));
    this.#rail.replaceChildren(
      ...shown.flatMap(({ kind, spans }) => spans.map((span) => this.#stretch(LOOKS[kind], span))),
    );
    const told = (...kinds: Stretch["kind"][]) =>
      length(total(stretches.flatMap(({ kind, spans }) => (kinds.includes(kind) ? spans : []))));
    const coverage = WORDS.coverage(told("seen"), told("waiting", "later"), told("missing"));
    mark(this.element, "aria-description", coverage);
  }

  /** Put the playhead; a hand that drags it has precedence. */
  place(positionMs: number): void {
    if (!this.#isDragging) this.#put(positionMs);
  }

  #put(positionMs: number): void {
    this.#positionMs = Math.min(this.#durationMs, Math.max(0, positionMs));
    this.#head.style.setProperty("left", this.#share(this.#positionMs));
    mark(this.element, "aria-valuenow", String(Math.round(this.#positionMs / 1000)));
    const told = WORDS.of(length(this.#positionMs), length(this.#durationMs));
    mark(this.element, "aria-valuetext", told);
  }

  #stretch(name: string, [from, to]: readonly [number, number]): HTMLElement {
    const stretch = make("i", { class: name });
    stretch.style.setProperty("left", this.#share(from));
    stretch.style.setProperty("width", this.#share(to - from));
    return stretch;
  }

  #share(ms: number): string {
    return `${(ms / this.#durationMs) * 100}%`;
  }

  #at(event: PointerEvent): number {
    const { left, width } = this.#rail.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width)) * this.#durationMs;
  }

  #grasp(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.element.setPointerCapture(event.pointerId);
    this.#isDragging = true;
    this.element.classList.add("yx-dragging");
    this.#put(this.#at(event));
    this.#hover(event);
  }

  #hover(event: PointerEvent): void {
    const positionMs = this.#at(event);
    if (this.#isDragging) this.#put(positionMs);
    this.#tip.value = clock(positionMs);
    this.#tip.style.setProperty("left", this.#share(positionMs));
  }

  #drop(event: PointerEvent): void {
    if (this.#isDragging) this.seek(this.#at(event));
    this.#release();
  }

  #release(): void {
    this.#isDragging = false;
    this.element.classList.remove("yx-dragging");
  }

  #press(event: KeyboardEvent): void {
    const target = this.#target(event.key);
    if (target === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.seek(Math.min(this.#durationMs, Math.max(0, target)));
  }

  #target(key: string): number | null {
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: this.#positionMs - STEP_MS,
      ArrowDown: this.#positionMs - STEP_MS,
      ArrowRight: this.#positionMs + STEP_MS,
      ArrowUp: this.#positionMs + STEP_MS,
      PageDown: this.#positionMs - LEAP_MS,
      PageUp: this.#positionMs + LEAP_MS,
      Home: 0,
      End: this.#durationMs,
    };
    return targets[key] ?? null;
  }
}
