import { local } from "./pieces.ts";
import { gaps, isWhole, type Spans, union } from "./spans.ts";
import * as store from "./store.ts";
import { Table } from "./table.ts";
import type { Captions, Lease, Rendition } from "./wire.ts";

const ROWS = new Table<Copy>("yanxiu-copies", "lessons");
const CHANGED = new BroadcastChannel("yanxiu-copies");

/** A file of a lesson, and how large it is. */
export interface File {
  readonly src: string;
  readonly bytes: number;
}

/** How far saving is: it goes on, it rests, all is here, or there is no way. */
export type State = "waiting" | "paused" | "whole" | "refused";

/** A lesson that one person saves on this device, to play it without network. */
export interface Copy {
  readonly key: string;
  readonly owner: string;
  readonly lesson: string;
  readonly title: string;
  readonly hours: string;
  readonly course: string;
  readonly training: string;
  /** The course's page. */
  readonly address: string;
  readonly durationMs: number;
  readonly closesAtMs: number;
  readonly lateUntilMs: number;
  readonly offlineAllowanceS: number;
  readonly rendition: Rendition;
  readonly captions: readonly Captions[];
  readonly poster: string;
  readonly files: readonly File[];
  readonly keptBytes: number;
  readonly state: State;
  readonly why: string;
  readonly savedAtMs: number;
  /** The last lease, under which is reported what is watched without network. */
  readonly lease: Lease | null;
  readonly covered: Spans;
  readonly positionMs: number;
  readonly isDone: boolean;
}

/** Read one person's copies in the order in which they were saved. */
export async function of(owner: string): Promise<readonly Copy[]> {
  const hers = (await ROWS.all()).filter((copy) => copy.owner === owner);
  return [...hers].sort((a, b) => a.savedAtMs - b.savedAtMs);
}

/** Read the copies of whoever else uses this device. */
export async function ofOthers(owner: string): Promise<readonly Copy[]> {
  return (await ROWS.all()).filter((copy) => copy.owner !== owner);
}

/** Read one person's copy of a lesson; null when there is none. */
export function find(owner: string, lesson: string): Promise<Copy | null> {
  return ROWS.read(store.key(owner, lesson));
}

/** Put a copy in, or in the place of an older one; answers false where nothing is kept. */
export async function put(copy: Copy): Promise<boolean> {
  const isKept = await ROWS.change(copy.key, () => copy);
  CHANGED.postMessage("");
  return isKept;
}

/** Change some facts of a copy that is still there. */
export async function change(key: string, facts: Partial<Copy>): Promise<void> {
  await ROWS.change(key, (copy) => copy && { ...copy, ...facts });
  CHANGED.postMessage("");
}

/** Remove a copy; answers which of its files no other copy shows. */
export async function remove(copy: Copy): Promise<readonly File[]> {
  await ROWS.change(copy.key, () => null);
  CHANGED.postMessage("");
  const others = (await ROWS.all()).flatMap(({ files }) => files.map(({ src }) => src));
  return copy.files.filter(({ src }) => !others.includes(src));
}

/** Act whenever another page or the worker has changed copies. */
export function hear(act: () => void): void {
  new BroadcastChannel("yanxiu-copies").onmessage = act;
}

/** Learn from an answer of the server how far the lesson is. */
export async function learn(
  key: string,
  facts: { covered: Spans; done: boolean },
  positionMs: number,
): Promise<void> {
  await ROWS.change(
    key,
    (copy) =>
      copy && {
        ...copy,
        covered: union(copy.covered, facts.covered),
        isDone: copy.isDone || facts.done,
        positionMs,
      },
  );
  CHANGED.postMessage("");
}

/** Keep a newer lease with a copy, and what it says of the lesson. */
export async function renew(copy: Copy, lease: Lease): Promise<void> {
  const { covered, positionMs, durationMs } = lease;
  const isDone = isWhole(gaps(covered, durationMs));
  await change(copy.key, { lease, covered, positionMs, isDone });
}

/** Tell how many bytes a copy has when it is whole. */
export function bytes(copy: Copy): number {
  return copy.files.reduce((sum, file) => sum + file.bytes, 0);
}

/** Take the last lease for an open one: its files are those of this device. */
export function stead(copy: Copy, lease: Lease): Lease {
  return {
    ...lease,
    covered: union(lease.covered, copy.covered),
    positionMs: copy.positionMs || lease.positionMs,
    renditions: [{ ...copy.rendition, src: local(copy.rendition.src) }],
    captions: copy.captions.map((one) => ({ ...one, src: local(one.src) })),
    poster: copy.poster && local(copy.poster),
  };
}
