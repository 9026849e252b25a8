import * as copies from "./copies.ts";
import { make, write } from "./dom.ts";
import { SAVED_WORDS as WORDS } from "./saved-words.ts";

/** Put the player of a saved lesson on its page, from what the device knows of it. */
export async function show(host: HTMLElement, owner: string, lesson: string): Promise<void> {
  const copy = owner === "" ? null : await copies.find(owner, lesson);
  const title = document.querySelector("h1");
  if (copy?.state !== "whole" || !title) return refuse(host, owner);
  const course = make("a", { href: `${copy.address}?lesson=${lesson}` }, copy.course);
  write(title, copy.title);
  document.title = copy.title;
  const player = make("yx-player" as "div", {
    "data-lesson": lesson,
    "data-title": copy.title,
    "data-duration-ms": String(copy.durationMs),
    "data-hours": copy.hours,
    "data-owner": owner,
    "data-leases": host.dataset.leases ?? "",
    "data-beats": host.dataset.beats ?? "",
    "data-sign-in": `/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`,
    "data-may-earn": String(Date.now() < copy.closesAtMs),
    "data-why": WORDS.closed,
    "data-poster": copy.poster && copies.stead(copy, NOTHING).poster,
  });
  host.replaceChildren(make("p", { class: "soft small" }, course), player);
}

const NOTHING = {
  token: "",
  mediaVersion: 1,
  kept: [],
  durationMs: 0,
  positionMs: 0,
  covered: [],
  maxRate: 1,
  beatEveryS: 30,
  isAsked: false,
  renditions: [],
  captions: [],
  poster: "",
} as const;

function refuse(host: HTMLElement, owner: string): void {
  const isNobody = owner === "";
  const title = document.querySelector("h1");
  if (title) write(title, isNobody ? WORDS.nobody : WORDS.missing);
  host.replaceChildren(make("p", {}, isNobody ? WORDS.nobodyWhy : WORDS.missingWhy));
}
