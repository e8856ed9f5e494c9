/** An account's settings and what it has used of its tier. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";
import { Tier } from "../review/wire.ts";

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected HH:MM, 00:00 to 23:59");

export const QuietHours = z
  .strictObject({ from: timeOfDay, until: timeOfDay })
  .refine(({ from, until }) => from !== until, "expected two different times; null switches the window off")
  .meta({
    id: "QuietHours",
    description:
      "The hours of the account's day in which alerts wait for the morning summary. Life-safety never waits.",
    examples: [{ from: "22:30", until: "07:00" }],
  });
export type QuietHours = z.infer<typeof QuietHours>;

export const SiteView = z.object({ id: Id.of("site"), name: z.string() }).meta({ id: "Site" });

export const AccountView = z
  .object({
    id: Id.of("account"),
    name: z.string(),
    tier: Tier,
    timeZone: z.string().describe("An IANA name"),
    quietHours: QuietHours.optional().describe("Absent: alerts never wait"),
    sites: z.array(SiteView),
  })
  .meta({ id: "Account" });
export type AccountView = z.infer<typeof AccountView>;

/** `PATCH /v1/account` */
export const AccountChange = z
  .strictObject({
    timeZone: z.string().min(1).max(64).optional().describe("An IANA name"),
    quietHours: QuietHours.nullable().optional().describe("Null switches them off"),
  })
  .refine((change) => Object.keys(change).length > 0, "expected timeZone or quietHours")
  .meta({
    id: "AccountChange",
    description: "What is left out stays as it is.",
    examples: [{ timeZone: "Europe/London", quietHours: { from: "22:30", until: "07:00" } }],
  });
export type AccountChange = z.infer<typeof AccountChange>;

export const OvernightItem = z
  .object({
    sessionId: Id.of("session"),
    digestId: Id.of("digest").nullable(),
    occurredAt: Instant,
    siteName: z.string(),
    level: Level,
    title: z.string(),
  })
  .meta({ id: "OvernightItem" });

/** `GET /v1/digests/overnight` */
export const Overnight = z
  .object({
    from: Instant,
    until: Instant,
    over: z.boolean().describe("False while the quiet hours are under way"),
    headline: z.string(),
    sentences: z.array(z.string()),
    items: z.array(OvernightItem),
  })
  .meta({
    id: "Overnight",
    description: "What happened in the quiet hours that began last. Life-safety is left out: it never waits.",
  });
export type Overnight = z.infer<typeof Overnight>;

/** `PUT /operator/v1/accounts/{id}/tier` */
export const TierInput = z
  .strictObject({ tier: Tier })
  .meta({ id: "TierInput", examples: [{ tier: "pro" }] });

export const ReviewUsage = z
  .object({
    limit: z.int().optional().describe("Absent for `pro`, which is never refused"),
    used: z.int(),
    left: z.int().optional(),
    refunded: z.int(),
    resetsAt: Instant.optional(),
    tokens: z.number().optional().describe("Pro: tokens left for the priority queue"),
    tokensMax: z.int().optional(),
  })
  .meta({ id: "ReviewUsage" });

export const Usage = z.object({ tier: Tier, reviews: ReviewUsage }).meta({ id: "Usage" });
export type Usage = z.infer<typeof Usage>;
