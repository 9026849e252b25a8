import * as asking from "./asking.ts";
import { QuestionCard } from "./question-card.ts";
import type { Session } from "./session.ts";
import { WORDS } from "./words.ts";

interface PhoneVideo extends HTMLVideoElement {
  webkitExitFullscreen?: () => void;
}

/** Where a question stands, for what is said under the picture. */
export type Stand = "none" | "waiting" | "ahead" | "away";

/** Brings the question of a lesson to its viewer: pauses, asks, and lets what waited count. */
export class Questioning {
  stand: Stand = "none";
  readonly card: QuestionCard;
  #question: asking.Question | null = null;
  #isBusy = false;
  #isPutOff = false;
  #wasPlaying = false;

  constructor(
    readonly session: Session,
    readonly video: PhoneVideo,
    readonly changed: () => void,
  ) {
    this.card = new QuestionCard({
      answer: (choice) => void this.#answer(choice),
      extend: () => void this.#extend(),
      another: () => void this.#ask(),
      later: () => this.#putOff(),
    });
    // Pressing play while a question is put off brings it back.
    video.addEventListener("play", () => {
      if (this.#isPutOff) void this.open();
    });
  }

  /** Look whether a question waits by what the server has said; called after every word of it. */
  heed(): void {
    const isHandled = this.#isBusy || this.#isPutOff || this.#question !== null;
    if (this.session.isAsked && !isHandled) void this.#ask();
  }

  /** Bring the question now. */
  async open(): Promise<void> {
    this.#isPutOff = false;
    if (!this.#isBusy && this.#question === null) await this.#ask();
  }

  async #ask(): Promise<void> {
    this.#isBusy = true;
    const asked = await asking.ask(this.session.lesson);
    this.#isBusy = false;
    await this.#take(asked);
    this.changed();
  }

  async #take(asked: asking.Asking): Promise<void> {
    this.stand = standOf(asked);
    if (asked.kind === "asked") this.#show(asked.question);
    else if (asked.kind === "pause") setTimeout(() => this.heed(), asked.againAfterS * 1000);
    else if (asked.kind === "none") await this.#goOn();
    else if (this.card.isOpen) this.card.say(WORDS.questionAway);
  }

  #show(question: asking.Question): void {
    this.#question = question;
    this.#wasPlaying ||= !this.video.paused;
    this.video.pause();
    // An iPhone's full screen shows nothing but the video.
    this.video.webkitExitFullscreen?.();
    this.card.show(question);
  }

  async #answer(choice: number): Promise<void> {
    if (!this.#question || this.#isBusy) return;
    this.#isBusy = true;
    const marked = await asking.answer(this.session.lesson, this.#question, choice);
    this.#isBusy = false;
    if (marked.kind === "right") this.#pass();
    else if (marked.kind === "wrong") this.#again();
    else if (marked.kind === "refused") await this.#ask();
    else this.card.say(marked.kind === "signed_out" ? WORDS.signedOut : WORDS.questionAway);
  }

  #pass(): void {
    this.#close();
    this.stand = "none";
    this.session.release();
    if (this.#wasPlaying && !this.video.ended) void this.video.play().catch(() => {});
    this.#wasPlaying = false;
  }

  #again(): void {
    this.#question = null;
    this.card.say(WORDS.questionWrong, true);
    void this.#ask();
  }

  async #extend(): Promise<void> {
    if (!this.#question) return;
    const told = await asking.extend(this.session.lesson, this.#question);
    if (told.kind === "asked") {
      this.card.last(told.question.leftS);
      this.card.say(WORDS.questionExtended);
    } else if (told.kind === "refused") await this.#ask();
    else this.card.say(WORDS.questionAway);
  }

  #putOff(): void {
    this.#isPutOff = true;
    this.#close();
    this.changed();
  }

  #close(): void {
    this.#question = null;
    this.card.close();
  }

  // It was answered on another device, or the lease is older than the rules: a new one knows.
  async #goOn(): Promise<void> {
    this.#close();
    await this.session.open();
    this.session.release();
  }
}

function standOf({ kind }: asking.Asking): Stand {
  if (kind === "asked" || kind === "pause") return "waiting";
  return kind === "ahead" || kind === "none" ? kind : "away";
}
