import { Table } from "./table.ts";

const ROWS = new Table<Seen>("yanxiu-seen", "pages");
const MOST = 12;

/** The content of a page as one person last saw it on this device. */
export interface Seen {
  readonly key: string;
  readonly owner: string;
  readonly path: string;
  readonly title: string;
  readonly html: string;
  readonly atMs: number;
}

/** Read one person's pages, the last seen first. */
export async function of(owner: string): Promise<readonly Seen[]> {
  const hers = (await ROWS.all()).filter((row) => row.owner === owner);
  return [...hers].sort((a, b) => b.atMs - a.atMs);
}

/** Keep a page in the place of the oldest. */
export async function keep(owner: string, page: Omit<Seen, "key" | "owner">): Promise<void> {
  const key = `${owner}${page.path}`;
  await ROWS.change(key, () => ({ ...page, owner, key }));
  for (const old of (await of(owner)).slice(MOST)) await ROWS.change(old.key, () => null);
}

/** Forget what everybody else has seen on this device. */
export async function forgetOthers(owner: string): Promise<void> {
  const others = (await ROWS.all()).filter((row) => row.owner !== owner);
  for (const row of others) await ROWS.change(row.key, () => null);
}
