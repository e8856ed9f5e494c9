/** Devices and their keys, as members read and make them. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { text } from "../text.ts";

export const DeviceInput = z
  .strictObject({
    name: text().min(1).max(100),
    siteId: Id.of("site"),
    zone: text().min(1).max(64).optional(),
  })
  .meta({
    id: "DeviceInput",
    examples: [{ name: "Porch camera", siteId: `sit_${Id.exampleDigits}`, zone: "front_door" }],
  });
export type DeviceInput = z.infer<typeof DeviceInput>;

export const KeyView = z
  .object({
    id: Id.of("key"),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: "Key" });

export const DeviceView = z
  .object({
    id: Id.of("device"),
    siteId: Id.of("site"),
    name: z.string(),
    zone: z.string().nullable(),
    createdAt: Instant,
    keys: z.array(KeyView),
  })
  .meta({ id: "Device" });
export type DeviceView = z.infer<typeof DeviceView>;

export const DeviceWithKey = DeviceView.extend({ key: z.string() }).meta({
  id: "DeviceWithKey",
  description: "The only answer that ever holds a key in the clear.",
});
export type DeviceWithKey = z.infer<typeof DeviceWithKey>;
