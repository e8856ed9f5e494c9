/** The bounds of what is recorded of traces: a part of `limits.ts`, by which they are reached. */
import assert from "node:assert/strict";

export const trace = Object.freeze({
  /** Spans of one request to a collector. */
  batchSpansMax: 512,
  /** Spans that wait to be sent: what comes beyond them is thrown away. */
  waitingSpansMax: 4_096,
  /** How long a span waits for others. */
  exportEveryMs: 1_000,
  /** How long a collector may take; whoever is about to be frozen waits for it. */
  exportMsMax: 2_000,
  /** How many traces an operator is shown, and of one so many spans: what a local stack keeps. */
  shownMax: 100,
  spansShownMax: 300,
});

assert(trace.batchSpansMax <= trace.waitingSpansMax, "a whole batch may wait");
