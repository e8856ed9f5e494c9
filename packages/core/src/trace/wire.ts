/** Traces as operators read them, where an installation keeps the last ones itself: `GET /operator/v1/traces`. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import { trace as limits } from "../limits.ts";

export const TraceId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .meta({ example: "4bf92f3577b34da6a3ce929d0e0e4736" });
const SpanId = z.string().regex(/^[0-9a-f]{16}$/);

export const SpanView = z
  .object({
    id: SpanId,
    parentId: SpanId.nullable().describe("null: the trace begins with it, or its parent is not Vigil's"),
    service: z.string().max(100),
    name: z.string().max(200),
    kind: z.enum(["internal", "server", "client", "producer", "consumer"]),
    startedAt: Instant,
    startMs: z.number().describe("Milliseconds since the trace's first span began"),
    milliseconds: z.number(),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    failure: z.string().nullable(),
  })
  .meta({ id: "Span" });
export type SpanView = z.infer<typeof SpanView>;

export const TraceView = z
  .object({
    id: TraceId,
    name: z.string().max(200).describe("Of its first span"),
    startedAt: Instant,
    milliseconds: z.number().describe("From its first span's beginning to the last one's end"),
    failed: z.boolean(),
    spans: z.array(SpanView).max(limits.spansShownMax).describe("As they began"),
  })
  .meta({ id: "Trace", description: "What happened to one request, from its device to whoever was told." });
export type TraceView = z.infer<typeof TraceView>;

export const TraceList = z
  .object({
    kept: z
      .boolean()
      .describe("Whether this installation keeps the last traces itself, as a local stack does"),
    collector: z.string().nullable().describe("Where spans are sent: the collector's origin; null: nowhere"),
    items: z.array(TraceView).max(limits.shownMax).describe("The latest first"),
  })
  .meta({ id: "TraceList" });
export type TraceList = z.infer<typeof TraceList>;
