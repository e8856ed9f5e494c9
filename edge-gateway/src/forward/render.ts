/** An item's body: rendered once, and never changed, because the API refuses another body under an id that it knows. */
import { EventInput } from "@vigil/core/event/wire";
import { accept } from "@vigil/core/limits";
import type { Item } from "../store/item.ts";
import type { ClockQuality } from "./heard-at.ts";

/** The API takes events of the last 30 days. A body is rendered this much before that, for the way and its retries. */
const ageMarginMs = 60 * 60 * 1000;

export type Rendered = { body: string } | { refused: string };

/**
 * @param heard when it truly happened, as `heardAt` says
 * @param now the true time, milliseconds since 1970
 * @returns the event as JSON, or why the API's own schema would refuse it
 */
export function render(item: Item, heard: { trueMs: number; quality: ClockQuality }, now: number): Rendered {
  const earliest = now - accept.eventAgeMsMax + ageMarginMs;
  const { type, zone, confidence, mode, attributes } = item.heard;
  const occurredAt = new Date(Math.round(Math.max(earliest, heard.trueMs)));
  const notes = {
    ...(heard.quality === "checked" ? {} : { clock: heard.quality }),
    // Older than the API takes: it is told at the earliest time that it takes, and says what is true.
    ...(heard.trueMs < earliest ? { heardAt: new Date(Math.round(heard.trueMs)).toISOString() } : {}),
  };
  const evidence = item.evidence.map(({ signature: _signature, ...piece }) => piece);
  const event = {
    id: item.id,
    type,
    occurredAt: occurredAt.toISOString(),
    ...(zone === undefined ? {} : { zone }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(mode === undefined ? {} : { mode }),
    attributes: { ...attributes, ...notes },
    ...(evidence.length === 0 ? {} : { evidence }),
  };
  const parsed = EventInput.safeParse(event);
  if (parsed.success) return { body: JSON.stringify(parsed.data) };
  const [issue] = parsed.error.issues;
  return { refused: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not an event"}` };
}
