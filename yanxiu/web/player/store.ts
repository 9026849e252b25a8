import type { Spans } from "./spans.ts";

const DATABASE = "yanxiu-watching";
const TABLE = "unsent";

/** What one person has watched of one lesson on this device and the server has not confirmed. */
export interface Unsent {
  readonly key: string;
  readonly owner: string;
  readonly lesson: string;
  /** The last lease: it opens the beats without a session, for its owner only. */
  readonly lease: string | null;
  readonly spans: Spans;
  readonly positionMs: number;
}

/** Name the row of a person's lesson. */
export function key(owner: string, lesson: string): string {
  return `${owner}/${lesson}`;
}

let opening: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: "key" });
    request.onsuccess = () => {
      // Clearing the browser's data closes the database under us.
      request.result.onclose = () => {
        opening = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opening;
}

function settled(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Read one row; null when there is none or the browser keeps nothing. */
export async function read(rowKey: string): Promise<Unsent | null> {
  return (await all()).find((row) => row.key === rowKey) ?? null;
}

/** Read all rows; none when the browser keeps nothing. */
export async function all(): Promise<readonly Unsent[]> {
  try {
    const transaction = (await open()).transaction(TABLE);
    const request: IDBRequest<Unsent[]> = transaction.objectStore(TABLE).getAll();
    await settled(transaction);
    return request.result;
  } catch {
    return [];
  }
}

/** Rewrite one row in one transaction (null removes it) and say whether it is kept. */
export async function change(
  rowKey: string,
  rewrite: (row: Unsent | null) => Unsent | null,
): Promise<boolean> {
  try {
    const transaction = (await open()).transaction(TABLE, "readwrite");
    const table = transaction.objectStore(TABLE);
    const request: IDBRequest<Unsent | undefined> = table.get(rowKey);
    request.onsuccess = () => {
      const row = rewrite(request.result ?? null);
      if (row) table.put(row);
      else table.delete(rowKey);
    };
    await settled(transaction);
    return true;
  } catch {
    return false;
  }
}
