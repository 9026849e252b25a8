import type { Media } from "./media.ts";
import type { Presence } from "./presence.ts";
import type { Session } from "./session.ts";
import type { Tracker } from "./tracker.ts";
import type { Lease } from "./wire.ts";

const NEAR_END_MS = 3_000;

/** Brings lease and picture together: opening, playing, being superseded, and recovering. */
export class Watching {
  /** Whether the picture failed for another reason than the network of the lease. */
  isBroken = false;
  isUnplayable = false;
  resumeMs = 0;
  #shown: number | null = null;
  #isOpening = false;
  #isPlayWanted = false;

  constructor(
    readonly session: Session,
    readonly media: Media,
    readonly tracker: Tracker,
    readonly presence: Presence,
    readonly changed: () => void,
  ) {
    const { video } = media;
    video.addEventListener("play", () => this.#begin());
    video.addEventListener("pause", () => this.#cease());
    video.addEventListener("emptied", () => this.#cease());
    video.addEventListener("error", () => this.#fail());
    video.addEventListener("playing", () => this.#heal());
    video.addEventListener("timeupdate", () => this.#remember());
  }

  /** Play or pause; playing where it is not allowed yet asks for a lease first. */
  toggle(): void {
    const { video } = this.media;
    if (!video.paused) video.pause();
    else if (this.session.standing === "ready" && !video.error) this.#play();
    else void this.open(true);
  }

  /** Ask for a lease and show the picture; somebody who means to play takes over from other tabs. */
  async open(isPlayWanted: boolean): Promise<void> {
    this.#isPlayWanted ||= isPlayWanted;
    if (this.#isOpening) return;
    this.#isOpening = true;
    const left = await this.session.courier.vault.recall();
    if (!isPlayWanted && (await this.presence.isElsewhere())) this.#wait();
    else await this.#enter(left);
    this.#isOpening = false;
    this.changed();
  }

  /** Another place plays now: pause and say so. */
  yieldTo(): void {
    this.media.video.pause();
    this.#wait();
    this.changed();
  }

  /** The network or the page came back: mend what failed and report what waits. */
  wake(): void {
    const { standing, delay } = this.session;
    if (delay !== null) this.session.wake();
    if (standing === "away" || standing === "signed_out") void this.open(false);
    else if (this.isBroken) void this.open(this.#isPlayWanted);
  }

  #wait(): void {
    this.#isPlayWanted = false;
    this.session.standing = "elsewhere";
    this.session.deliver();
  }

  async #enter(left: number | null): Promise<void> {
    const lease = await this.session.open();
    // Where the video was replaced, the place that was left is one of the new one by now.
    if (lease) this.#show(lease, left && this.session.courier.vault.positionMs);
    else if (this.session.standing === "away") this.session.retry(() => void this.open(false));
  }

  #show(lease: Lease, left: number | null): void {
    this.tracker.durationMs = lease.durationMs;
    const { video } = this.media;
    if (this.#isReplaced(lease)) this.#load(lease, lease.positionMs);
    else if (!this.media.current || video.error) {
      this.#load(lease, this.isBroken ? this.resumeMs : resume(lease, left));
    }
    if (this.#isPlayWanted) this.#play();
  }

  #isReplaced({ mediaVersion }: Lease): boolean {
    return this.#shown !== null && this.#shown !== mediaVersion;
  }

  #load(lease: Lease, positionMs: number): void {
    this.resumeMs = positionMs;
    this.#shown = lease.mediaVersion;
    this.isUnplayable = !this.media.load(lease, positionMs);
  }

  #play(): void {
    this.#isPlayWanted = false;
    void this.media.video.play().catch(() => {});
  }

  #begin(): void {
    if (this.session.standing !== "ready") {
      this.media.video.pause();
      void this.open(true);
      return;
    }
    this.presence.playing(true);
    this.session.courier.playing(true);
  }

  #cease(): void {
    this.presence.playing(false);
    this.session.courier.playing(false);
  }

  #fail(): void {
    if (this.session.standing !== "ready") return;
    this.#isPlayWanted ||= !this.media.video.paused;
    this.isBroken = true;
    this.session.retry(() => void this.open(false));
    this.changed();
  }

  #heal(): void {
    this.isBroken = false;
    this.changed();
  }

  #remember(): void {
    const { video } = this.media;
    if (!video.error && video.readyState > 0) this.resumeMs = video.currentTime * 1000;
  }
}

/** Choose where to go on: what this device knows best, and not the very end. */
function resume({ positionMs, durationMs }: Lease, left: number | null): number {
  const place = left ?? positionMs;
  return place > durationMs - NEAR_END_MS ? 0 : place;
}
