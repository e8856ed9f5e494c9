/** The dead-letter queue: what nobody could finish ends here, and its review fails with a reason. */
import { buryMessage } from "@vigil/core/flow";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { fromEnvironment } from "../services.ts";
import { flushing } from "../span-export.ts";
import { consumeBatch } from "./consume-batch.ts";

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const { services, spans } = fromEnvironment();
  const consume = flushing(spans, consumeBatch);
  return consume(services, { from: "dead letters", event }, (body, receives) =>
    buryMessage(services, body, receives),
  );
}
