/**
 * Keep the frame of the pages on the device, and say in their place when there is no network.
 * Pages themselves are never kept: they are somebody's. SHELL and VERSION stand before this script.
 */

declare const SHELL: readonly string[];
declare const VERSION: string;

interface Extended extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Fetched extends Extended {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Scope extends EventTarget {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
}

const scope = self as unknown as Scope;
const BEGIN = "frame-";
const NAME = `${BEGIN}${VERSION}`;
const OFFLINE = "/app/offline/";
/** A name with the fingerprint of what is in it: it can never hold anything else. */
const FINGERPRINTED = /\.[0-9a-f]{12}\.\w+$/;

async function fill(): Promise<void> {
  const cache = await caches.open(NAME);
  // Nobody's: the page in place of others has no name on it.
  await cache.addAll(SHELL.map((path) => new Request(path, { credentials: "omit" })));
}

async function clear(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(BEGIN) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
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
  if ((event as MessageEvent).data === "take over") void scope.skipWaiting();
});
scope.addEventListener("fetch", (event) => {
  const { request } = event as Fetched;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== scope.location.origin) return;
  if (request.mode === "navigate") (event as Fetched).respondWith(page(request));
  else if (FINGERPRINTED.test(pathname) && !request.headers.has("range"))
    (event as Fetched).respondWith(piece(request));
});

export {};
