import { isEnglish } from "./language.ts";
import { ENGLISH } from "./words-en.ts";
import { CHINESE } from "./words-zh.ts";

export { clock } from "./clock.ts";

/** What the player says, in the language of the page around it. */
export const { WORDS, REASONS, LATER, FAULTS, length, places } = isEnglish ? ENGLISH : CHINESE;
