/** Where the events of a session were recorded, as their devices say. */
import type { Event } from "../api/contract.ts";

export type Recording = { eventId: string; occurredAt: string; url: string; host: string };

/** What a device says is anything: only addresses of pages are links. */
export function recordingsOf(events: readonly Event[]): Recording[] {
  return events.flatMap(({ id, occurredAt, attributes }) => {
    const { recording } = attributes;
    const url = typeof recording === "string" ? URL.parse(recording) : null;
    if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return [];
    return { eventId: id, occurredAt, url: url.href, host: url.host };
  });
}
