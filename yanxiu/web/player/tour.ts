import { isSliver, nextFrom, type Span, type Spans } from "./spans.ts";

/** How much is repeated before a sliver: a seek that has just missed it would miss it again. */
const LEAD_MS = 400;
/** How far a gap is overplayed, so that rounding leaves nothing of it. */
const TAIL_MS = 20;

/** Plays exactly what was never seen, from gap to gap, and stops when nothing is missing. */
export class Tour {
  gap: Span | null = null;
  #isLooking = false;

  constructor(
    readonly video: HTMLVideoElement,
    readonly missing: () => Spans,
    readonly ended: (isDone: boolean) => void,
  ) {
    video.addEventListener("timeupdate", () => this.#follow());
    video.addEventListener("ended", () => this.#goAround());
  }

  /** Begin at the first gap from the current place on. */
  start(): void {
    this.#enter(nextFrom(this.missing(), this.#positionMs()));
  }

  /** Go on playing as usual. */
  stop(): void {
    this.gap = null;
    this.ended(false);
  }

  #positionMs(): number {
    return this.video.currentTime * 1000;
  }

  #follow(): void {
    if (!this.gap || this.video.seeking) return;
    const [from, to] = this.gap;
    const positionMs = this.#positionMs();
    const isInside = positionMs >= from - LEAD_MS - TAIL_MS && positionMs < to + TAIL_MS;
    if (!isInside && !this.video.ended) this.#enter(nextFrom(this.missing(), positionMs));
  }

  // What is missing behind the last picture can never be played: only earlier gaps are worth it.
  #goAround(): void {
    if (!this.gap) return;
    const lastMs = this.#positionMs() - LEAD_MS;
    this.#enter(
      nextFrom(
        this.missing().filter(([from]) => from < lastMs),
        0,
      ),
    );
  }

  // Every picture, for a video tells of its time four times a second only: half a second at 2×.
  #look(): void {
    this.#isLooking = this.gap !== null;
    if (!this.#isLooking) return;
    this.#follow();
    requestAnimationFrame(() => this.#look());
  }

  #enter(gap: Span | null): void {
    if (gap === null) {
      this.gap = null;
      this.video.pause();
      this.ended(true);
      return;
    }
    this.gap = gap;
    const positionMs = this.#positionMs();
    const isInside = positionMs >= gap[0] && positionMs < gap[1] && !this.video.ended;
    const leadMs = isSliver(gap) ? LEAD_MS : 0;
    if (!isInside) this.video.currentTime = Math.max(0, gap[0] - leadMs) / 1000;
    if (this.video.paused) void this.video.play().catch(() => {});
    if (!this.#isLooking) this.#look();
  }
}
