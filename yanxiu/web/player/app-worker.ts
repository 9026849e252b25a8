/**
 * Keep the frame of the pages on the device, and show in their place what the device itself has when
 * there is no network: saved lessons, and an honest page for the rest. The pages of the frame are
 * nobody's. SHELL, VERSION and LANGUAGE stand before this script.
 */

import { DELIVER } from "./background.ts";
import { deliver } from "./delivery.ts";
import { answer, PATH } from "./pieces.ts";

declare const SHELL: readonly string[];
declare const VERSION: string;
declare const LANGUAGE: string;

interface Extended extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Fetched extends Extended {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Synced extends Extended {
  readonly tag: string;
}

interface Scope extends EventTarget {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
}

const scope = self as unknown as Scope;
const BEGIN = "frame-";
const NAME = `${BEGIN}${VERSION}-${LANGUAGE}`;
const OFFLINE = "/app/offline/";
const DEVICES = "/app/saved/";
/** Whoever opens a page of the device itself is not kept waiting by a network that hardly answers. */
const PATIENCE_MS = 4_000;
/** A name with the fingerprint of what is in it: it can never hold anything else. */
const FINGERPRINTED = /\.[0-9a-f]{12}\.\w+$/;

async function fill(): Promise<void> {
  const cache = await caches.open(NAME);
  // Nobody's: the page in place of others has no name on it.
  await cache.addAll(SHELL.map((path) => new Request(path, { credentials: "omit" })));
  // Another language of the same version may take over at once: every page goes on as it is.
  const others = (await caches.keys()).filter((name) => name !== NAME);
  if (others.some((name) => name.startsWith(`${BEGIN}${VERSION}-`))) await scope.skipWaiting();
}

async function clear(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(BEGIN) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function page(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const isDevices = pathname.startsWith(DEVICES);
  try {
    return await (isDevices ? quick(request) : fetch(request));
  } catch {
    const wanted = `${isDevices ? pathname : OFFLINE}?`;
    const kept = SHELL.find((path) => path.startsWith(wanted)) ?? OFFLINE;
    return (await caches.match(kept, { ignoreVary: true })) ?? Response.error();
  }
}

function quick(request: Request): Promise<Response> {
  const late = new Promise<never>((_, reject) => setTimeout(reject, PATIENCE_MS));
  return Promise.race([fetch(request), late]);
}

/** Report what waits; the browser asks again later for what fails. */
async function report(): Promise<void> {
  if (!(await deliver())) throw new Error("no network");
}

async function piece(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const found = await fetch(request);
  if (found.status === 200) await (await caches.open(NAME)).put(request, found.clone());
  return found;
}

scope.addEventListener("install", (event) => (event as Extended).waitUntil(fill()));
scope.addEventListener("activate", (event) => (event as Extended).waitUntil(clear()));
scope.addEventListener("message", (event) => {
  const { data } = event as MessageEvent<unknown>;
  if (data === "take over") void scope.skipWaiting();
  if (data === DELIVER) (event as unknown as Extended).waitUntil(deliver());
});
scope.addEventListener("sync", (event) => {
  if ((event as Synced).tag === DELIVER) (event as Synced).waitUntil(report());
});
scope.addEventListener("fetch", (event) => {
  const { request } = event as Fetched;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== "GET" || origin !== scope.location.origin) return;
  const src = pathname === PATH ? searchParams.get("of") : null;
  if (src !== null) (event as Fetched).respondWith(answer(src, request.headers.get("range")));
  else if (request.mode === "navigate") (event as Fetched).respondWith(page(request));
  else if (FINGERPRINTED.test(pathname) && !request.headers.has("range"))
    (event as Fetched).respondWith(piece(request));
});
