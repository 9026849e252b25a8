import type { Copy } from "./copies.ts";
import * as copies from "./copies.ts";
import * as device from "./device.ts";
import { type Desk, request } from "./leasing.ts";
import * as pieces from "./pieces.ts";

const AGAIN_MS = 15_000;
const REASONS: Readonly<Record<string, string>> = {
  QuotaExceededError: "full",
  NotFoundError: "old",
};
const LOCK = "yanxiu-saving";

/** Why saving a copy stopped for now; null: it is whole, or somebody wants it to rest. */
type Stop = "away" | null;

/** Saves one person's lessons piece by piece, in one tab of a browser at a time. */
export class Keeper {
  #isWorking = false;
  #aborting = new AbortController();

  constructor(
    readonly desk: Desk,
    readonly told: () => void,
  ) {}

  /** Go on with everything that is neither whole nor at rest. */
  async start(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    await navigator.locks.request(LOCK, () => this.#work());
    this.#isWorking = false;
  }

  /** Let a copy rest; what is here of it stays. */
  async pause(copy: Copy): Promise<void> {
    await copies.change(copy.key, { state: "paused" });
    this.#interrupt();
  }

  /** Go on with a copy that rests or was refused. */
  async resume(copy: Copy): Promise<void> {
    await copies.change(copy.key, { state: "waiting", why: "" });
    device.saving(true);
    this.told();
    void this.start();
  }

  /** Remove a copy with those of its files that nobody else's shows. */
  async remove(copy: Copy): Promise<void> {
    const files = await copies.remove(copy);
    this.#interrupt();
    for (const file of files) await pieces.remove(file.src);
    this.told();
  }

  #interrupt(): void {
    this.#aborting.abort();
    this.#aborting = new AbortController();
    this.told();
  }

  async #work(): Promise<void> {
    for (let copy = await this.#next(); copy; copy = await this.#next()) {
      const stop = await this.#save(copy).catch((error: unknown) => this.#failed(copy, error));
      this.told();
      if (stop === "away") await network();
    }
    device.saving(false);
  }

  async #next(): Promise<Copy | null> {
    const hers = await copies.of(this.desk.owner);
    return hers.find(({ state }) => state === "waiting") ?? null;
  }

  async #save(copy: Copy): Promise<Stop> {
    if (!copy.lease && !(await this.#lease(copy))) return this.#stop(copy);
    let kept = 0;
    for (const [file, piece] of parts(copy)) {
      const got = await this.#piece(copy, file, piece);
      if (got === null) return this.#stop(copy);
      kept += got;
      await copies.change(copy.key, { keptBytes: kept });
      this.told();
    }
    await copies.change(copy.key, { state: "whole", why: "" });
    return null;
  }

  async #stop(copy: Copy): Promise<Stop> {
    return (await this.#isWanted(copy)) ? "away" : null;
  }

  async #piece(copy: Copy, file: copies.File, piece: number): Promise<number | null> {
    const last = file.bytes - piece * pieces.PIECE;
    if (await pieces.has(file.src, piece)) return Math.min(last, pieces.PIECE);
    if (!(await this.#isWanted(copy))) return null;
    return pieces.fetchOne(file.src, piece, this.#aborting.signal);
  }

  async #isWanted(copy: Copy): Promise<boolean> {
    const now = await copies.find(copy.owner, copy.lesson);
    return now?.state === "waiting";
  }

  /** Ask for the lease under which the copy will be reported; answers false to try again later. */
  async #lease(copy: Copy): Promise<boolean> {
    const granting = await request(this.desk, copy.lesson);
    if (granting.kind === "lease") {
      await copies.renew(copy, granting.lease);
      return true;
    }
    const why = granting.kind === "refused" ? granting.message : granting.kind;
    const state = granting.kind === "refused" ? "refused" : "waiting";
    await copies.change(copy.key, { state, why });
    return false;
  }

  // A full device answers so, whatever was asked of it; a file that is gone has been replaced.
  async #failed(copy: Copy, error: unknown): Promise<Stop> {
    const why = error instanceof DOMException ? REASONS[error.name] : undefined;
    if (why === undefined) throw error;
    await copies.change(copy.key, { state: "refused", why });
    return null;
  }
}

/** Name all pieces of a copy in order. */
function parts(copy: Copy): readonly (readonly [copies.File, number])[] {
  return copy.files.flatMap((file) =>
    Array.from({ length: pieces.count(file.bytes) }, (_, piece) => [file, piece] as const),
  );
}

/** Wait until the network is said to be back, or for a while. */
function network(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, AGAIN_MS);
    window.addEventListener("online", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
