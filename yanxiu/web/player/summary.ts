import { make, write } from "./dom.ts";
import type { Session } from "./session.ts";
import { total } from "./spans.ts";
import type { Tour } from "./tour.ts";
import { clock, length, places, REASONS, WORDS } from "./words.ts";

/** Answers under the picture: how much is missing, where, and what happens to the rest. */
export class Summary {
  readonly legend = make("p", { class: "yx-legend" });
  readonly element = make("section", { class: "yx-summary card" });
  readonly #pending = make("span", { class: "yx-key-pending" });
  readonly #title = make("h2", { class: "yx-summary-title" });
  readonly #why = make("p", { class: "yx-summary-why" });
  readonly #tour = make("button", { type: "button", class: "yx-button" });
  readonly #notice = make("p", { class: "yx-notice", role: "status" });
  readonly #signIn: HTMLAnchorElement;

  constructor(
    readonly session: Session,
    readonly tour: Tour,
    readonly page: DOMStringMap,
  ) {
    const seen = make("span", { class: "yx-key-seen" }, WORDS.seen);
    this.legend.append(seen, this.#pending, make("span", { class: "yx-key-unseen" }, WORDS.unseen));
    this.#signIn = make("a", { href: page.signIn ?? "/sign-in/" }, WORDS.signIn);
    const words = make("div", {}, this.#title, this.#why);
    this.element.append(words, this.#tour, this.#notice);
    this.#tour.addEventListener("click", () => (tour.gap ? tour.stop() : tour.start()));
  }

  /** Say how things stand now. */
  refresh(): void {
    const pendingMs = total(this.session.pending);
    this.#pending.hidden = pendingMs === 0;
    write(this.#pending, WORDS.pending(length(pendingMs)));
    const [title, why] = this.#told(pendingMs);
    write(this.#title, title);
    write(this.#why, why);
    this.element.classList.toggle("yx-done", this.session.done);
    this.#tour.hidden = !this.#hasTour();
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
    const { delay, isKept, others, resting, pending: waiting } = this.session;
    if (!isKept) return WORDS.unkept;
    if (delay && total(waiting) > 0) return delay === "away" ? WORDS.delayed : WORDS.busy;
    if (total(resting) > 0) return WORDS.resting(length(total(resting)));
    return this.#refusal() ?? (others > 0 ? WORDS.others(others) : "");
  }

  #refusal(): string | null {
    const { sentence, refusals, standing } = this.session;
    if (sentence && standing === "ready") return sentence;
    const last = refusals[refusals.length - 1];
    if (!last) return null;
    return WORDS.refused(length(total([last.span])), REASONS[last.reason] ?? WORDS.refusedFallback);
  }
}
