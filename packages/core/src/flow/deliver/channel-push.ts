/** Tells a browser: a short message that its service worker shows. The picture's URL is fetched when it is shown. */
import { createHash } from "node:crypto";
import { type Delivery, readRetryAfter } from "../../delivery/index.ts";
import type { Message } from "../../delivery/wire.ts";
import * as Endpoint from "../../endpoint/index.ts";
import { PushSubscription } from "../../endpoint/wire.ts";
import { atLeast } from "../../level.ts";
import { delivery as limits } from "../../limits.ts";
import type { Pusher } from "../../platform/push.ts";
import type { Services } from "../services.ts";
import type { Channel } from "./attempt-delivery.ts";
import { noAnswer } from "./no-answer.ts";

/** What the service worker reads (web/src/service-worker). A push service carries some 4 KB, encrypted. */
export type PushPayload = {
  v: 1;
  deliveryId: string;
  kind: string;
  subject: string;
  level: Message["data"]["level"];
  title: string;
  body: string;
  /** Notifications of one tag replace each other. */
  tag: string;
  rings: boolean;
  /** Where the picture's URL is asked for when the notification is shown; null: there is none. */
  picture: string | null;
  /** The page that a click opens. */
  url: string;
};

const bodyCharsMax = 500;
const titleCharsMax = 200;
/** Statuses by which push services say that a subscription has ended (RFC 8030, 7.3). */
const ended = new Set([404, 410]);

export function pushChannel(services: Services, pusher: Pusher | undefined): Channel {
  return async ({ delivery, target, now }) => {
    if (!pusher) {
      return {
        status: null,
        retryAfterMs: 0,
        error: "web push is not set up on this installation",
        final: false,
      };
    }
    const subscription = PushSubscription.parse(JSON.parse(target));
    try {
      const { status, retryAfter } = await pusher.push({
        subscription,
        payload: JSON.stringify(payloadOf(delivery.message, pictureAddress(services, delivery))),
        topic: createHash("sha256").update(delivery.thread).digest("base64url").slice(0, 32),
        urgency: atLeast(delivery.level, "elevated") ? "high" : "normal",
        msMax: limits.attemptMsMax,
      });
      const isOver = ended.has(status);
      const error = isOver ? "the browser's subscription has ended" : null;
      return { status, retryAfterMs: readRetryAfter(retryAfter, now), error, final: isOver };
    } catch (error) {
      return noAnswer(error);
    }
  };
}

function pictureAddress({ telling }: Services, { id, accountId, kind }: Delivery): string | null {
  if (kind !== "digest" && kind !== "addendum") return null;
  const token = Endpoint.createToken("picture", { accountId, id }, telling.endpointKey);
  return `${telling.consoleOrigin}/v1/notifications/${token}/picture`;
}

export function payloadOf(
  { id, type, subject, data }: Pick<Message, "id" | "type" | "subject" | "data">,
  picture: string | null,
): PushPayload {
  const { level, title, summary, thread, rings, links } = data;
  return {
    v: 1,
    deliveryId: id,
    kind: type.split(".")[1] ?? "",
    subject,
    level,
    title: title.slice(0, titleCharsMax),
    body: summary.join(" ").slice(0, bodyCharsMax),
    tag: thread,
    rings,
    picture,
    url: links.console,
  };
}
