import * as copies from "./copies.ts";
import { make } from "./dom.ts";
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
  const pages = await seen.of(owner);
  const page = pages.find(({ path }) => path === location.pathname);
  if (page) remember(main, page);
  else await offer(main, owner, pages);
}

function remember(main: HTMLElement, page: seen.Seen): void {
  const shown = new DOMParser().parseFromString(page.html, "text/html").body;
  for (const dead of shown.querySelectorAll(DEAD)) dead.remove();
  for (const player of shown.querySelectorAll("yx-player")) player.replaceWith(instead());
  document.title = page.title;
  main.replaceChildren(note(WORDS.seenAt(page.atMs)), ...document.adoptNode(shown).childNodes);
}

async function offer(main: HTMLElement, owner: string, pages: readonly seen.Seen[]): Promise<void> {
  const saved = (await copies.of(owner)).filter(({ state }) => state === "whole");
  const links = pages.map(({ path, title }) => link(path, title.split(" · ")[0] ?? title));
  const list = make("nav", { class: "stack tight" });
  if (saved.length > 0) list.append(link("/app/saved/", WORDS.saved(saved.length)));
  if (links.length > 0) list.append(make("h2", {}, WORDS.seen), ...links);
  main.querySelector("[data-offer]")?.replaceChildren(list);
}

function instead(): HTMLElement {
  return make(
    "div",
    { class: "card stack tight" },
    make("h2", {}, WORDS.missing),
    make("p", { class: "soft" }, WORDS.missingWhy),
  );
}

function note(words: string): HTMLElement {
  return make("p", { class: "notice wait", role: "status" }, make("span", {}, words));
}

function link(href: string, words: string): HTMLElement {
  return make("a", { class: "way-on", href }, words);
}
