/** Devices and their keys, as members read and make them. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { text } from "../text.ts";

export const DeviceInput = z.strictObject({
  name: text().min(1).max(100),
  siteId: Id.of("site"),
  zone: text().min(1).max(64).optional(),
});
export type DeviceInput = z.infer<typeof DeviceInput>;

/** What is known of a device's clock from the times of its events. */
export const DeviceClock = z.object({
  state: z.enum(["unknown", "right", "ahead", "behind"]),
  /** Positive: ahead of ours. Events are corrected by it. */
  offSeconds: z.number(),
  since: Instant.nullable(),
  /** When it last jumped, as after a power cut or a change of its time zone. */
  jumpedAt: Instant.nullable(),
  /** For an owner; null where nothing is to be done. */
  text: z.string().nullable(),
});
export type DeviceClock = z.infer<typeof DeviceClock>;

export const DeviceView = z.object({
  id: Id.of("device"),
  siteId: Id.of("site"),
  name: z.string(),
  zone: z.string().nullable(),
  clock: DeviceClock,
  createdAt: Instant,
  keys: z.array(
    z.object({
      id: Id.of("key"),
      createdAt: Instant,
      lastUsedAt: Instant.nullable(),
      revokedAt: Instant.nullable(),
    }),
  ),
});
export type DeviceView = z.infer<typeof DeviceView>;

/** The only answer that ever holds a key in the clear. */
export const DeviceWithKey = DeviceView.extend({ key: z.string() });
export type DeviceWithKey = z.infer<typeof DeviceWithKey>;
