import { Courier } from "./courier.ts";
import type { Desk } from "./leasing.ts";
import * as store from "./store.ts";

/** Offers what other lessons left unsent on this device, one courier a lesson. */
export class Backlog {
  readonly #couriers = new Map<string, Courier>();

  constructor(
    readonly desk: Desk,
    readonly tell: (left: number) => void,
  ) {}

  /** Look at the device and carry everything but the lesson that is open here. */
  async start(lesson: string): Promise<void> {
    const here = store.key(this.desk.owner, lesson);
    for (const row of await store.all()) {
      if (row.key !== here && this.#mayCarry(row)) this.#carry(row);
    }
    this.tell(this.#couriers.size);
  }

  /** Try again at once. */
  wake(): void {
    for (const courier of this.#couriers.values()) courier.wake();
  }

  /** Stop carrying. */
  retire(): void {
    for (const courier of this.#couriers.values()) courier.retire();
  }

  // A lease credits its owner whoever is signed in; a new one would credit the person signed in now.
  #mayCarry(row: store.Unsent): boolean {
    return row.lease !== null || row.owner === this.desk.owner;
  }

  #carry(row: store.Unsent): void {
    const courier = new Courier(this.desk, row.lesson, () => this.#check(row.key), row.owner);
    this.#couriers.set(row.key, courier);
    courier.flush();
  }

  #check(key: string): void {
    const courier = this.#couriers.get(key);
    if (!courier || courier.vault.outbox.pending.length > 0) return;
    this.#couriers.delete(key);
    this.tell(this.#couriers.size);
  }
}
