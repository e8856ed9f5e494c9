/**
 * What happens to one event, from its device to whoever is told of it, as spans of one trace. Where nobody records them they
 * are not made; which trace something belongs to is carried on all the same, to workers and to webhooks.
 *
 * @example
 *   const tracer = createTracer({ record: (span) => exporter.record(span) });
 *   await tracer.span({ name: "process jobs", kind: "consumer", parent: job.traceparent }, () => work(job));
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { beginSpan, readTraceparent, type TraceContext, writeTraceparent } from "./trace-context.ts";

export type SpanKind = "internal" | "server" | "client" | "producer" | "consumer";
/** Named as OpenTelemetry names them, and `vigil.*`. Ids, figures and kinds: nothing that a person wrote or is. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export type Span = {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  kind: SpanKind;
  /** Milliseconds since 1970. */
  startMs: number;
  endMs: number;
  attributes: Attributes;
  /** What kind of failure it ended with; never its text, which may quote data. */
  failure: string | undefined;
};

export type Told = {
  name: string;
  kind: SpanKind;
  attributes?: Attributes;
  /**
   * The `traceparent` under which it happens; null: a trace begins. Absent: what is under way in this chain of calls. One that
   * is not well-formed counts as null.
   */
  parent?: string | null;
  /** At the door: whether spans are recorded is decided here, whatever the caller's flag says. */
  atDoor?: boolean;
};

/** A span that is under way. */
export type Live = {
  /** What to pass on to whoever goes on with it. */
  readonly traceparent: string;
  readonly set: (attributes: Attributes) => void;
  readonly name: (name: string) => void;
  readonly fail: (kind: string) => void;
};

export interface Tracer {
  /** Runs `work` inside a span. What it throws is thrown on. */
  span<T>(told: Told, work: (live: Live) => Promise<T>): Promise<T>;
  /** A span within the present one that has ended already. */
  past(told: Omit<Told, "parent" | "atDoor">, time: { startMs: number; endMs: number }): void;
}

const present = new AsyncLocalStorage<TraceContext>();

/** The `traceparent` of what is under way in this chain of calls; null outside of any. */
export function currentTraceparent(): string | null {
  const context = present.getStore();
  return context ? writeTraceparent(context) : null;
}

/** @param record is called with each span as it ends, and must neither wait nor throw; undefined: nobody records */
export function createTracer({ record }: { record: ((span: Span) => void) | undefined }): Tracer {
  return {
    async span(told, work) {
      const parent = parentOf(told);
      const sampled = record !== undefined && (told.atDoor === true || (parent?.sampled ?? true));
      const context = beginSpan(parent, sampled);
      const recording = begin(told);
      const live: Live = { traceparent: writeTraceparent(context), ...recording.live };
      try {
        return await present.run(context, () => work(live));
      } catch (error) {
        live.fail(error instanceof Error ? error.name : typeof error);
        throw error;
      } finally {
        if (sampled) record?.({ ...recording.end(), ...idsOf(context, parent) });
      }
    },
    past({ name, kind, attributes = {} }, { startMs, endMs }) {
      const parent = present.getStore();
      if (!parent?.sampled || record === undefined) return;
      const ids = idsOf(beginSpan(parent, true), parent);
      record({ name, kind, attributes, startMs, endMs, failure: undefined, ...ids });
    },
  };
}

function parentOf({ parent }: Told): TraceContext | undefined {
  return parent === undefined ? present.getStore() : readTraceparent(parent);
}

function idsOf({ traceId, spanId }: TraceContext, parent: TraceContext | undefined) {
  return { traceId, spanId, parentSpanId: parent?.spanId };
}

/** The part of a span that its work may change. */
function begin({ name: first, kind, attributes: given = {} }: Told) {
  const startMs = Date.now();
  // The wall clock may be set while it lasts.
  const since = performance.now();
  let name = first;
  let attributes = given;
  let failure: string | undefined;
  return {
    live: {
      set(more: Attributes) {
        attributes = { ...attributes, ...more };
      },
      name(now: string) {
        name = now;
      },
      fail(what: string) {
        failure = what;
      },
    },
    end: () => ({ name, kind, attributes, failure, startMs, endMs: startMs + performance.now() - since }),
  };
}
