/**
 * How spans of queues are called, after OpenTelemetry's conventions
 * (https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/).
 */
import type { Attributes, Told } from "./trace.ts";

/** What goes through queues: one name for both of jobs. */
export type Destination = "sessions" | "jobs" | "chunks" | "deliveries" | "dead letters";

/** @param parent as in `Told` */
export function sendSpan(to: Destination, parent: string | null | undefined, more: Attributes = {}): Told {
  return messageSpan("send", to, parent, more);
}

/** @param parent what came with the message */
export function workSpan(from: Destination, parent: string | null, more: Attributes = {}): Told {
  return messageSpan("process", from, parent, more);
}

function messageSpan(
  operation: "send" | "process",
  destination: Destination,
  parent: string | null | undefined,
  more: Attributes,
): Told {
  return {
    name: `${operation} ${destination}`,
    kind: operation === "send" ? "producer" : "consumer",
    attributes: {
      "messaging.system": "aws_sqs",
      "messaging.destination.name": destination,
      "messaging.operation.type": operation,
      ...more,
    },
    ...(parent === undefined ? {} : { parent }),
  };
}
