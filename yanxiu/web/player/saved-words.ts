import { SAVED_ENGLISH } from "./saved-words-en.ts";
import { SAVED_CHINESE, type SavedWords } from "./saved-words-zh.ts";

/** What is said about saved lessons, in the language of the page around it. */
export const SAVED_WORDS: SavedWords =
  document.documentElement.lang === "en" ? SAVED_ENGLISH : SAVED_CHINESE;

/** Say hours of media without needless zeros: 4, 1.5. */
export function hours(seconds: number): string {
  return String(Math.round(seconds / 360) / 10);
}
