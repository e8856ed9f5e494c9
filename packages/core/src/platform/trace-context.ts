/**
 * Where in a trace something happens, as the header `traceparent` says it (https://www.w3.org/TR/trace-context/). Pure.
 *
 * It comes from devices and in messages that nobody signed, and says what belongs together; nothing else is ever decided by it.
 * `tracestate` is neither read nor passed on: what a device's vendor says in it is nothing for the receiver of a webhook.
 */
import { randomBytes } from "node:crypto";

export type TraceContext = {
  /** 32 hexadecimal digits, not all of them 0. */
  traceId: string;
  /** 16 hexadecimal digits, not all of them 0. */
  spanId: string;
  /** Whether its spans are recorded anywhere. */
  sampled: boolean;
};

/** More of them than a header of any version to come needs. */
const charsMax = 256;
const version00 = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
/** What a later version may append is not understood, and so not looked at. */
const laterVersion = /^(?!00|ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const nothing = /^0+$/;

/** Undefined for whatever is not a `traceparent`: the trace then begins here. */
export function readTraceparent(text: string | null | undefined): TraceContext | undefined {
  if (!text || text.length > charsMax) return undefined;
  const [, traceId = "0", spanId = "0", flags = "00"] = version00.exec(text) ?? laterVersion.exec(text) ?? [];
  if (nothing.test(traceId) || nothing.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function writeTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}

/** The context of a new span: of its parent's trace, or of one that begins with it. */
export function beginSpan(parent: TraceContext | undefined, sampled: boolean): TraceContext {
  const traceId = parent?.traceId ?? randomBytes(16).toString("hex");
  return { traceId, spanId: randomBytes(8).toString("hex"), sampled };
}
