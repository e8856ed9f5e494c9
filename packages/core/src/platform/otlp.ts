/**
 * Sends spans to a collector of OpenTelemetry, as JSON over HTTP (https://opentelemetry.io/docs/specs/otlp/#otlphttp). Nobody
 * waits for it, and nothing is kept for long: what a collector does not take is thrown away and counted.
 *
 * @example
 *   const spans = otlpSpans({ url: "http://localhost:4318", service: "vigil-api", onFault: (error) => log.warn(...) });
 *   const tracer = createTracer({ record: spans.record });
 */
import { trace as limits } from "../limits.ts";
import type { Attributes, Span, SpanKind } from "./trace.ts";

export type SpanExport = {
  record: (span: Span) => void;
  /** Sends what has been recorded. Never throws. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

/** https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto */
const kinds: Record<SpanKind, number> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const failed = 2;

export function otlpSpans({
  url,
  headers = {},
  service,
  onFault,
  send = fetch,
}: {
  /** Of the collector, without `/v1/traces`. */
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Which program it is. */
  service: string;
  /** At most once for each batch that was lost. */
  onFault: (fault: { err: unknown; spans: number }) => void;
  send?: typeof fetch;
}): SpanExport {
  const address = `${url.replace(/\/$/, "")}/v1/traces`;
  let waiting: Span[] = [];
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();

  async function sendBatch(spans: readonly Span[]): Promise<void> {
    const answer = await send(address, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(requestOf(service, spans)),
      signal: AbortSignal.timeout(limits.exportMsMax),
      redirect: "error",
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the collector answered ${answer.status}`);
  }

  async function sendAll(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, limits.batchSpansMax);
      waiting = waiting.slice(batch.length);
      try {
        await sendBatch(batch);
      } catch (err) {
        onFault({ err, spans: batch.length + lost });
        lost = 0;
      }
    }
  }

  const flush = () => (sending = sending.then(sendAll));
  return {
    record(span) {
      if (waiting.length >= limits.waitingSpansMax) {
        lost += 1;
        return;
      }
      waiting.push(span);
      timer ??= setTimeout(() => void flush(), limits.exportEveryMs).unref();
    },
    flush,
    close: flush,
  };
}

/** `OTEL_EXPORTER_OTLP_HEADERS`: `name=value,name=value`, values percent-encoded. @throws Error for anything else but nothing */
export function readHeaders(text: string): Record<string, string> {
  if (text === "") return {};
  const pairs = text.split(",").map((pair) => /^\s*([\w.-]+)\s*=\s*([^\s=].*?)\s*$/.exec(pair));
  if (pairs.includes(null)) throw new Error("expected name=value, separated by commas");
  return Object.fromEntries(
    pairs.map((pair) => [String(pair?.[1]).toLowerCase(), decodeURIComponent(String(pair?.[2]))]),
  );
}

function requestOf(service: string, spans: readonly Span[]) {
  const resource = { attributes: attributesOf({ "service.name": service }) };
  return {
    resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "vigil" }, spans: spans.map(spanOf) }] }],
  };
}

function spanOf({ traceId, spanId, parentSpanId, name, kind, startMs, endMs, attributes, failure }: Span) {
  return {
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name,
    kind: kinds[kind],
    startTimeUnixNano: nanoseconds(startMs),
    endTimeUnixNano: nanoseconds(endMs),
    attributes: attributesOf(attributes),
    status: failure === undefined ? {} : { code: failed, message: failure },
  };
}

/** More of them since 1970 than a number holds exactly. */
function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n);
}

function attributesOf(attributes: Attributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: string | number | boolean) {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
