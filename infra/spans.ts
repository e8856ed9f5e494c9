/** Where spans of traces are sent, where the operator has named a collector. */
import { config } from "./config.ts";

/** `npx sst secret set CollectorHeaders "authorization=Bearer%20…"`; without it, none are sent. */
const headers =
  config.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? undefined : new sst.Secret("CollectorHeaders", "");

export const spans: Record<string, $util.Input<string>> = headers &&
config.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined
  ? {
      OTEL_EXPORTER_OTLP_ENDPOINT: config.OTEL_EXPORTER_OTLP_ENDPOINT,
      OTEL_EXPORTER_OTLP_HEADERS: headers.value,
    }
  : {};
