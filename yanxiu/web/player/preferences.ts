const PREFIX = "yanxiu-player-";

/** Remember a choice of this device; a browser that keeps nothing is no trouble. */
export function remember(name: string, value: string | number | boolean): void {
  try {
    localStorage.setItem(PREFIX + name, String(value));
  } catch {
    // Private windows may refuse; the choice then lives as long as the page.
  }
}

/** Recall a choice; null when none was made. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Recall a choice that is a number. */
export function recallNumber(name: string, otherwise: number): number {
  const value = Number(recall(name) ?? Number.NaN);
  return Number.isFinite(value) ? value : otherwise;
}
