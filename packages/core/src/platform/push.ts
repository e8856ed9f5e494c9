/** A message to a browser's push service: encrypted for the browser (RFC 8291), signed with VAPID (RFC 8292). */
import webpush from "web-push";
import type { PushSubscription } from "../endpoint/wire.ts";
import type { Webhooks } from "./webhooks.ts";

export interface Pusher {
  /** What a browser needs to subscribe: the public half of the VAPID key, base64url. */
  publicKey: string;
  /** @returns the push service's status. @throws when no answer came within `msMax` milliseconds */
  push(push: {
    subscription: PushSubscription;
    /** At most some 3 KB of text. */
    payload: string;
    /** Messages of one topic replace each other while the browser is away: at most 32 characters of base64url. */
    topic: string;
    urgency: "normal" | "high";
    msMax: number;
  }): Promise<{ status: number; retryAfter: string | undefined }>;
}

export type VapidKeys = {
  publicKey: string;
  privateKey: string /** `mailto:` or `https:` */;
  subject: string;
};

/** How long a push service keeps a message for a browser that is away. */
const keptSeconds = 24 * 60 * 60;

/** Encrypts and signs with the field's library, and sends through the guard that webhooks go through. */
export function webPusher(keys: VapidKeys, webhooks: Webhooks): Pusher {
  return {
    publicKey: keys.publicKey,
    async push({ subscription, payload, topic, urgency, msMax }) {
      const { endpoint, headers, body } = webpush.generateRequestDetails(subscription, payload, {
        vapidDetails: keys,
        TTL: keptSeconds,
        contentEncoding: "aes128gcm",
        topic,
        urgency,
      });
      return webhooks.post({
        url: endpoint,
        headers: withoutLength(headers),
        body: body ?? Buffer.alloc(0),
        msMax,
      });
    },
  };
}

/** The length is the sender's own to say. */
function withoutLength(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "Content-Length"));
}

/** A fresh pair, for an operator who has none. */
export function createVapidKeys(): { publicKey: string; privateKey: string } {
  return webpush.generateVAPIDKeys();
}
