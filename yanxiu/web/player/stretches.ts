import type { Outbox, Refusal } from "./outbox.ts";
import * as outbox from "./outbox.ts";
import { gaps, intersect, type Spans, subtract, total, union } from "./spans.ts";

/** What is known of one lesson on this page. */
export interface Known {
  readonly covered: Spans;
  readonly outbox: Outbox;
  /** What was refused for ever. */
  readonly refusals: readonly Refusal[];
  readonly durationMs: number;
}

/** How a part of the lesson stands; `later` and `never` have a reason, `later` a time too. */
export interface Stretch {
  readonly kind: "seen" | "waiting" | "later" | "never" | "missing";
  readonly spans: Spans;
  readonly reason: string;
  readonly dueAtMs: number | null;
}

/** Name every part of a lesson by how it stands: seen, waiting, refused and why, missing. */
export function stretches(known: Known, nowMs: number): readonly Stretch[] {
  const { covered, durationMs } = known;
  const whole: Spans = [[0, durationMs]];
  const pending = subtract(intersect(known.outbox.pending, whole), covered);
  const later = outbox.held(known.outbox, nowMs).map((rest) => ({
    kind: "later" as const,
    spans: intersect(rest.spans, pending),
    reason: rest.reason,
    dueAtMs: rest.dueAtMs,
  }));
  const waiting = subtract(pending, union(...later.map(({ spans }) => spans)));
  const missing = gaps(union(covered, pending), durationMs);
  const found: readonly Stretch[] = [
    plain("seen", intersect(covered, whole)),
    plain("waiting", waiting),
    ...later,
    ...never(known.refusals, missing),
    plain("missing", missing),
  ];
  return found.filter(({ spans }) => total(spans) > 0);
}

function plain(kind: Stretch["kind"], spans: Spans): Stretch {
  return { kind, spans, reason: "", dueAtMs: null };
}

// What was refused for ever and then watched again is not told any more.
function never(refusals: readonly Refusal[], missing: Spans): readonly Stretch[] {
  return [...new Set(refusals.map(({ reason }) => reason))].map((reason) => {
    const refused = refusals.filter((one) => one.reason === reason).map(({ span }) => span);
    return { ...plain("never", intersect(union(refused), missing)), reason };
  });
}
