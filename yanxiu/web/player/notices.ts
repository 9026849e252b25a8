/** Let this browser show notices once its owner presses the button; see the Push API. */

function text(buffer: ArrayBuffer | null): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0)));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytes(key: string): Uint8Array<ArrayBuffer> {
  const plain = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function show(form: HTMLFormElement, selector: string): void {
  form.querySelector<HTMLElement>(selector)?.removeAttribute("hidden");
}

/** Return the subscription of this browser for our key; one that was made for another is renewed. */
async function subscription(form: HTMLFormElement): Promise<PushSubscription> {
  const worker = form.dataset.worker ?? "";
  await navigator.serviceWorker.register(worker);
  // Only a worker that has started can be pushed to; this page lies within its reach.
  const registration = await navigator.serviceWorker.ready;
  const before = await registration.pushManager.getSubscription();
  const key = form.dataset.subscribe ?? "";
  if (before && text(before.options.applicationServerKey) === key) return before;
  await before?.unsubscribe();
  const wanted = { userVisibleOnly: true, applicationServerKey: bytes(key) };
  return registration.pushManager.subscribe(wanted);
}

async function subscribe(form: HTMLFormElement): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("denied");
  const made = await subscription(form);
  const fields = {
    endpoint: made.endpoint,
    key: made.getKey("p256dh"),
    secret: made.getKey("auth"),
  };
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name) as HTMLInputElement;
    field.value = typeof value === "string" ? value : text(value);
  }
  form.submit();
}

const form = document.querySelector<HTMLFormElement>("form[data-subscribe]");
if (form) {
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  show(form, able ? "button" : "[data-unable]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    subscribe(form).catch(() => show(form, "[data-denied]"));
  });
}

export {};
