/** This browser as an endpoint: asks for permission to notify, and subscribes at the browser's own push service. */

import { say } from "./say.ts";
export type Subscribed =
  | { kind: "subscribed"; subscription: PushSubscriptionJSON }
  | { kind: "refused"; why: string };

const workerPath = "/service-worker.js";

/** Whether this browser can be told at all: it needs a secure origin, which a loopback address is. */
function canBeTold(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

/** @param publicKey the VAPID key of this installation, base64url */
export async function subscribe(publicKey: string): Promise<Subscribed> {
  if (!canBeTold()) return { kind: "refused", why: say.noNotifications };
  if ((await Notification.requestPermission()) !== "granted") {
    return {
      kind: "refused",
      why: say.mayNotNotify,
    };
  }
  try {
    await navigator.serviceWorker.register(workerPath);
    const { pushManager } = await navigator.serviceWorker.ready;
    const subscription = await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: publicKey,
    });
    return { kind: "subscribed", subscription: subscription.toJSON() };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: "refused", why: say.pushSilent(why) };
  }
}
