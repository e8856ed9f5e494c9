/** How endpoints of each type are told. A door of its own: only the function that attempts deliveries loads what it needs. */
import type { Mailer } from "../../platform/mail.ts";
import type { Pusher } from "../../platform/push.ts";
import type { Webhooks } from "../../platform/webhooks.ts";
import type { Services } from "../services.ts";
import type { Channels } from "./attempt-delivery.ts";
import { emailChannel } from "./channel-email.ts";
import { pushChannel } from "./channel-push.ts";
import { webhookChannel } from "./channel-webhook.ts";

/** @param means undefined where this installation has no mail server, or no VAPID keys */
export function createChannels(
  services: Services,
  means: { webhooks: Webhooks; mailer: Mailer | undefined; pusher: Pusher | undefined },
): Channels {
  return {
    webhook: webhookChannel(means.webhooks),
    email: emailChannel(services, means.mailer),
    push: pushChannel(services, means.pusher),
  };
}
export type { Channels } from "./attempt-delivery.ts";
