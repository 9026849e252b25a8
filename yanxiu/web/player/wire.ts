import type { Kept, Part } from "./carried.ts";
import type { Refusal } from "./outbox.ts";
import { type Span, type Spans, union } from "./spans.ts";

/** One encoding of a recording. */
export interface Rendition {
  readonly src: string;
  readonly type: string;
  readonly width: number;
  readonly height: number;
}

/** One file of captions. */
export interface Captions {
  readonly src: string;
  readonly lang: string;
  readonly label: string;
}

/** The right to report watching of one lesson, with what is needed to watch it. */
export interface Lease {
  readonly token: string;
  readonly mediaVersion: number;
  readonly kept: Kept;
  readonly durationMs: number;
  readonly positionMs: number;
  readonly covered: Spans;
  readonly maxRate: number;
  readonly beatEveryS: number;
  /** Whether a question waits: nothing more counts before it is answered. */
  readonly isAsked: boolean;
  readonly renditions: readonly Rendition[];
  readonly captions: readonly Captions[];
  readonly poster: string;
}

/** What the server says after a beat. */
export interface Answer {
  readonly superseded: boolean;
  readonly covered: Spans;
  readonly missingMs: number;
  readonly done: boolean;
  readonly refused: readonly Refusal[];
  readonly beatEveryS: number;
}

type Json = Readonly<Record<string, unknown>>;

/** Take a value for a JSON object; anything else is read as an empty one. */
export function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

/** Read the answer to a request for a lease; throw TypeError when it is none. */
export function readLease(value: unknown): Lease {
  const lease = object(value);
  const media = object(lease.media);
  return {
    token: text(lease.lease),
    mediaVersion: number(lease.media_version),
    kept: list(lease.kept ?? []).map((version) => list(version).map(part)),
    durationMs: number(lease.duration_ms),
    positionMs: number(lease.position_ms),
    covered: spans(lease.covered),
    maxRate: number(lease.max_rate),
    beatEveryS: number(lease.beat_every_s),
    isAsked: lease.question === true,
    renditions: list(media.renditions).map(rendition),
    captions: list(media.captions ?? []).map(captions),
    poster: typeof media.poster === "string" ? media.poster : "",
  };
}

/** Read the answer to a beat; throw TypeError when it is none. */
export function readAnswer(value: unknown): Answer {
  const answer = object(value);
  return {
    superseded: answer.lease === "superseded",
    covered: spans(answer.covered),
    missingMs: number(answer.missing_ms),
    done: answer.done === true,
    refused: list(answer.refused ?? []).map(refusal),
    beatEveryS: number(answer.beat_every_s),
  };
}

function refusal(value: unknown): Refusal {
  const { span: pair, reason, again_after_s: after } = object(value);
  return {
    span: span(pair),
    reason: text(reason),
    againAfterS: after === null ? null : number(after),
  };
}

function rendition(value: unknown): Rendition {
  const { src, type, width, height } = object(value);
  return { src: text(src), type: text(type), width: number(width), height: number(height) };
}

function captions(value: unknown): Captions {
  const { src, lang, label } = object(value);
  return { src: text(src), lang: text(lang), label: text(label) };
}

function spans(value: unknown): Spans {
  return union(list(value).map(span));
}

function span(value: unknown): Span {
  const [from, to] = list(value);
  return [number(from), number(to)];
}

function part(value: unknown): Part {
  const [oldStart, oldEnd, newStart] = list(value);
  return [number(oldStart), number(oldEnd), number(newStart)];
}

/** Take a value for a list; throw TypeError when it is none. */
export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError("a list was expected");
}

/** Take a value for a number; throw TypeError when it is none. */
export function number(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new TypeError("a number was expected");
}

/** Take a value for a text; throw TypeError when it is none. */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TypeError("a text was expected");
}
