import { type Outcome, post } from "./post.ts";
import type { Spans } from "./spans.ts";
import { type Answer, readAnswer } from "./wire.ts";

/** How a beat ended. */
export type Reply =
  | { readonly kind: "answer"; readonly answer: Answer }
  | Exclude<Outcome, { kind: "answer" }>;

/** What a beat carries. */
export interface Beat {
  readonly lease: string;
  readonly spans: Spans;
  readonly position_ms: number;
}

/** Report stretches under a lease; `keepalive` lets the request outlive the page. */
export async function send(url: string, beat: Beat, keepalive: boolean): Promise<Reply> {
  // The lease is the key: no session travels with a beat.
  const outcome = await post(url, beat, { keepalive, credentials: "omit" });
  if (outcome.kind !== "answer") return outcome;
  try {
    return { kind: "answer", answer: readAnswer(outcome.body) };
  } catch {
    return { kind: "busy", retryAfterS: null };
  }
}
