import { intersect, type Span, type Spans, subtract, total, union } from "./spans.ts";

/** The most stretches one beat may carry; source: the beats' limits, 200 spans and 16 KiB. */
export const MOST_SPANS = 200;

/** How long an offered stretch rests when the answer neither covers nor refuses it. */
const UNEXPLAINED_REST_S = 60;

/** A stretch the server did not take; `againAfterS` null means never. */
export interface Refusal {
  readonly span: Span;
  readonly reason: string;
  readonly againAfterS: number | null;
}

/** A stretch that rests until `dueAtMs` of the page's monotonic clock, and why. */
export interface Rest {
  readonly spans: Spans;
  readonly reason: string;
  readonly dueAtMs: number;
}

/** What was watched here and is not yet known to be on the server's disk. */
export interface Outbox {
  readonly pending: Spans;
  readonly resting: readonly Rest[];
}

/** What the server said about the stretches it was offered. */
export interface Verdict {
  readonly covered: Spans;
  readonly refused: readonly Refusal[];
}

export const EMPTY: Outbox = { pending: [], resting: [] };

/** Put stretches in; what is in already stays as it is. */
export function add(outbox: Outbox, spans: Spans): Outbox {
  return { ...outbox, pending: union(outbox.pending, spans) };
}

/** Name what may be offered at `nowMs`. */
export function due(outbox: Outbox, nowMs: number): Spans {
  return subtract(outbox.pending, resting(outbox, nowMs));
}

/** Name what is to be offered later than `nowMs`. */
export function resting(outbox: Outbox, nowMs: number): Spans {
  const rests = outbox.resting.filter((rest) => rest.dueAtMs > nowMs);
  return intersect(union(...rests.map((rest) => rest.spans)), outbox.pending);
}

/** Name what rests at `nowMs` for each reason, with the longest that any of it still rests. */
export function held(outbox: Outbox, nowMs: number): readonly Rest[] {
  const rests = outbox.resting.filter((rest) => rest.dueAtMs > nowMs);
  return [...new Set(rests.map((rest) => rest.reason))].map((reason) => {
    const same = rests.filter((rest) => rest.reason === reason);
    const spans = intersect(union(...same.map((rest) => rest.spans)), outbox.pending);
    return { spans, reason, dueAtMs: Math.max(...same.map((rest) => rest.dueAtMs)) };
  });
}

/** Let nothing rest that rested for a reason: it is gone. */
export function release(outbox: Outbox, reason: string): Outbox {
  return { ...outbox, resting: outbox.resting.filter((rest) => rest.reason !== reason) };
}

/** Cut stretches into loads of at most `MOST_SPANS`, in order. */
export function loads(spans: Spans): readonly Spans[] {
  const cut: Spans[] = [];
  for (let from = 0; from < spans.length; from += MOST_SPANS) {
    cut.push(spans.slice(from, from + MOST_SPANS));
  }
  return cut;
}

/** Take out what the answer covers or refuses for ever; let the rest of what was sent rest. */
export function settle(outbox: Outbox, sent: Spans, verdict: Verdict, nowMs: number): Outbox {
  const later = verdict.refused.filter((refusal) => refusal.againAfterS !== null);
  const refused = union(verdict.refused.map((refusal) => refusal.span));
  const pending = subtract(subtract(outbox.pending, verdict.covered), final(verdict));
  const unexplained = subtract(subtract(sent, verdict.covered), refused);
  const rests = later.map((one) => rest([one.span], one.reason, nowMs, one.againAfterS ?? 0));
  if (total(unexplained) > 0) rests.push(rest(unexplained, "", nowMs, UNEXPLAINED_REST_S));
  return { pending, resting: [...outbox.resting.filter((r) => r.dueAtMs > nowMs), ...rests] };
}

/** Read the end of the window as worth asking after: it may have been put off since the lease. */
export function hopeful<Told extends Verdict>(verdict: Told): Told {
  const refused = verdict.refused.map((refusal) =>
    refusal.reason === "window_closed" ? { ...refusal, againAfterS: 1 } : refusal,
  );
  return { ...verdict, refused };
}

/** Tell whether the answer speaks of a newer video than the stretches that were sent. */
export function isOfOldVideo(verdict: Verdict): boolean {
  return verdict.refused.some((refusal) => refusal.reason === "old_version");
}

/** Tell whether anything was refused because the window has closed. */
export function isOver(verdict: Verdict): boolean {
  return verdict.refused.some((refusal) => refusal.reason === "window_closed");
}

/** Name what the answer refuses for ever. */
export function final(verdict: Verdict): Spans {
  const refused = verdict.refused.filter((refusal) => refusal.againAfterS === null);
  return subtract(union(refused.map((refusal) => refusal.span)), verdict.covered);
}

/** Tell how many milliseconds remain until something resting is due, or null. */
export function restMs(outbox: Outbox, nowMs: number): number | null {
  const waiting = outbox.resting.filter((rest) => rest.dueAtMs > nowMs);
  return waiting.length > 0 ? Math.min(...waiting.map((rest) => rest.dueAtMs)) - nowMs : null;
}

function rest(spans: Spans, reason: string, nowMs: number, afterS: number): Rest {
  return { spans, reason, dueAtMs: nowMs + Math.max(1, afterS) * 1000 };
}
