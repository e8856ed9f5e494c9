/** Webhooks as Stripe sends them: signed, and again until they are answered with 200. */
import { setTimeout as pause } from "node:timers/promises";
import { Stripe } from "stripe";
import { idOf, type Subscription, showSubscription } from "./state.ts";

export type TellSettings = { webhookUrl: () => string; webhookSecret: string; signal: AbortSignal };

const attemptsMax = 30;
const againMs = 1_000;
const attemptMsMax = 10_000;

/** Resolves once it was taken, or after the last attempt. */
export async function tell(
  { webhookUrl, webhookSecret, signal }: TellSettings,
  kind: "created" | "updated" | "deleted",
  subscription: Subscription,
): Promise<void> {
  const created = Math.floor(Date.now() / 1000);
  const type = `customer.subscription.${kind}`;
  const object = showSubscription(subscription);
  const payload = JSON.stringify({ id: idOf("evt"), object: "event", created, type, data: { object } });
  for (let attempt = 0; attempt < attemptsMax && !signal.aborted; attempt += 1) {
    // Signed anew each time: its age is checked.
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret });
    const taken = await fetch(webhookUrl(), {
      method: "POST",
      headers: { "content-type": "application/json", "stripe-signature": signature },
      body: payload,
      signal: AbortSignal.any([signal, AbortSignal.timeout(attemptMsMax)]),
    }).then(
      async (answer) => {
        await answer.body?.cancel();
        return answer.status === 200;
      },
      () => false,
    );
    if (taken) return;
    await pause(againMs, undefined, { signal }).catch(() => undefined);
  }
}
