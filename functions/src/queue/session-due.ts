/** A delayed message says that a session may be due to close. One that is not due yet is sent again for later. */

import type { Services } from "@vigil/core/flow";
import { closeSession } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { queue as limits } from "@vigil/core/limits";
import { currentTraceparent } from "@vigil/core/platform/trace";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import * as z from "zod";
import { fromEnvironment } from "../services.ts";
import { flushing } from "../span-export.ts";
import { consumeBatch } from "./consume-batch.ts";

const SessionDue = z.object({ v: z.literal(1), sessionId: Id.of("session") });

export async function sessionDue(services: Services, body: string): Promise<void> {
  const { sessionId } = SessionDue.parse(JSON.parse(body));
  const closing = await closeSession(services, sessionId);
  if (closing.kind !== "not-due") return;
  const seconds = Math.ceil((closing.closesAt.getTime() - services.clock.now().getTime()) / 1000);
  await services.sessionsDue.send(body, {
    delaySeconds: Math.max(0, Math.min(seconds, limits.delaySecondsMax)),
    traceparent: currentTraceparent(),
  });
}

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const { services, spans } = fromEnvironment();
  const consume = flushing(spans, consumeBatch);
  return consume(services, { from: "sessions", event }, (body) => sessionDue(services, body));
}
