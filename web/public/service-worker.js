/**
 * Shows what is pushed, also while no page of the console is open. Plain JavaScript: the browser runs this file as it is.
 *
 * A push holds words, and an address that names its picture for a day. The picture's own URL lives for a minute, so it is
 * asked for when the notification is shown; when that takes too long, the words are shown alone.
 */
const pictureMsMax = 4_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const told = event.data?.json();
  if (told?.v === 1) event.waitUntil(show(told));
});

async function show(told) {
  const image = told.picture === null ? undefined : await pictureAt(told.picture).catch(() => undefined);
  await self.registration.showNotification(told.title, {
    body: told.body,
    tag: told.tag,
    // What only adds to a thing already told replaces its notification without a sound.
    renotify: told.rings,
    silent: !told.rings,
    requireInteraction: told.rings && told.level === "critical",
    timestamp: Date.now(),
    data: { url: told.url },
    ...(image === undefined ? {} : { image }),
  });
}

async function pictureAt(address) {
  const answer = await fetch(address, { signal: AbortSignal.timeout(pictureMsMax) });
  return answer.ok ? (await answer.json()).url : undefined;
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url ?? "/"));
});

/** In the console's own tab where there is one. */
async function open(url) {
  const target = new URL(url, self.location.origin);
  // Only pages of the console itself are opened, whatever a message says.
  const path = target.origin === self.location.origin ? target.pathname : "/";
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const [page] = pages;
  if (!page) return self.clients.openWindow(path);
  await page.focus();
  return page.navigate(path);
}
