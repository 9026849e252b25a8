import { formToken } from "./form-token.ts";
import { type Outcome, post } from "./post.ts";
import { list, number, object, text } from "./wire.ts";

const QUESTIONS = "/learning/questions/";
const TIME = "/learning/questions/time/";
const ANSWERS = "/learning/answers/";

/** What is asked in a lesson; which choice is right only the server knows. */
export interface Question {
  readonly place: number;
  readonly turn: number;
  readonly sentence: string;
  readonly choices: readonly string[];
  readonly leftS: number;
}

type Failure = Exclude<Outcome, { kind: "answer" }>;

/** How the question of a lesson stands: asked, after a breath, ahead of what is watched, or none. */
export type Asking =
  | { readonly kind: "asked"; readonly question: Question }
  | { readonly kind: "pause"; readonly againAfterS: number }
  | { readonly kind: "ahead" | "none" }
  | Failure;

/** What became of an answer; a wrong one is followed by another question after a breath. */
export type Marked = { readonly kind: "right" } | { readonly kind: "wrong" } | Failure;

/** Ask for the question that waits in a lesson. */
export async function ask(lesson: string): Promise<Asking> {
  return read(await send(QUESTIONS, { lesson }), readAsking);
}

/** Ask for more time for a question. */
export async function extend(lesson: string, { place, turn }: Question): Promise<Asking> {
  return read(await send(TIME, { lesson, place, turn }), readAsking);
}

/** Answer a question. */
export async function answer(lesson: string, asked: Question, choice: number): Promise<Marked> {
  const { place, turn } = asked;
  return read(await send(ANSWERS, { lesson, place, turn, choice }), (value) => ({
    kind: object(value).right === true ? "right" : "wrong",
  }));
}

/** Read how a question stands; throw TypeError for anything else. */
export function readAsking(value: unknown): Asking {
  const { state, question, again_after_s: again } = object(value);
  if (state === "asked") return { kind: "asked", question: readQuestion(question) };
  if (state === "pause") return { kind: "pause", againAfterS: number(again) };
  if (state === "ahead" || state === "none") return { kind: state };
  throw new TypeError("a question was expected");
}

function readQuestion(value: unknown): Question {
  const { place, turn, sentence, choices, left_s: leftS } = object(value);
  return {
    place: number(place),
    turn: number(turn),
    sentence: text(sentence),
    choices: list(choices).map(text),
    leftS: number(leftS),
  };
}

function send(url: string, body: unknown): Promise<Outcome> {
  return post(url, body, { headers: { "X-CSRFToken": formToken() } });
}

function read<Told>(outcome: Outcome, reader: (body: unknown) => Told): Told | Failure {
  if (outcome.kind !== "answer") return outcome;
  try {
    return reader(outcome.body);
  } catch {
    return { kind: "busy", retryAfterS: null };
  }
}
