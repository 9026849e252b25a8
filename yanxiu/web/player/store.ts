import type { Spans } from "./spans.ts";
import { Table } from "./table.ts";

const ROWS = new Table<Unsent>("yanxiu-watching", "unsent");

/** What one person has watched of one lesson on this device and the server has not confirmed. */
export interface Unsent {
  readonly key: string;
  readonly owner: string;
  readonly lesson: string;
  /** The last lease: it opens the beats without a session, for its owner only. */
  readonly lease: string | null;
  /** Of which version of the video the stretches are; rows of older pages do not say it. */
  readonly mediaVersion?: number;
  readonly spans: Spans;
  readonly positionMs: number;
}

/** Name the row of a person's lesson. */
export function key(owner: string, lesson: string): string {
  return `${owner}/${lesson}`;
}

/** Read one row; null when there is none or the browser keeps nothing. */
export function read(rowKey: string): Promise<Unsent | null> {
  return ROWS.read(rowKey);
}

/** Read all rows; none when the browser keeps nothing. */
export function all(): Promise<readonly Unsent[]> {
  return ROWS.all();
}

/** Rewrite one row in one transaction (null removes it) and say whether it is kept. */
export function change(
  rowKey: string,
  rewrite: (row: Unsent | null) => Unsent | null,
): Promise<boolean> {
  return ROWS.change(rowKey, rewrite);
}
