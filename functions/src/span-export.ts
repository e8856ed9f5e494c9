/** Where spans go, where the operator has named a collector; otherwise nothing is recorded and nothing is sent. */
import type { Log } from "@vigil/core/flow";
import { otlpSpans, readHeaders, type SpanExport } from "@vigil/core/platform/otlp";
import type { Config } from "./config.ts";

export function spanExportOf(
  config: Pick<Config, "OTEL_EXPORTER_OTLP_ENDPOINT" | "OTEL_EXPORTER_OTLP_HEADERS">,
  log: Log,
): SpanExport | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_HEADERS: headers } = config;
  if (url === undefined) return undefined;
  return otlpSpans({
    url,
    headers: headers === undefined ? {} : readHeaders(headers),
    service: "vigil-api",
    onFault: ({ err, spans }) => log.warn({ err, spans }, "spans could not be sent, and are lost"),
  });
}

/** What answers a call, and has sent what it recorded by then: an instance is frozen between two. */
export function flushing<Call extends readonly unknown[], Answer>(
  spans: SpanExport | undefined,
  answer: (...call: Call) => Promise<Answer>,
): (...call: Call) => Promise<Answer> {
  if (!spans) return answer;
  return async (...call) => {
    try {
      return await answer(...call);
    } finally {
      await spans.flush();
    }
  };
}
