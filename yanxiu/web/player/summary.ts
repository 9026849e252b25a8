import { Breakdown, why } from "./breakdown.ts";
import { make, write } from "./dom.ts";
import type { Questioning, Stand } from "./questioning.ts";
import type { Session } from "./session.ts";
import { total } from "./spans.ts";
import type { Tour } from "./tour.ts";
import { clock, length, places, REASONS, WORDS } from "./words.ts";

const QUESTIONS: Readonly<Record<Stand, string>> = {
  none: "",
  waiting: WORDS.questionWaits,
  ahead: WORDS.questionAhead,
  away: WORDS.questionAway,
};

/** Answers under the picture: how much is missing, where, and what happens to the rest. */
export class Summary {
  readonly breakdown = new Breakdown();
  readonly element = make("section", { class: "yx-summary card" });
  readonly #title = make("h2", { class: "yx-summary-title" });
  readonly #why = make("p", { class: "yx-summary-why" });
  readonly #tour = make("button", { type: "button", class: "yx-button" });
  readonly #ask = make("button", { type: "button", class: "yx-button" }, WORDS.questionOpen);
  readonly #notice = make("p", { class: "yx-notice", role: "status" });
  readonly #signIn: HTMLAnchorElement;

  constructor(
    readonly session: Session,
    readonly tour: Tour,
    readonly questioning: Questioning,
    readonly page: DOMStringMap,
  ) {
    this.#signIn = make("a", { href: page.signIn ?? "/sign-in/" }, WORDS.signIn);
    const words = make("div", {}, this.#title, this.#why);
    this.element.append(words, this.#ask, this.#tour, this.#notice);
    this.#ask.addEventListener("click", () => void questioning.open());
    this.#tour.addEventListener("click", () => (tour.gap ? tour.stop() : tour.start()));
  }

  /** Say how things stand now. */
  refresh(): void {
    const pendingMs = total(this.session.pending);
    this.breakdown.refresh(this.session.stretches, this.session.durationMs);
    const [title, why] = this.#told(pendingMs);
    write(this.#title, title);
    write(this.#why, why);
    this.element.classList.toggle("yx-done", this.session.done);
    this.#tour.hidden = !this.#hasTour();
    this.#ask.hidden = !this.session.isAsked || this.questioning.stand !== "waiting";
    write(this.#tour, this.tour.gap ? WORDS.tourStop : WORDS.tour);
    this.#note();
  }

  #hasTour(): boolean {
    const isPartlySeen = total(this.session.missing) < this.session.durationMs;
    return !this.session.done && !this.session.isAllSeen && isPartlySeen;
  }

  #told(pendingMs: number): [string, string] {
    const { hours, mayEarn } = this.page;
    const { done, isAllSeen, missing } = this.session;
    if (done) return [WORDS.done, hours ? WORDS.doneWorth(hours) : WORDS.doneWhy];
    if (mayEarn === "false") return [WORDS.unearned, this.page.why ?? ""];
    if (isAllSeen) return [WORDS.allSeen, WORDS.allSeenWhy(length(pendingMs))];
    return [
      WORDS.missing(length(total(missing))),
      this.#where() + (hours ? WORDS.worth(hours) : ""),
    ];
  }

  #where(): string {
    const { missing, durationMs } = this.session;
    const { gap } = this.tour;
    if (gap) return WORDS.tourAt(clock(gap[0]), clock(gap[1]));
    if (total(missing) >= durationMs) return WORDS.notBegun;
    return WORDS.where(places(missing, durationMs));
  }

  #note(): void {
    const { delay } = this.session;
    if (delay === "signed_out") {
      if (this.#notice.contains(this.#signIn)) return;
      this.#notice.replaceChildren(WORDS.signedOut, " ", this.#signIn);
    } else write(this.#notice, this.#trouble());
  }

  #trouble(): string {
    const { delay, isKept, isAsked, others, pending: waiting } = this.session;
    if (!isKept) return WORDS.unkept;
    if (delay && total(waiting) > 0) return delay === "away" ? WORDS.delayed : WORDS.busy;
    if (isAsked) return QUESTIONS[this.questioning.stand];
    return this.#later() ?? this.#refusal() ?? (others > 0 ? WORDS.others(others) : "");
  }

  #later(): string | null {
    const later = this.session.stretches.find(({ kind }) => kind === "later");
    return later ? WORDS.resting(length(total(later.spans)), why(later)) : null;
  }

  #refusal(): string | null {
    const { sentence, refusals, standing } = this.session;
    if (sentence && standing === "ready") return sentence;
    const last = refusals[refusals.length - 1];
    if (!last) return null;
    return WORDS.refused(length(total([last.span])), REASONS[last.reason] ?? WORDS.refusedFallback);
  }
}
