import { Backlog } from "./backlog.ts";
import { Courier } from "./courier.ts";
import type { Desk, Granting } from "./leasing.ts";
import type { News } from "./news.ts";
import { isOfOldVideo, type Refusal } from "./outbox.ts";
import { retryMs } from "./pacing.ts";
import { gaps, isWhole, type Spans, subtract, union } from "./spans.ts";
import { type Stretch, stretches } from "./stretches.ts";
import type { Answer, Lease } from "./wire.ts";

const QUESTION = "question_waiting";

/** Whether this tab may play now, and what stands in the way. */
export type Standing = "opening" | "ready" | "elsewhere" | "signed_out" | "away" | "refused";

/** Knows how far one lesson is watched: what the server has, what waits, what is missing. */
export class Session {
  standing: Standing = "opening";
  lease: Lease | null = null;
  covered: Spans = [];
  done = false;
  others = 0;
  isKept = true;
  sentence = "";
  delay: "away" | "busy" | "signed_out" | null = null;
  refusals: readonly Refusal[] = [];
  /** Whether a question keeps something from counting, as far as this page knows. */
  isAsked = false;
  readonly courier: Courier;
  readonly #backlog: Backlog;
  #retries = 0;
  #retryTimer = 0;
  #isEndTold = false;

  constructor(
    desk: Desk,
    readonly lesson: string,
    public durationMs: number,
    readonly changed: () => void,
    readonly answered: () => void,
  ) {
    this.courier = new Courier(desk, lesson, (news) => this.#hear(news));
    this.#backlog = new Backlog(desk, (left) => {
      this.others = left;
      this.changed();
    });
  }

  /** Name what is watched here and not yet confirmed. */
  get pending(): Spans {
    return subtract(this.courier.vault.outbox.pending, this.covered);
  }

  /** Name what nobody has seen yet. */
  get missing(): Spans {
    return gaps(union(this.covered, this.courier.vault.outbox.pending), this.durationMs);
  }

  /** Name every part of the lesson by how it stands. */
  get stretches(): readonly Stretch[] {
    const { covered, refusals, durationMs } = this;
    const known = { covered, refusals, durationMs, outbox: this.courier.vault.outbox };
    return stretches(known, performance.now());
  }

  /** Tell whether so little is missing that the lesson must be complete. */
  get isAllSeen(): boolean {
    return isWhole(this.missing);
  }

  /** Ask for a lease; answers it, or null after setting the standing. */
  async open(): Promise<Lease | null> {
    clearTimeout(this.#retryTimer);
    const granting = await this.courier.lease();
    this.#stand(granting);
    this.changed();
    this.deliver();
    return granting.kind === "lease" ? granting.lease : null;
  }

  /** Report what waits if a lease is at hand: that needs no session and takes nothing over. */
  deliver(): void {
    if (this.courier.vault.lease !== null) this.courier.flush();
  }

  /** Offer what other lessons left on this device. */
  offerOthers(): Promise<void> {
    return this.#backlog.start(this.lesson);
  }

  /** Keep newly played stretches; the one that completes the lesson is reported at once. */
  async keep(spans: Spans, positionMs: number): Promise<void> {
    const keeping = this.courier.vault.keep(spans, positionMs);
    this.changed();
    this.isKept = await keeping;
    if (this.#isEndTold || this.done || !this.isAllSeen) return;
    this.#isEndTold = true;
    this.courier.flush();
  }

  /** The question is answered: offer again what waited for it. */
  release(): void {
    this.isAsked = false;
    this.courier.vault.release(QUESTION);
    this.courier.wake();
    this.changed();
  }

  /** Try again whatever waits: the network, the page or the session came back. */
  wake(): void {
    this.courier.wake();
    this.#backlog.wake();
  }

  /** Ask again, later after every failure, until somebody opens the lesson. */
  retry(open: () => void): void {
    this.#retries += 1;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = window.setTimeout(open, retryMs(this.#retries, null));
  }

  /** Stop everything; what is left stays on the device. */
  close(): void {
    clearTimeout(this.#retryTimer);
    this.courier.retire();
    this.#backlog.retire();
  }

  #stand(granting: Granting): void {
    if (granting.kind === "lease") this.#enter(granting.lease);
    else this.standing = granting.kind === "busy" ? "away" : granting.kind;
    if (granting.kind === "refused") this.sentence = granting.message;
  }

  #enter(lease: Lease): void {
    this.#retries = 0;
    this.standing = "ready";
    this.sentence = "";
    this.delay = null;
    this.lease = lease;
    this.durationMs = lease.durationMs;
    this.covered = lease.covered;
    this.isAsked = lease.isAsked;
    this.done ||= isWhole(gaps(lease.covered, lease.durationMs));
  }

  #hear(news: News): void {
    if (news.kind === "idle") return;
    if (news.kind === "answer") this.#learn(news.answer);
    else if (news.kind === "delayed") this.delay = news.why;
    else if (news.kind === "replaced") location.reload();
    else if (news.kind === "signed_out") this.delay = "signed_out";
    else this.sentence = news.message;
    this.changed();
  }

  #learn(answer: Answer): void {
    this.delay = null;
    this.sentence = "";
    // Answers may arrive out of order, and coverage only grows.
    this.covered = union(this.covered, answer.covered);
    this.done ||= answer.done;
    this.isAsked ||= answer.refused.some((one) => one.reason === QUESTION);
    const forGood = answer.refused.filter((one) => one.againAfterS === null);
    // What is of an old video is offered again, where its scenes are now.
    if (!isOfOldVideo(answer)) this.refusals = [...this.refusals, ...forGood];
    if (answer.superseded && this.standing === "ready") this.standing = "elsewhere";
    this.answered();
  }
}
