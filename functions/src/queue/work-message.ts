/** One message, worked as a span of the trace that it names. */
import { type Destination, workSpan } from "@vigil/core/platform/message-spans";
import type { Tracer } from "@vigil/core/platform/trace";

export function workMessage<T>(
  { tracer }: { tracer: Tracer },
  { from, traceparent }: { from: Destination; traceparent: string | undefined },
  work: () => Promise<T>,
): Promise<T> {
  return tracer.span(workSpan(from, traceparent ?? null), work);
}
