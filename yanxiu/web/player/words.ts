import { ENGLISH } from "./words-en.ts";
import { CHINESE, type Language } from "./words-zh.ts";

export { clock } from "./clock.ts";

function spoken(): Language {
  const lang = typeof document === "undefined" ? "" : document.documentElement.lang;
  return lang === "en" ? ENGLISH : CHINESE;
}

/** What the player says, in the language of the page around it. */
export const { WORDS, REASONS, length, places } = spoken();
