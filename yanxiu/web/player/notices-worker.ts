/** Show what is pushed while no page of ours is open, and lead to it. It keeps and fetches nothing. */

interface Told {
  readonly title: string;
  readonly body: string;
  readonly url: string;
  readonly tag: string;
  readonly lang: string;
}

interface Extended extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface Pushed extends Extended {
  readonly data: { json(): Told } | null;
}

interface Clicked extends Extended {
  readonly notification: Notification;
}

interface Scope extends EventTarget {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { openWindow(url: string): Promise<unknown> };
  readonly location: Location;
}

const scope = self as unknown as Scope;

scope.addEventListener("push", (event) => {
  const { data, waitUntil } = event as Pushed;
  if (!data) return;
  const told = data.json();
  // The same notice twice is shown once: its tag is the notice.
  const shown = { body: told.body, tag: told.tag, data: told.url, lang: told.lang };
  waitUntil.call(event, scope.registration.showNotification(told.title, shown));
});

scope.addEventListener("notificationclick", (event) => {
  const clicked = event as Clicked;
  clicked.notification.close();
  const goal = new URL(String(clicked.notification.data), scope.location.origin);
  if (goal.origin === scope.location.origin) {
    clicked.waitUntil(scope.clients.openWindow(goal.href));
  }
});

export {};
