import { carried, type Kept } from "./carried.ts";
import * as copies from "./copies.ts";
import * as outbox from "./outbox.ts";
import { type Spans, total, union } from "./spans.ts";
import * as store from "./store.ts";
import type { Answer, Lease } from "./wire.ts";

/** Keeps what one person watched of one lesson, in memory and on the device, until it is settled. */
export class Vault {
  outbox = outbox.EMPTY;
  positionMs = 0;
  /** The lease to report under; null asks for one. */
  lease: string | null = null;
  /** Of which version of the video everything here is; null until anything is known. */
  mediaVersion: number | null = null;
  #kept: Kept = [];
  readonly #key: string;

  constructor(
    readonly owner: string,
    readonly lesson: string,
  ) {
    this.#key = store.key(owner, lesson);
  }

  /** Take in what earlier pages and other tabs left; answer the place they stopped at, or null. */
  async recall(): Promise<number | null> {
    const row = await store.read(this.#key);
    if (!row) return null;
    this.mediaVersion ??= row.mediaVersion ?? null;
    this.outbox = outbox.add(this.outbox, this.#present(row));
    this.lease ??= row.lease;
    this.positionMs ||= row.positionMs;
    return row.positionMs;
  }

  /** Report under a new lease, carry over what is left of an older video; say whether it was. */
  async take(lease: Lease): Promise<boolean> {
    const before = this.mediaVersion;
    // Leases that older pages have saved do not say of which version they are.
    const { token, kept = [], mediaVersion = before ?? 1, positionMs } = lease;
    this.lease = token;
    this.#kept = kept;
    this.mediaVersion = mediaVersion;
    if (before === null || before === mediaVersion) return false;
    this.outbox = { pending: carried(this.outbox.pending, kept, before), resting: [] };
    this.positionMs = positionMs;
    await store.change(
      this.#key,
      (row) => row && { ...row, spans: this.#present(row), lease: token, mediaVersion, positionMs },
    );
    return true;
  }

  #present(row: store.Unsent): Spans {
    const { spans, mediaVersion = this.mediaVersion } = row;
    return mediaVersion === null ? spans : carried(spans, this.#kept, mediaVersion);
  }

  /** Keep newly watched stretches and say whether the device holds them too. */
  async keep(spans: Spans, positionMs: number): Promise<boolean> {
    this.positionMs = positionMs;
    this.outbox = outbox.add(this.outbox, spans);
    const { owner, lesson } = this;
    return store.change(this.#key, (row) => {
      const lease = this.lease ?? row?.lease ?? null;
      const kept = union(row ? this.#present(row) : [], spans);
      const mediaVersion = this.mediaVersion ?? row?.mediaVersion ?? 1;
      return { key: this.#key, owner, lesson, lease, mediaVersion, spans: kept, positionMs };
    });
  }

  /** Forget a lease that opens nothing any more; what it should have reported stays. */
  async forgetLease(): Promise<void> {
    this.lease = null;
    await store.change(this.#key, (row) => row && { ...row, lease: null });
  }

  /** Let go of what the answer settles, here and on the device. */
  async settle(sent: Spans, answer: Answer): Promise<void> {
    if (outbox.isOfOldVideo(answer)) return this.forgetLease();
    const settle = (kept: outbox.Outbox) => outbox.settle(kept, sent, answer, performance.now());
    this.outbox = settle(this.outbox);
    await store.change(this.#key, (row) => {
      const spans = settle({ pending: row?.spans ?? [], resting: [] }).pending;
      return row && total(spans) > 0 ? { ...row, spans, lease: this.lease } : null;
    });
    await copies.learn(this.#key, answer, this.positionMs);
  }

  /** Offer again at once what rested for a reason. */
  release(reason: string): void {
    this.outbox = outbox.release(this.outbox, reason);
  }

  /** Cut what may be offered now into loads. */
  loads(): readonly Spans[] {
    return outbox.loads(outbox.due(this.outbox, performance.now()));
  }

  /** Tell when something resting is due again, in milliseconds from now; null when nothing rests. */
  restMs(): number | null {
    return outbox.restMs(this.outbox, performance.now());
  }
}
