import { fromRanges, type Spans, subtract } from "./spans.ts";

const EVERY_MS = 1_000;

/**
 * Watches a media element and hands on what it newly played, at least once a second.
 *
 * The browser's own `played` ranges are the only source, so seeks and speeds cannot blur them.
 */
export class Tracker {
  durationMs = 0;
  #taken: Spans = [];
  #sampledAtMs = 0;

  constructor(
    readonly video: HTMLVideoElement,
    readonly hand: (spans: Spans, positionMs: number) => void,
  ) {
    video.addEventListener("timeupdate", () => this.#sampleAtTimes());
    for (const event of ["pause", "seeking", "ratechange", "ended"]) {
      video.addEventListener(event, () => this.sample());
    }
    // A new source begins with empty ranges of its own.
    video.addEventListener("emptied", () => {
      this.#taken = [];
    });
  }

  /** Hand on what was played since the last look. */
  sample(): void {
    this.#sampledAtMs = performance.now();
    const played = fromRanges(this.video.played, this.durationMs);
    const fresh = subtract(played, this.#taken);
    this.#taken = played;
    if (fresh.length > 0) this.hand(fresh, Math.round(this.video.currentTime * 1000));
  }

  #sampleAtTimes(): void {
    if (performance.now() - this.#sampledAtMs >= EVERY_MS) this.sample();
  }
}
