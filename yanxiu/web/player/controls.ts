import * as captioning from "./captioning.ts";
import { make, mark, write } from "./dom.ts";
import * as fullscreen from "./fullscreen.ts";
import { type IconName, icon } from "./icons.ts";
import type { Media } from "./media.ts";
import { remember } from "./preferences.ts";
import { clock, WORDS } from "./words.ts";

/** What the bar's buttons, and their keys, do. */
export interface Actions {
  readonly toggle: () => void;
  readonly mute: () => void;
  readonly captions: () => void;
  readonly enlarge: () => void;
}

/** The bar under the time line: play, time, sound, speed, captions, rendition, full screen. */
export class Controls {
  readonly element = make("div", {
    class: "yx-controls",
    role: "group",
    "aria-label": WORDS.controls,
  });
  readonly actions: Actions;
  readonly #play = button(() => this.actions.toggle());
  readonly #time = make("span", { class: "yx-time" });
  readonly #mute = button(() => this.actions.mute());
  readonly #volume = make("input", {
    type: "range",
    min: "0",
    max: "1",
    step: "0.05",
    class: "yx-volume",
  });
  readonly #rate = make("select", { class: "yx-choice", "aria-label": WORDS.rate });
  readonly #captions = button(() => this.actions.captions());
  readonly #rendition = make("select", { class: "yx-choice", "aria-label": WORDS.rendition });
  readonly #enlarge = button(() => this.actions.enlarge());

  constructor(
    readonly media: Media,
    readonly frame: HTMLElement,
    toggle: () => void,
  ) {
    this.actions = { toggle, ...this.#others() };
    const space = make("span", { class: "yx-space" });
    this.element.append(this.#play, this.#time, space, this.#mute, this.#volume);
    this.element.append(this.#rate, this.#captions, this.#rendition, this.#enlarge);
    this.#listen();
    this.offer();
  }

  /** Offer the speeds, renditions and captions of the media just loaded. */
  offer(): void {
    const { rates, renditions, video } = this.media;
    fill(
      this.#rate,
      rates.map((rate) => [String(rate), `${rate}×`]),
    );
    fill(
      this.#rendition,
      renditions.map(({ height }) => [String(height), WORDS.lines(height)]),
    );
    this.#rate.hidden = rates.length < 2;
    this.#rendition.hidden = renditions.length < 2;
    this.#captions.hidden = video.textTracks.length === 0;
    this.refresh();
  }

  /** Show the state of the video. */
  refresh(): void {
    const { video, rate, current } = this.media;
    const [sign, label]: [IconName, string] = playing(video);
    dress(this.#play, sign, label);
    const isMuted = video.muted || video.volume === 0;
    dress(this.#mute, isMuted ? "silence" : "sound", isMuted ? WORDS.unmute : WORDS.mute);
    this.#volume.value = String(video.muted ? 0 : video.volume);
    this.#rate.value = String(rate);
    this.#rendition.value = String(current?.height ?? "");
    dress(this.#captions, "captions", WORDS.captions);
    mark(this.#captions, "aria-pressed", String(captioning.shown(video) !== null));
    const isLarge = document.fullscreenElement === this.frame;
    dress(this.#enlarge, isLarge ? "shrink" : "enlarge", isLarge ? WORDS.shrink : WORDS.enlarge);
  }

  /** Show the time. */
  time(positionMs: number, durationMs: number): void {
    write(this.#time, `${clock(positionMs)} / ${clock(durationMs)}`);
  }

  #others(): Omit<Actions, "toggle"> {
    const { video } = this.media;
    return {
      mute: () => {
        video.muted = !video.muted;
        remember("muted", video.muted);
      },
      captions: () => {
        captioning.step(video);
        this.refresh();
      },
      enlarge: () => fullscreen.toggle(this.frame, video),
    };
  }

  #listen(): void {
    const { video } = this.media;
    mark(this.#volume, "aria-label", WORDS.volume);
    this.#volume.addEventListener("input", () => {
      video.volume = this.#volume.valueAsNumber;
      video.muted = false;
      remember("volume", video.volume);
    });
    this.#rate.addEventListener("change", () => {
      this.media.rate = Number(this.#rate.value);
    });
    this.#rendition.addEventListener("change", () =>
      this.media.choose(Number(this.#rendition.value)),
    );
    for (const event of ["play", "pause", "ended", "emptied", "volumechange", "ratechange"]) {
      video.addEventListener(event, () => this.refresh());
    }
    this.frame.addEventListener("fullscreenchange", () => this.refresh());
  }
}

function playing(video: HTMLVideoElement): [IconName, string] {
  if (!video.paused) return ["pause", WORDS.pause];
  return video.ended ? ["replay", WORDS.replay] : ["play", WORDS.play];
}

function button(press: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: "yx-control" });
  made.addEventListener("click", press);
  return made;
}

function dress(control: HTMLButtonElement, sign: IconName, label: string): void {
  if (control.dataset.sign !== sign) control.replaceChildren(icon(sign));
  control.dataset.sign = sign;
  mark(control, "aria-label", label);
  mark(control, "title", label);
}

function fill(select: HTMLSelectElement, options: readonly (readonly [string, string])[]): void {
  select.replaceChildren(...options.map(([value, label]) => make("option", { value }, label)));
}
