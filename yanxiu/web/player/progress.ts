import type { Spans } from "./spans.ts";

/** What the page is told after every answer of the server. */
export interface Progress {
  readonly lesson: string;
  readonly durationMs: number;
  readonly covered: Spans;
  readonly missingMs: number;
  readonly done: boolean;
}

export const PROGRESS = "yx:progress";

/** Tell the page how far a lesson is, from an element upwards. */
export function tell(from: EventTarget, progress: Progress): void {
  from.dispatchEvent(new CustomEvent<Progress>(PROGRESS, { bubbles: true, detail: progress }));
}

/** Hear it anywhere in the page. */
export function hear(act: (progress: Progress) => void): void {
  document.addEventListener(PROGRESS, (event) => act((event as CustomEvent<Progress>).detail));
}
