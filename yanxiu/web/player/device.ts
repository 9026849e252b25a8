const OWNER = "yanxiu-owner";
const SAVING = "yanxiu-saving";

/** Remember who is signed in on this device; empty: nobody. */
export function settle(owner: string): void {
  write(OWNER, owner);
}

/** Name who was signed in when this device last had network; empty: nobody. */
export function owner(): string {
  return read(OWNER);
}

/** Remember whether something is still to be saved, so that the next page goes on with it. */
export function saving(isSaving: boolean): void {
  write(SAVING, isSaving ? "1" : "");
}

/** Tell whether something is still to be saved. */
export function isSaving(): boolean {
  return read(SAVING) !== "";
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Private windows may refuse; then nothing can be saved either.
  }
}

function read(name: string): string {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}
