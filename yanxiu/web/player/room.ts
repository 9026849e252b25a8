/** Tell how many bytes this device still has for us; a browser that does not say has room. */
export async function free(): Promise<number> {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  return quota === undefined ? Number.POSITIVE_INFINITY : Math.max(0, quota - (usage ?? 0));
}

/** Ask the browser not to clear what is saved, and say whether it agrees. */
export async function hold(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false;
}

/** Tell whether the browser has agreed not to clear what is saved. */
export async function isHeld(): Promise<boolean> {
  return (await navigator.storage?.persisted?.()) ?? false;
}

/** Tell whether this browser can save files and play them without network. */
export function isFit(): boolean {
  return "serviceWorker" in navigator && "caches" in window && "locks" in navigator;
}
