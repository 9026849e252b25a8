import * as captioning from "./captioning.ts";
import { Controls } from "./controls.ts";
import { make, mark, write } from "./dom.ts";
import * as fullscreen from "./fullscreen.ts";
import * as keys from "./keys.ts";
import { deskOf } from "./leasing.ts";
import { Media } from "./media.ts";
import { panelOf } from "./panels.ts";
import { Presence } from "./presence.ts";
import { tell } from "./progress.ts";
import { Questioning } from "./questioning.ts";
import { Session } from "./session.ts";
import { gaps, playable, type Spans, total } from "./spans.ts";
import { Stage } from "./stage.ts";
import { Summary } from "./summary.ts";
import { Timeline } from "./timeline.ts";
import { Tour } from "./tour.ts";
import { Tracker } from "./tracker.ts";
import { Watching } from "./watching.ts";
import { clock, WORDS } from "./words.ts";

/** Joins the parts of one player inside its element, and paints them when anything changed. */
export class Playback {
  readonly #page: DOMStringMap;
  readonly #frame = make("div", { class: "yx-frame" });
  readonly #said = make("p", { class: "yx-said", role: "status" });
  readonly #leaving = new AbortController();
  readonly #session: Session;
  readonly #stage: Stage;
  readonly #media: Media;
  readonly #tracker: Tracker;
  readonly #watching: Watching;
  readonly #timeline = new Timeline((positionMs) => this.#seek(positionMs));
  readonly #controls: Controls;
  readonly #tour: Tour;
  readonly #questioning: Questioning;
  readonly #summary: Summary;

  constructor(readonly host: HTMLElement) {
    this.#page = host.dataset;
    const presence = new Presence(() => this.#watching.yieldTo());
    const desk = deskOf(this.#page, () => presence.player);
    const { lesson = "", durationMs = "0" } = this.#page;
    const paint = () => this.#paint();
    this.#session = new Session(desk, lesson, Number(durationMs), paint, () => this.#tell());
    const toggle = () => this.#watching.toggle();
    this.#stage = new Stage(this.#page.title ?? "", this.#page.poster ?? "", toggle);
    const { video } = this.#stage;
    this.#media = new Media(video);
    this.#tracker = new Tracker(video, (spans, at) => void this.#session.keep(spans, at));
    this.#watching = new Watching(this.#session, this.#media, this.#tracker, presence, paint);
    this.#controls = new Controls(this.#media, this.#frame, toggle);
    this.#tour = new Tour(
      video,
      () => this.#missing(),
      (isDone) => this.#toured(isDone),
    );
    this.#questioning = new Questioning(this.#session, video, paint);
    this.#summary = new Summary(this.#session, this.#tour, this.#questioning, this.#page);
  }

  /** Show the player and ask for the lesson. */
  async open(): Promise<void> {
    const under = make(
      "div",
      { class: "yx-under" },
      this.#timeline.element,
      this.#controls.element,
    );
    this.#frame.append(this.#stage.element, under, this.#questioning.card.element);
    this.host.replaceChildren(
      this.#frame,
      this.#summary.breakdown.element,
      this.#summary.element,
      this.#said,
    );
    mark(this.host, "role", "region");
    mark(this.host, "aria-label", WORDS.player(this.#page.title ?? ""));
    keys.listen(this.#frame, this.#media, this.#controls.actions);
    fullscreen.hideWhenIdle(this.#frame, this.#stage.video);
    this.#listen();
    this.#paint();
    await this.#watching.open(false);
    this.#questioning.heed();
    await this.#session.offerOthers();
  }

  /** Report what is left and let go of the page. */
  close(): void {
    this.#part();
    this.#leaving.abort();
    this.#session.close();
  }

  #listen(): void {
    const { video } = this.#stage;
    video.addEventListener("timeupdate", () => this.#place());
    video.addEventListener("seeked", () => this.#place());
    video.addEventListener("loadedmetadata", () => {
      captioning.restore(video);
      this.#controls.offer();
      this.#place();
    });
    const { signal } = this.#leaving;
    window.addEventListener("online", () => this.#watching.wake(), { signal });
    window.addEventListener("pagehide", () => this.#part(), { signal });
    const turn = () => (document.hidden ? this.#part() : this.#watching.wake());
    document.addEventListener("visibilitychange", turn, { signal });
  }

  #part(): void {
    this.#tracker.sample();
    this.#session.courier.farewell();
  }

  #missing(): Spans {
    this.#tracker.sample();
    return playable(this.#session.missing);
  }

  #seek(positionMs: number): void {
    this.#stage.video.currentTime = positionMs / 1000;
    this.#timeline.place(positionMs);
  }

  #toured(isDone: boolean): void {
    if (isDone) write(this.#said, WORDS.tourDone);
    this.#paint();
  }

  #place(): void {
    const { video } = this.#stage;
    const positionMs = video.readyState > 0 ? video.currentTime * 1000 : this.#watching.resumeMs;
    this.#timeline.place(positionMs);
    this.#controls.time(positionMs, this.#session.durationMs);
    const isFresh = positionMs < 1000 || video.ended;
    this.#stage.resumeAt(isFresh ? null : clock(positionMs));
  }

  #paint(): void {
    const { stretches, durationMs } = this.#session;
    this.#timeline.paint(stretches, durationMs);
    this.#summary.refresh();
    this.#stage.show(panelOf(this.#watching, this.#page.signIn ?? "/sign-in/"));
    this.#place();
  }

  #tell(): void {
    const { lesson, durationMs, covered, done, standing } = this.#session;
    if (standing === "elsewhere") this.#watching.yieldTo();
    else this.#questioning.heed();
    const missingMs = total(gaps(covered, durationMs));
    tell(this.host, { lesson, durationMs, covered, missingMs, done });
  }
}
