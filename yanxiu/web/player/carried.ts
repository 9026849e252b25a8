import { type Span, type Spans, union } from "./spans.ts";

/** A stretch of an old film that the one after it shows from `newStart` on, in milliseconds. */
export type Part = readonly [oldStart: number, oldEnd: number, newStart: number];

/** What each later version of a video kept of the one before, the second version first. */
export type Kept = readonly (readonly Part[])[];

/** Say where stretches of a version's film lie in the present one; what it shows no more is lost. */
export function carried(spans: Spans, kept: Kept, version: number): Spans {
  return kept.slice(version - 1).reduce<Spans>(over, spans);
}

function over(spans: Spans, parts: readonly Part[]): Spans {
  return union(parts.flatMap((part) => spans.flatMap((span) => within(span, part))));
}

function within([from, to]: Span, [oldStart, oldEnd, newStart]: Part): Spans {
  const start = Math.max(from, oldStart);
  const end = Math.min(to, oldEnd);
  const moved = newStart - oldStart;
  return start < end ? [[start + moved, end + moved]] : [];
}
