/** A stretch of media time, `[from, to)` in whole milliseconds. */
export type Span = readonly [from: number, to: number];

/** Stretches in order that neither overlap nor touch. */
export type Spans = readonly Span[];

/** What may stay unseen of a complete lesson; a hint only, since the server decides. */
const TOLERANCE_MS = 2_000;

const SLIVER_MS = 300;

/** Join any stretches into one ordered set; empty and backward ones vanish. */
export function union(...sets: readonly Spans[]): Spans {
  const joined: [number, number][] = [];
  for (const [from, to] of sets.flat().sort((a, b) => a[0] - b[0])) {
    const last = joined[joined.length - 1];
    if (to <= from) continue;
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** Keep what lies in `left` and not in `right`; both must be ordered sets. */
export function subtract(left: Spans, right: Spans): Spans {
  return left.flatMap((span) => without(span, right));
}

function without([from, to]: Span, cuts: Spans): Spans {
  const kept: Span[] = [];
  let start = from;
  for (const [cutFrom, cutTo] of cuts) {
    if (cutTo <= start || cutFrom >= to) continue;
    if (cutFrom > start) kept.push([start, cutFrom]);
    start = cutTo;
  }
  return start < to ? [...kept, [start, to]] : kept;
}

/** Keep what lies in both ordered sets. */
export function intersect(left: Spans, right: Spans): Spans {
  return subtract(left, subtract(left, right));
}

/** Add up the lengths, in milliseconds. */
export function total(spans: Spans): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Name what is missing between the beginning and `durationMs`. */
export function gaps(covered: Spans, durationMs: number): Spans {
  return subtract([[0, durationMs]], covered);
}

/** Tell whether so little is missing that the lesson must be complete. */
export function isWhole(missing: Spans): boolean {
  return total(missing) <= TOLERANCE_MS;
}

/** Tell whether a gap is so short that it is only what seeks and rounding leave. */
export function isSliver(gap: Span): boolean {
  return total([gap]) <= SLIVER_MS;
}

/** Choose what is worth playing: gaps, and slivers only while they keep the lesson from being whole. */
export function playable(missing: Spans): Spans {
  const gaps = missing.filter((gap) => !isSliver(gap));
  return gaps.length > 0 || isWhole(missing) ? gaps : missing;
}

/** Find the stretch that holds `positionMs`, else the next one, else the first of all. */
export function nextFrom(spans: Spans, positionMs: number): Span | null {
  return spans.find(([, to]) => to > positionMs) ?? spans[0] ?? null;
}

/** Read the ranges a media element has played, as whole milliseconds cut to `durationMs`. */
export function fromRanges(ranges: TimeRanges, durationMs: number): Spans {
  const spans: Span[] = [];
  for (let index = 0; index < ranges.length; index += 1) {
    const from = Math.round(ranges.start(index) * 1000);
    spans.push([Math.max(0, from), Math.min(durationMs, Math.round(ranges.end(index) * 1000))]);
  }
  return union(spans);
}
