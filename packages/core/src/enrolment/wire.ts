/** Enrolment: a device asks for a code, an owner types it, the device gets its key (in the shape of RFC 8628). */
import * as z from "zod";
import { DeviceInput } from "../device/wire.ts";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { text } from "../text.ts";

export const EnrolmentKind = z
  .enum(["camera", "gateway", "other"])
  .meta({ id: "EnrolmentKind", description: "What a device says that it is." });
export type EnrolmentKind = z.infer<typeof EnrolmentKind>;

export const EnrolmentInput = z
  .strictObject({
    name: text().min(1).max(100).describe("What it calls itself; an owner may call it otherwise"),
    kind: EnrolmentKind.default("other"),
  })
  .meta({ id: "EnrolmentInput", examples: [{ name: "Porch camera", kind: "camera" }] });
export type EnrolmentInput = z.infer<typeof EnrolmentInput>;

export const EnrolmentCodes = z
  .object({
    deviceCode: z.string().describe("The device's own secret, with which it asks for its key"),
    userCode: z.string().describe("For an owner to type: WDJB-MJHT"),
    verificationUri: z.url().describe("Where it is typed"),
    verificationUriComplete: z.url().describe("The same with the code in it: draw it as a QR code"),
    expiresIn: z.int().describe("Seconds for which the codes are good"),
    interval: z.int().describe("Seconds to leave between two questions"),
  })
  .meta({
    id: "EnrolmentCodes",
    description: "The answer of RFC 8628, section 3.2. The only one that ever holds the device's code.",
  });
export type EnrolmentCodes = z.infer<typeof EnrolmentCodes>;

const deviceCode = z.string().min(1).max(100);

export const EnrolmentQuestion = z
  .strictObject({ deviceCode })
  .meta({ id: "EnrolmentQuestion", examples: [{ deviceCode: "q8…" }] });

export const EnrolledDevice = z
  .object({
    deviceId: Id.of("device"),
    siteId: Id.of("site"),
    name: z.string(),
    zone: z.string().nullable(),
    key: z.string(),
  })
  .meta({
    id: "EnrolledDevice",
    description:
      "The device's key. Asked for again before the key was used, another one comes in its place; after that, nothing.",
  });
export type EnrolledDevice = z.infer<typeof EnrolledDevice>;

const userCode = z.string().min(1).max(50).describe("As it was typed: case, spaces and dashes do not matter");
const exampleCode = "WDJB-MJHT";

export const EnrolmentCode = z
  .strictObject({ userCode })
  .meta({ id: "EnrolmentCode", examples: [{ userCode: exampleCode }] });

export const EnrolmentShown = z
  .object({ name: z.string(), kind: EnrolmentKind, askedAt: Instant, expiresAt: Instant })
  .meta({ id: "Enrolment", description: "A device that waits, in its own words." });
export type EnrolmentShown = z.infer<typeof EnrolmentShown>;

export const EnrolmentGrant = DeviceInput.extend({ userCode }).meta({
  id: "EnrolmentGrant",
  examples: [
    { userCode: exampleCode, name: "Porch camera", siteId: `sit_${Id.exampleDigits}`, zone: "front_door" },
  ],
});
export type EnrolmentGrant = z.infer<typeof EnrolmentGrant>;
