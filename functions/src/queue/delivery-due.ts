/** A delivery is due: its endpoint is told. What fails is recorded and tried later; a message never carries more than ids. */
import { type Channels, createChannels } from "@vigil/core/channels";
import { type AttemptOutcome, attemptDelivery, type Services } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { webPusher } from "@vigil/core/platform/push";
import { httpWebhooks } from "@vigil/core/platform/webhooks";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import * as z from "zod";
import type { Config } from "../config.ts";
import { mailerOf } from "../mailer.ts";
import { fromEnvironment } from "../services.ts";
import { flushing } from "../span-export.ts";
import { consumeBatch } from "./consume-batch.ts";

const DeliveryDue = z.object({
  v: z.literal(1),
  accountId: Id.of("account"),
  deliveryId: Id.of("delivery"),
});

export async function deliveryDue(
  services: Services,
  channels: Channels,
  body: string,
): Promise<AttemptOutcome> {
  return attemptDelivery(services, channels, DeliveryDue.parse(JSON.parse(body)));
}

/** What this installation can tell with. */
export function channelsOf(services: Services, config: Config): Channels {
  const ca = config.WEBHOOK_CA;
  const webhooks = httpWebhooks({
    localReceivers: config.LOCAL_RECEIVERS,
    ...(ca === undefined ? {} : { ca }),
  });
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, VAPID_SUBJECT: subject } = config;
  return createChannels(services, {
    webhooks,
    mailer: mailerOf(config),
    pusher:
      publicKey !== undefined && privateKey !== undefined && subject !== undefined
        ? webPusher({ publicKey, privateKey, subject }, webhooks)
        : undefined,
  });
}

let shared: Channels | undefined;

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const { services, config, spans } = fromEnvironment();
  shared ??= channelsOf(services, config);
  const channels = shared;
  const consume = flushing(spans, consumeBatch);
  return consume(services, { from: "deliveries", event }, (body) => deliveryDue(services, channels, body));
}
