/** A table of the browser's own database; a browser that keeps nothing is like an empty one. */
export class Table<Row extends { readonly key: string }> {
  #opening: Promise<IDBDatabase> | null = null;

  constructor(
    readonly database: string,
    readonly table: string,
  ) {}

  /** Read one row; null when there is none. */
  async read(key: string): Promise<Row | null> {
    return (await this.all()).find((row) => row.key === key) ?? null;
  }

  /** Read all rows. */
  async all(): Promise<readonly Row[]> {
    try {
      const transaction = (await this.#open()).transaction(this.table);
      const request: IDBRequest<Row[]> = transaction.objectStore(this.table).getAll();
      await settled(transaction);
      return request.result;
    } catch {
      return [];
    }
  }

  /** Rewrite one row in one transaction (null removes it) and say whether it is kept. */
  async change(key: string, rewrite: (row: Row | null) => Row | null): Promise<boolean> {
    try {
      const transaction = (await this.#open()).transaction(this.table, "readwrite");
      const table = transaction.objectStore(this.table);
      const request: IDBRequest<Row | undefined> = table.get(key);
      request.onsuccess = () => {
        const row = rewrite(request.result ?? null);
        if (row) table.put(row);
        else table.delete(key);
      };
      await settled(transaction);
      return true;
    } catch {
      return false;
    }
  }

  #open(): Promise<IDBDatabase> {
    this.#opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(this.database, 1);
      request.onupgradeneeded = () =>
        request.result.createObjectStore(this.table, { keyPath: "key" });
      request.onsuccess = () => {
        // Clearing the browser's data closes the database under us.
        request.result.onclose = () => {
          this.#opening = null;
        };
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    return this.#opening;
  }
}

function settled(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
