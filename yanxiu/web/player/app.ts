/** Let the platform be installed as an app, say when a new version of it is there, keep what is seen. */

import { DELIVER } from "./background.ts";
import * as device from "./device.ts";
import * as seen from "./seen.ts";
import { followLanguage } from "./typed.ts";

interface Installable extends Event {
  prompt(): Promise<unknown>;
}

let isWanted = false;

function bar(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-update]");
}

/** Show that a version waits; pressing the button lets it take over, and the page begins anew. */
function offer(waiting: ServiceWorker): void {
  const shown = bar();
  if (!shown) return;
  shown.hidden = false;
  shown.querySelector("button")?.addEventListener("click", () => {
    isWanted = true;
    waiting.postMessage("take over");
  });
}

function watch(registration: ServiceWorkerRegistration): void {
  // Whoever is here for the first time has no older version to leave.
  const tell = () => {
    if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  };
  tell();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", tell);
  });
}

async function begin(path: string): Promise<void> {
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (isWanted) location.reload();
  });
  const registration = await navigator.serviceWorker.register(path, { scope: "/" });
  watch(registration);
  const deliver = () => registration.active?.postMessage(DELIVER);
  window.addEventListener("online", deliver);
  deliver();
}

/** Keep what this page shows for times without network; whoever has signed out leaves nothing. */
async function keep({ owner = "", kept }: DOMStringMap): Promise<void> {
  // A page of the device itself knows nobody.
  if (kept !== undefined) return;
  device.settle(owner);
  await seen.forgetOthers(owner);
  const main = document.querySelector<HTMLElement>("main[data-keep]");
  if (!main || owner === "") return;
  const { title } = document;
  await seen.keep(owner, {
    path: location.pathname,
    title,
    html: main.innerHTML,
    atMs: Date.now(),
  });
}

window.addEventListener("beforeinstallprompt", (event) => {
  const button = document.querySelector<HTMLButtonElement>("button[data-install]");
  if (!button) return;
  event.preventDefault();
  button.hidden = false;
  button.addEventListener("click", () => void (event as Installable).prompt());
});

/** Do what may come after the page: the network is hers first. */
function attend({ update = "", saved = "" }: DOMStringMap): void {
  // A browser that forbids it shows the pages all the same.
  begin(update).catch(() => undefined);
  // What was being saved when the last page closed goes on on this one.
  if (document.querySelector("yx-save") || device.isSaving()) void import(saved);
}

followLanguage();

const facts = bar()?.dataset;
if (facts?.update && "serviceWorker" in navigator) {
  void keep(facts);
  if (document.readyState === "complete") attend(facts);
  else window.addEventListener("load", () => attend(facts));
}
