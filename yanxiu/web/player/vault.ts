import * as copies from "./copies.ts";
import * as outbox from "./outbox.ts";
import { type Spans, total, union } from "./spans.ts";
import * as store from "./store.ts";
import type { Answer } from "./wire.ts";

/** Keeps what one person watched of one lesson, in memory and on the device, until it is settled. */
export class Vault {
  outbox = outbox.EMPTY;
  positionMs = 0;
  /** The lease to report under; null asks for one. */
  lease: string | null = null;
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
    this.outbox = outbox.add(this.outbox, row.spans);
    this.lease ??= row.lease;
    this.positionMs ||= row.positionMs;
    return row.positionMs;
  }

  /** Keep newly watched stretches and say whether the device holds them too. */
  async keep(spans: Spans, positionMs: number): Promise<boolean> {
    this.positionMs = positionMs;
    this.outbox = outbox.add(this.outbox, spans);
    const { owner, lesson } = this;
    return store.change(this.#key, (row) => {
      const lease = this.lease ?? row?.lease ?? null;
      const kept = union(row?.spans ?? [], spans);
      return { key: this.#key, owner, lesson, lease, spans: kept, positionMs };
    });
  }

  /** Forget a lease that opens nothing any more; what it should have reported stays. */
  async forgetLease(): Promise<void> {
    this.lease = null;
    await store.change(this.#key, (row) => row && { ...row, lease: null });
  }

  /** Let go of what the answer settles, here and on the device. */
  async settle(sent: Spans, answer: Answer): Promise<void> {
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
