import { make } from "./dom.ts";
import { recall, recallNumber, remember } from "./preferences.ts";
import type { Captions, Lease, Rendition } from "./wire.ts";

const RATES = [0.75, 1, 1.25, 1.5, 1.75, 2];
const SPARING_HEIGHT = 480;

/** Loads a lesson's media into a video element and keeps the place when the source changes. */
export class Media {
  renditions: readonly Rendition[] = [];
  rates: readonly number[] = [1];
  current: Rendition | null = null;

  constructor(readonly video: HTMLVideoElement) {
    video.volume = Math.min(1, Math.max(0, recallNumber("volume", 1)));
    video.muted = recall("muted") === "true";
    video.addEventListener("ratechange", () => this.#holdRate());
  }

  /** Show what the lease offers, starting at `positionMs`; answers false when nothing is playable. */
  load(lease: Lease, positionMs: number): boolean {
    const playable = lease.renditions.filter(({ type }) => this.video.canPlayType(type) !== "");
    this.renditions = [...new Map(playable.map((one) => [one.height, one])).values()].sort(
      (a, b) => b.height - a.height,
    );
    this.rates = RATES.filter((rate) => rate <= lease.maxRate);
    this.current = suitable(this.renditions, this.video.clientHeight);
    if (!this.current) return false;
    this.video.poster ||= lease.poster;
    this.video.replaceChildren(...lease.captions.map(track));
    this.#open(this.current, positionMs / 1000, false);
    this.rate = Math.min(recallNumber("rate", 1), Math.max(...this.rates));
    return true;
  }

  /** Change to the rendition of that height, in place and without stopping. */
  choose(height: number): void {
    const chosen = this.renditions.find((rendition) => rendition.height === height);
    if (!chosen || chosen === this.current) return;
    remember("height", height);
    this.current = chosen;
    this.#open(chosen, this.video.currentTime, !this.video.paused);
  }

  get rate(): number {
    return this.video.playbackRate;
  }

  /** Play at an offered speed, also after the source changes. */
  set rate(rate: number) {
    this.video.defaultPlaybackRate = rate;
    this.video.playbackRate = rate;
    remember("rate", rate);
  }

  /** Go to the next offered speed up (1) or down (-1). */
  stepRate(by: number): void {
    this.rate = this.rates[this.rates.indexOf(this.rate) + by] ?? this.rate;
  }

  #open(rendition: Rendition, atS: number, isPlaying: boolean): void {
    const isForeign = new URL(rendition.src, location.href).origin !== location.origin;
    if (isForeign) this.video.crossOrigin = "anonymous";
    this.video.src = rendition.src;
    this.video.currentTime = atS;
    if (isPlaying) void this.video.play().catch(() => {});
  }

  // Whatever sets the speed, time beyond the offered speeds would only be refused by the server.
  #holdRate(): void {
    const fastest = Math.max(...this.rates);
    if (this.video.playbackRate > fastest) this.video.playbackRate = fastest;
  }
}

/** Choose by the device's memory, else by thrift and the height on screen. */
function suitable(renditions: readonly Rendition[], heightPx: number): Rendition | null {
  const wanted = recallNumber("height", isSparing() ? SPARING_HEIGHT : heightPx * devicePixelRatio);
  const enough = renditions.filter((rendition) => rendition.height >= wanted);
  return enough[enough.length - 1] ?? renditions[0] ?? null;
}

function isSparing(): boolean {
  const { connection } = navigator as {
    connection?: { saveData?: boolean; effectiveType?: string };
  };
  return connection?.saveData === true || /[23]g/.test(connection?.effectiveType ?? "");
}

function track({ src, lang, label }: Captions): HTMLTrackElement {
  return make("track", { kind: "captions", src, srclang: lang, label });
}
