/** Let the platform be installed as an app, and say when a new version of it is there. */

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
  watch(await navigator.serviceWorker.register(path, { scope: "/" }));
}

window.addEventListener("beforeinstallprompt", (event) => {
  const button = document.querySelector<HTMLButtonElement>("button[data-install]");
  if (!button) return;
  event.preventDefault();
  button.hidden = false;
  button.addEventListener("click", () => void (event as Installable).prompt());
});

const path = bar()?.dataset.update;
if (path && "serviceWorker" in navigator) {
  // A browser that forbids it shows the pages all the same.
  begin(path).catch(() => undefined);
}

export {};
