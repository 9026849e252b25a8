import type { Copy } from "./copies.ts";
import * as copies from "./copies.ts";
import { make, write } from "./dom.ts";
import { play } from "./saved-list.ts";
import { SAVED_WORDS as WORDS } from "./saved-words.ts";
import * as seen from "./seen.ts";

/** What of a seen page does nothing without network, or would only mislead. */
const DEAD = "script, form, noscript, button, details:has(yx-save), .update, progress:not(.meter)";

/** Show in the place of a page what the device has: the saved lesson, the page as last seen. */
export async function show(main: HTMLElement, owner: string): Promise<void> {
  if (owner === "") return;
  const lesson = new URLSearchParams(location.search).get("lesson") ?? "";
  const copy = await copies.find(owner, lesson);
  if (copy?.state === "whole") return location.replace(play(copy));
  const saved = (await copies.of(owner)).filter(({ state }) => state === "whole");
  const pages = await seen.of(owner);
  const page = pages.find(({ path }) => path === location.pathname);
  if (page) remember(main, page, saved);
  else offer(main, pages, saved);
}

function remember(main: HTMLElement, page: seen.Seen, saved: readonly Copy[]): void {
  const shown = new DOMParser().parseFromString(page.html, "text/html").body;
  for (const dead of shown.querySelectorAll(DEAD)) dead.remove();
  for (const player of shown.querySelectorAll<HTMLElement>("yx-player")) {
    player.replaceWith(instead(saved.find(({ lesson }) => lesson === player.dataset.lesson)));
  }
  for (const { lesson } of saved) tag(shown, lesson);
  document.title = page.title;
  main.replaceChildren(note(WORDS.seenAt(page.atMs)), ...document.adoptNode(shown).childNodes);
}

function offer(main: HTMLElement, pages: readonly seen.Seen[], saved: readonly Copy[]): void {
  const links = pages.map(({ path, title }) => link(path, title.split(" · ")[0] ?? title));
  const list = make("nav", { class: "stack tight" });
  const way = main.querySelector("[data-saved-count]");
  if (way && saved.length > 0) write(way, WORDS.saved(saved.length));
  if (links.length > 0) list.append(make("h2", {}, WORDS.seen), ...links);
  main.querySelector("[data-offer]")?.replaceChildren(list);
}

function instead(copy: Copy | undefined): HTMLElement {
  const button = copy && make("a", { class: "button", href: play(copy) }, WORDS.play);
  const told = button ?? make("span", { class: "soft" }, WORDS.missingWhy);
  const title = make("h2", {}, copy ? WORDS.isSaved : WORDS.missing);
  return make("div", { class: "card stack tight" }, title, make("p", {}, told));
}

/** Mark a saved lesson in the outline of its course. */
function tag(shown: HTMLElement, lesson: string): void {
  const words = shown.querySelector(`a[data-lesson="${CSS.escape(lesson)}"] .small`);
  words?.append(" · ", WORDS.isSaved);
}

function note(words: string): HTMLElement {
  return make("p", { class: "notice wait", role: "status" }, make("span", {}, words));
}

function link(href: string, words: string): HTMLElement {
  return make("a", { class: "way-on", href }, words);
}
