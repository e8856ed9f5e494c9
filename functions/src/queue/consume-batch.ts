/** What every queue's handler does: works each message, and answers which of a batch are to be delivered again. */
import type { Services } from "@vigil/core/flow";
import type { Destination } from "@vigil/core/platform/message-spans";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { workMessage } from "./work-message.ts";

export async function consumeBatch(
  services: Pick<Services, "log" | "tracer">,
  { from, event }: { from: Destination; event: SQSEvent },
  work: (body: string, receives: number) => Promise<unknown>,
): Promise<SQSBatchResponse> {
  const outcomes = await Promise.allSettled(
    event.Records.map(async ({ body, attributes, messageAttributes }) =>
      workMessage(services, { from, traceparent: messageAttributes?.traceparent?.stringValue }, () =>
        work(body, Number(attributes?.ApproximateReceiveCount ?? 1)),
      ),
    ),
  );
  const batchItemFailures = event.Records.flatMap((record, index) => {
    const outcome = outcomes[index];
    if (outcome?.status !== "rejected") return [];
    const { messageId, eventSourceARN } = record;
    services.log.warn(
      { err: outcome.reason, messageId, queue: eventSourceARN },
      "a message could not be worked; it is delivered again",
    );
    return [{ itemIdentifier: messageId }];
  });
  return { batchItemFailures };
}
