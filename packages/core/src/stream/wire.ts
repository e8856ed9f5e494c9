/** What an open console is told as it happens. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";

export const EntryKind = z
  .enum(["digest", "addendum", "assessment", "review", "session", "device"])
  .meta({ id: "StreamEntryKind" });
export type EntryKind = z.infer<typeof EntryKind>;

/** The data of one server-sent event; the event's id is the entry's number, its name the kind. */
export const StreamEntry = z
  .object({
    kind: EntryKind,
    /** What it is about: read it anew. */
    subject: z.string(),
    at: Instant,
    /** By kind: a level and a title, a review's state. */
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "StreamEntry" });
export type StreamEntry = z.infer<typeof StreamEntry>;
