/** Tells a webhook: Standard Webhooks headers (https://www.standardwebhooks.com) over a CloudEvents envelope. */
import { Webhook } from "standardwebhooks";
import { readRetryAfter } from "../../delivery/index.ts";
import { delivery as limits } from "../../limits.ts";
import type { Webhooks } from "../../platform/webhooks.ts";
import type { Channel } from "./attempt-delivery.ts";
import { noAnswer } from "./no-answer.ts";

export function webhookChannel(webhooks: Webhooks): Channel {
  return async ({ delivery, target, secrets, now, traceparent }) => {
    const body = JSON.stringify(delivery.message);
    const headers = {
      "content-type": "application/cloudevents+json; charset=utf-8",
      "user-agent": "Vigil-Webhooks/1",
      traceparent,
      "webhook-id": delivery.id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      // One signature a secret: a receiver takes whichever it knows while a rotation lasts.
      "webhook-signature": secrets
        .map((secret) => new Webhook(secret).sign(delivery.id, now, body))
        .join(" "),
    };
    try {
      const { status, retryAfter } = await webhooks.post({
        url: target,
        headers,
        body,
        msMax: limits.attemptMsMax,
      });
      return { status, retryAfterMs: readRetryAfter(retryAfter, now), error: null, final: false };
    } catch (error) {
      return noAnswer(error);
    }
  };
}
