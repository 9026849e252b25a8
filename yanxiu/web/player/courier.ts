import * as background from "./background.ts";
import { type Reply, send } from "./beat.ts";
import { ask, type Desk, type Granting } from "./leasing.ts";
import type { News } from "./news.ts";
import { hopeful, isOfOldVideo, isOver } from "./outbox.ts";
import { beatMs, Rhythm } from "./pacing.ts";
import { type Spans, subtract, union } from "./spans.ts";
import * as turns from "./turns.ts";
import { Vault } from "./vault.ts";
import type { Answer } from "./wire.ts";
import { FAULTS } from "./words.ts";

const REFUSED_S = 300;

type Failure = Exclude<Reply, { kind: "answer" }>;

/** Carries what was watched of one lesson to the server, in the rhythm the server asks for. */
export class Courier {
  readonly vault: Vault;
  readonly #rhythm = new Rhythm();
  #timer = 0;
  #isFlying = false;
  #isWanted = false;
  #isElsewhere = false;
  #isOther = false;
  #hasAskedForTheEnd = false;
  #parting: Spans = [];

  constructor(
    readonly desk: Desk,
    lesson: string,
    readonly tell: (news: News) => void,
    owner = desk.owner,
  ) {
    this.vault = new Vault(owner, lesson);
  }

  /** Ask for a lease and report under it from now on. */
  async lease(): Promise<Granting> {
    const granting = await ask(this.desk, this.vault.lesson);
    if (granting.kind !== "lease") return granting;
    this.#isElsewhere = false;
    this.#isOther = await this.vault.take(granting.lease);
    this.#rhythm.everyS = granting.lease.beatEveryS;
    return granting;
  }

  /** Say whether the lesson is playing: beats follow the rhythm then, and one goes at every stop. */
  playing(isPlaying: boolean): void {
    this.#rhythm.isPlaying = isPlaying;
    if (isPlaying) this.#plan(beatMs(this.#rhythm.everyS));
    else this.flush();
  }

  /** Report now, or as soon as the server's wish to wait allows. */
  flush(): void {
    const holdMs = this.#rhythm.holdMs(performance.now());
    this.#isWanted = this.#isFlying;
    if (holdMs > 0) this.#plan(holdMs);
    else if (!this.#isFlying) void this.#fly();
  }

  /** Report at once, or when the server asked to: the network or the session came back. */
  wake(): void {
    this.#rhythm.wake();
    this.flush();
  }

  /** Report in requests that outlive the page. */
  farewell(): void {
    for (const load of this.vault.loads()) {
      const spans = subtract(load, this.#parting);
      if (spans.length > 0) void this.#part(spans);
    }
  }

  /** Stop reporting; what is left stays on the device. */
  retire(): void {
    clearTimeout(this.#timer);
    this.#rhythm.isPlaying = false;
  }

  async #part(spans: Spans): Promise<void> {
    this.#parting = union(this.#parting, spans);
    await this.#carry(spans, true);
    this.#parting = subtract(this.#parting, spans);
  }

  #plan(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.flush(), waitMs);
  }

  async #fly(): Promise<void> {
    this.#isFlying = true;
    this.#isWanted = false;
    const { owner, lesson } = this.vault;
    const waitMs = await turns.take(`yanxiu/${owner}/${lesson}`, () => this.#round());
    this.#isFlying = false;
    if (this.#isWanted) this.flush();
    else if (waitMs !== null) this.#plan(waitMs);
  }

  /** Send one load and answer how many milliseconds to wait for the next; null: nothing is left. */
  async #round(): Promise<number | null> {
    await this.vault.recall();
    const load = this.vault.loads()[0] ?? [];
    if (load.length === 0 && !this.#rhythm.isPlaying) return this.#idle();
    if (this.vault.lease === null) return this.#renew();
    const reply = await this.#carry(load, false);
    if (reply.kind !== "answer") return this.#failed(reply);
    return this.#rhythm.nextMs(this.vault.loads().length, this.vault.restMs());
  }

  // A new lease credits whoever is signed in now: it is never asked for somebody else's watching.
  async #renew(): Promise<number | null> {
    if (this.vault.owner !== this.desk.owner || this.#isElsewhere) return null;
    const granting = await this.lease();
    if (granting.kind !== "lease") return this.#failed(granting);
    if (this.#isOther) this.tell({ kind: "replaced" });
    return 0;
  }

  #idle(): number | null {
    this.tell({ kind: "idle" });
    return this.vault.restMs();
  }

  async #carry(spans: Spans, isParting: boolean): Promise<Reply> {
    const { lease, positionMs } = this.vault;
    if (lease === null) return { kind: "away" };
    const beat = { lease, spans, position_ms: positionMs };
    const reply = await send(this.desk.beatsUrl, beat, isParting);
    if (reply.kind !== "answer") return reply;
    this.#rhythm.forgive(reply.answer.beatEveryS);
    // An answer to an older lease says nothing about the one held now.
    const superseded = reply.answer.superseded && lease === this.vault.lease;
    // A new lease for the new video would take the lesson over from where it plays now.
    this.#isElsewhere ||= superseded && isOfOldVideo(reply.answer);
    const answer = this.#read(reply.answer);
    await this.vault.settle(spans, answer);
    this.tell({ kind: "answer", answer: { ...answer, superseded } });
    return reply;
  }

  // A lease knows the end of the window as it was when it was given. Before anything is given up a
  // new one is asked for, once.
  #read(answer: Answer): Answer {
    if (this.#hasAskedForTheEnd || !isOver(answer)) return answer;
    this.#hasAskedForTheEnd = true;
    void this.vault.forgetLease();
    return hopeful(answer);
  }

  #failed(failure: Failure): number {
    const nowMs = performance.now();
    if (failure.kind === "refused") return this.#refused(failure.code, failure.message, nowMs);
    if (failure.kind === "signed_out") this.tell(failure);
    else this.tell({ kind: "delayed", why: failure.kind });
    if (failure.kind === "away") void background.later();
    return this.#rhythm.fail(nowMs, failure.kind === "busy" ? failure.retryAfterS : null);
  }

  #refused(code: string, message: string, nowMs: number): number {
    if (code === "lease_expired" || code === "lease_unknown") {
      void this.vault.forgetLease();
      return this.#rhythm.fail(nowMs, null, true);
    }
    this.tell({ kind: "refused", message: FAULTS[code] ?? message });
    return this.#rhythm.fail(nowMs, REFUSED_S);
  }
}
