const DEFAULT_BEAT_S = 30;
const NEXT_LOAD_MS = 1_000;
const FIRST_RETRY_S = 2;
const LONGEST_RETRY_S = 120;
const JITTER_SHARE = 0.2;

/** Spread a rhythm by a fifth either way, so that a whole country does not report at once. */
export function beatMs(everyS: number, random: () => number = Math.random): number {
  return Math.round(everyS * 1000 * (1 - JITTER_SHARE + 2 * JITTER_SHARE * random()));
}

/** Wait longer after every failure (2 s doubling to 2 minutes, spread), never less than asked. */
export function retryMs(
  failures: number,
  retryAfterS: number | null,
  random: () => number = Math.random,
): number {
  const ceiling = Math.min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** Math.max(0, failures - 1));
  return Math.max(ceiling * (0.5 + random() / 2), (retryAfterS ?? 0) * (1 + random() / 5)) * 1000;
}

/** Read a Retry-After header as seconds from now; null when absent or unreadable. */
export function retryAfterS(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header.trim())
    ? Number(header)
    : (Date.parse(header) - nowMs) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

/** Knows when the next report is due: by the server's beat while playing, later after failures. */
export class Rhythm {
  isPlaying = false;
  everyS = DEFAULT_BEAT_S;
  #failures = 0;
  #notBeforeMs = 0;
  #askedUntilMs = 0;

  /** Tell how many milliseconds nothing may be sent yet; 0 when it may. */
  holdMs(nowMs: number): number {
    return Math.max(0, this.#notBeforeMs - nowMs);
  }

  /** Count a failure and answer how long to wait now; the first may be tried again at once. */
  fail(nowMs: number, retryAfterS: number | null, isFirstFree = false): number {
    this.#failures += 1;
    const waitMs = isFirstFree && this.#failures === 1 ? 0 : retryMs(this.#failures, retryAfterS);
    this.#notBeforeMs = nowMs + waitMs;
    if (retryAfterS !== null) this.#askedUntilMs = this.#notBeforeMs;
    return waitMs;
  }

  /** Forget failures of our own, as when the network is back; what the server asked for holds. */
  wake(): void {
    this.#failures = 0;
    this.#notBeforeMs = this.#askedUntilMs;
  }

  /** Forget all failures; the server's throttle, if told, holds from now on. */
  forgive(everyS = this.everyS): void {
    this.#failures = 0;
    this.#notBeforeMs = 0;
    this.#askedUntilMs = 0;
    this.everyS = everyS;
  }

  /** Answer when to report again after a success, with so many loads and so long a rest left. */
  nextMs(loads: number, restMs: number | null): number | null {
    if (loads > (this.isPlaying ? 1 : 0)) return NEXT_LOAD_MS;
    if (!this.isPlaying) return restMs;
    return Math.min(beatMs(this.everyS), restMs ?? Number.POSITIVE_INFINITY);
  }
}
