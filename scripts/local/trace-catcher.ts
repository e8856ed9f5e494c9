/**
 * Keeps the last traces of the local stack: takes spans as a collector of OpenTelemetry does, in memory, and answers them to the
 * API, which shows them to operators. Nothing leaves the machine.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { trace as limits } from "@vigil/core/limits";
import type { SpanView, TraceView } from "@vigil/core/trace/wire";
import * as z from "zod";

export type TraceCatcher = {
  /** Of the collector: `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  url: string;
  /** Where the last traces can be read, the latest first: `TRACES_URL`. */
  tracesUrl: string;
  list(): TraceView[];
  stop(): Promise<void>;
};

const bodyBytesMax = 4 * 1024 * 1024;
const kinds = ["internal", "internal", "server", "client", "producer", "consumer"] as const;

const Value = z.object({
  stringValue: z.string().optional(),
  boolValue: z.boolean().optional(),
  intValue: z.coerce.number().optional(),
  doubleValue: z.number().optional(),
});
const Attribute = z.object({ key: z.string().max(100), value: Value });
const Span = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.int().min(0).max(5),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes: z.array(Attribute).max(100),
  status: z.object({ code: z.int().optional(), message: z.string().optional() }),
});
/** What Vigil's own programs send; others may send more. */
const Sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute) }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
});

type Kept = Omit<SpanView, "startMs"> & { fromMs: number };

export async function startTraceCatcher(): Promise<TraceCatcher> {
  /** In the order in which traces were last added to. */
  const traces = new Map<string, Kept[]>();
  const keep = (id: string, span: Kept) => {
    const spans = traces.get(id) ?? [];
    if (spans.length < limits.spansShownMax) spans.push(span);
    traces.delete(id);
    traces.set(id, spans);
    for (const oldest of traces.keys()) {
      if (traces.size <= limits.shownMax) break;
      traces.delete(oldest);
    }
  };
  const list = () => [...traces].toReversed().map(([id, spans]) => viewOf(id, spans));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === "GET" && request.url === "/traces") {
      response.setHeader("content-type", "application/json").end(JSON.stringify(list()));
      return;
    }
    if (request.method !== "POST" || request.url !== "/v1/traces") {
      response.writeHead(404).end();
      return;
    }
    const sent = Sent.safeParse(JSON.parse(await readBody(request)));
    if (sent.success) for (const [id, span] of spansOf(sent.data)) keep(id, span);
    response.writeHead(sent.success ? 200 : 400, { "content-type": "application/json" }).end("{}");
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    tracesUrl: `${url}/traces`,
    list,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > bodyBytesMax) throw new RangeError(`expected at most ${bodyBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function spansOf({ resourceSpans }: z.infer<typeof Sent>): [string, Kept][] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === "service.name")?.value.stringValue ?? "";
    return scopeSpans.flatMap(({ spans }) =>
      spans.map((span): [string, Kept] => [span.traceId, keptOf(service, span)]),
    );
  });
}

function keptOf(service: string, span: z.infer<typeof Span>): Kept {
  const fromMs = msOf(span.startTimeUnixNano);
  return {
    id: span.spanId,
    parentId: span.parentSpanId || null,
    service: service.slice(0, 100),
    name: span.name.slice(0, 200),
    kind: kinds[span.kind] ?? "internal",
    startedAt: new Date(fromMs).toISOString(),
    fromMs,
    milliseconds: Math.max(0, msOf(span.endTimeUnixNano) - fromMs),
    attributes: Object.fromEntries(
      span.attributes.map(({ key, value: { stringValue, boolValue, intValue, doubleValue } }) => [
        key,
        stringValue ?? boolValue ?? intValue ?? doubleValue ?? "",
      ]),
    ),
    failure: span.status.code === 2 ? (span.status.message ?? "") : null,
  };
}

/** To a microsecond. */
function msOf(nanoseconds: bigint): number {
  return Number(nanoseconds / 1000n) / 1000;
}

function viewOf(id: string, kept: readonly Kept[]): TraceView {
  const spans = kept.toSorted((a, b) => a.fromMs - b.fromMs);
  const [first] = spans;
  const fromMs = first?.fromMs ?? 0;
  const untilMs = Math.max(...spans.map((span) => span.fromMs + span.milliseconds));
  return {
    id,
    name: first?.name ?? "",
    startedAt: new Date(fromMs).toISOString(),
    milliseconds: untilMs - fromMs,
    failed: spans.some(({ failure }) => failure !== null),
    spans: spans.map(({ fromMs: from, ...span }) => ({ ...span, startMs: from - fromMs })),
  };
}
