/** Devices and their keys, as members read and make them. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { enrolment as limits } from "../limits.ts";
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

export const DeviceClock = z
  .object({
    state: z.enum(["unknown", "right", "ahead", "behind"]),
    offSeconds: z.number().describe("Positive: ahead of ours. Events are corrected by it"),
    since: Instant.nullable(),
    jumpedAt: Instant.nullable().describe(
      "When it last jumped, as after a power cut or a change of its time zone",
    ),
    text: z.string().nullable().describe("For an owner; null where nothing is to be done"),
  })
  .meta({
    id: "DeviceClock",
    description: "What is known of a device's clock from the times of its events.",
  });
export type DeviceClock = z.infer<typeof DeviceClock>;

export const TroubleKind = z.enum(["silent", "blind", "clock", "blurred", "overexposed", "frozen"]).meta({
  id: "TroubleKind",
  description:
    "`silent`: nothing is heard of it; `blind`: its pictures show one colour and nothing else; `clock`: its clock is wrong; `blurred`, `overexposed`: so are its pictures; `frozen`: it shows the same picture for hours.",
});
export type TroubleKind = z.infer<typeof TroubleKind>;

export const DeviceTrouble = z
  .object({
    kind: TroubleKind,
    sensor: z
      .string()
      .nullable()
      .describe("A sensor that the device, a gateway, speaks for; null: the device itself"),
    since: Instant,
  })
  .meta({ id: "DeviceTrouble" });

export const KeyView = z
  .object({
    id: Id.of("key"),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    expiresAt: Instant.nullable().describe("When it ends because another has taken its place"),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: "Key" });

export const DeviceView = z
  .object({
    id: Id.of("device"),
    siteId: Id.of("site"),
    name: z.string(),
    zone: z.string().nullable(),
    clock: DeviceClock,
    heardAt: Instant.nullable().describe("When its newest event was received"),
    troubles: z.array(DeviceTrouble).describe("What is wrong with it now"),
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

export const KeyRotation = z
  .strictObject({
    overlapHours: z
      .int()
      .min(0)
      .max(limits.overlapHoursMax)
      .default(limits.overlapHoursDefault)
      .describe("How long the old keys stay valid beside the new one"),
  })
  .meta({ id: "KeyRotation", examples: [{ overlapHours: 24 }] });
export type KeyRotation = z.infer<typeof KeyRotation>;
