import type { Question } from "./asking.ts";
import { make, write } from "./dom.ts";
import { WORDS } from "./words.ts";

/** What the card asks its owner to do. */
export interface Deeds {
  readonly answer: (choice: number) => void;
  readonly extend: () => void;
  readonly another: () => void;
  readonly later: () => void;
}

/** A dialog with one question: choices to pick from, more time at one press, and a way out. */
export class QuestionCard {
  readonly element = make("dialog", {
    class: "yx-question",
    "aria-labelledby": "yx-question-title",
  });
  readonly #legend = make("legend");
  readonly #choices = make("div", { class: "yx-choices" });
  readonly #time = make("p", { class: "yx-question-time" });
  readonly #said = make("p", { class: "yx-question-said", role: "status", tabindex: "-1" });
  readonly #answer = make("button", { type: "submit", class: "yx-button" }, WORDS.questionAnswer);
  readonly #more = button(WORDS.questionMore, () => this.deeds.extend());
  readonly #another = button(WORDS.questionAnother, () => this.deeds.another());
  #timer = 0;

  constructor(readonly deeds: Deeds) {
    const title = make("h2", { id: "yx-question-title" }, WORDS.question);
    const why = make("p", { class: "yx-question-why" }, WORDS.questionWhy);
    const later = button(WORDS.questionLater, () => deeds.later());
    const acts = make("div", { class: "yx-question-acts" }, this.#answer, this.#another, later);
    const time = make("div", { class: "yx-question-more" }, this.#time, this.#more);
    const asked = make("fieldset", {}, this.#legend, this.#choices);
    const form = make("form", {}, title, why, asked, this.#said, acts, time);
    form.addEventListener("submit", (event) => this.#submit(event, form));
    this.element.append(form);
    // Keys belong to the question while it is open, not to the player around it.
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
    this.element.addEventListener("cancel", (event) => {
      event.preventDefault();
      deeds.later();
    });
  }

  get isOpen(): boolean {
    return this.element.open;
  }

  /** Show a question; the focus goes to its first choice. */
  show(question: Question): void {
    write(this.#legend, question.sentence);
    this.#choices.replaceChildren(...question.choices.map(choice));
    this.#offer(true);
    write(this.#said, "");
    if (!this.isOpen) this.element.showModal();
    this.#choices.querySelector("input")?.focus();
    this.last(question.leftS);
  }

  /** Let the question stand for so many seconds from now. */
  last(leftS: number): void {
    clearTimeout(this.#timer);
    write(this.#time, WORDS.questionTime(Math.max(1, Math.round(leftS / 60))));
    this.#timer = window.setTimeout(() => this.#runOut(), leftS * 1000);
  }

  /** Say something below the choices; with nothing left to choose where `isOver`. */
  say(sentence: string, isOver = false): void {
    write(this.#said, sentence);
    if (!isOver) return;
    this.#offer(false);
    this.#said.focus();
  }

  /** Close; the focus goes back to where it was. */
  close(): void {
    clearTimeout(this.#timer);
    if (this.isOpen) this.element.close();
  }

  // Nothing is lost: another question is there as soon as somebody wants it.
  #runOut(): void {
    this.say(WORDS.questionOver, true);
    this.#another.hidden = false;
    this.#another.focus();
  }

  #offer(isOpen: boolean): void {
    for (const input of this.#choices.querySelectorAll("input")) input.disabled = !isOpen;
    this.#answer.hidden = !isOpen;
    this.#more.hidden = !isOpen;
    this.#time.hidden = !isOpen;
    this.#another.hidden = true;
  }

  #submit(event: SubmitEvent, form: HTMLFormElement): void {
    event.preventDefault();
    const chosen = new FormData(form).get("choice");
    if (chosen !== null) this.deeds.answer(Number(chosen));
  }
}

function choice(word: string, place: number): HTMLElement {
  const attributes = { type: "radio", name: "choice", value: String(place), required: "" };
  return make(
    "label",
    { class: "yx-choice-row" },
    make("input", attributes),
    make("span", {}, word),
  );
}

function button(label: string, press: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: "yx-quiet" }, label);
  made.addEventListener("click", press);
  return made;
}
