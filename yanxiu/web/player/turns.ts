const OTHER_TAB_MS = 3_000;

/** Run a round unless another tab runs one of that name; then answer when to try again. */
export async function take(
  name: string,
  round: () => Promise<number | null>,
): Promise<number | null> {
  // Browsers hide locks on addresses without TLS; two tabs may then both send, which adds nothing.
  if (!navigator.locks) return round();
  return navigator.locks.request(name, { ifAvailable: true }, (lock) =>
    lock ? round() : OTHER_TAB_MS,
  );
}
