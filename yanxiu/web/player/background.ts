interface Syncing extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** What the worker is asked to do: by a page, or by the browser when the network returns. */
export const DELIVER = "deliver";

/** Let the worker report what waits as soon as there is network, even when every page is closed. */
export async function later(): Promise<void> {
  if (!navigator.serviceWorker?.controller) return;
  const registration: Syncing = await navigator.serviceWorker.ready;
  // Where the browser has no such thing, the next page that opens does it.
  await registration.sync?.register(DELIVER).catch(() => undefined);
}
