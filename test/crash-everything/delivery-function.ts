/** The delivery function in a process of its own, as Lambda runs it: messages go to its handler, and those that it names come back. */
import { rename, writeFile } from "node:fs/promises";
import { delivery as limits } from "@vigil/core/limits";
import type { Message } from "@vigil/core/platform/queue";
import { handler } from "../../functions/src/queue/delivery-due.ts";
import { fromEnvironment } from "../../functions/src/services.ts";

const { services, config } = fromEnvironment();
const { deliveries } = services;
const again = () => new Promise((resolve) => setTimeout(resolve, 1_000));

type Batch = Parameters<typeof handler>[0];

function eventOf(messages: readonly Message[]): Batch {
  const records = messages.map(({ id, body, receiveCount }) => ({
    messageId: id,
    body,
    attributes: { ApproximateReceiveCount: String(receiveCount) },
  }));
  return { Records: records } as unknown as Batch;
}

async function consume(): Promise<never> {
  for (;;) {
    try {
      const messages = await deliveries.receive({
        messagesMax: 10,
        waitSeconds: 5,
        visibilitySeconds: limits.visibilitySeconds,
      });
      if (messages.length === 0) continue;
      const { batchItemFailures } = await handler(eventOf(messages));
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      await Promise.all(
        messages.filter(({ id }) => !failed.has(id)).map((message) => deliveries.delete(message)),
      );
    } catch (error) {
      services.log.warn({ err: error }, "deliveries could not be worked; trying again");
      await again();
    }
  }
}

if (config.READY_FILE) {
  await writeFile(`${config.READY_FILE}.part`, "{}");
  await rename(`${config.READY_FILE}.part`, config.READY_FILE);
}
await consume();
