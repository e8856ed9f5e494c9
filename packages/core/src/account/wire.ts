/** An account's settings and what it has used of its tier. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";
import { Tier } from "../review/wire.ts";

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected HH:MM, 00:00 to 23:59");

/** The hours of the account's day in which alerts wait for the morning summary. Life-safety never waits. */
export const QuietHours = z
  .strictObject({ from: timeOfDay, until: timeOfDay })
  .refine(({ from, until }) => from !== until, "expected two different times; null switches the window off");
export type QuietHours = z.infer<typeof QuietHours>;

export const AccountView = z.object({
  id: Id.of("account"),
  name: z.string(),
  tier: Tier,
  timeZone: z.string(),
  /** Absent: alerts never wait. */
  quietHours: QuietHours.optional(),
  sites: z.array(z.object({ id: Id.of("site"), name: z.string() })),
});
export type AccountView = z.infer<typeof AccountView>;

/** `PATCH /v1/account`: what is left out stays as it is. */
export const AccountChange = z
  .strictObject({
    /** An IANA name: `Europe/London`. */
    timeZone: z.string().min(1).max(64).optional(),
    /** Null switches them off. */
    quietHours: QuietHours.nullable().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "expected timeZone or quietHours");
export type AccountChange = z.infer<typeof AccountChange>;

/** `GET /v1/digests/overnight`: what happened in the quiet hours that began last. Life-safety is left out: it never waits. */
export const Overnight = z.object({
  from: Instant,
  until: Instant,
  /** False while the quiet hours are under way. */
  over: z.boolean(),
  headline: z.string(),
  sentences: z.array(z.string()),
  items: z.array(
    z.object({
      sessionId: Id.of("session"),
      digestId: Id.of("digest").nullable(),
      occurredAt: Instant,
      siteName: z.string(),
      level: Level,
      title: z.string(),
    }),
  ),
});
export type Overnight = z.infer<typeof Overnight>;

/** `PUT /operator/v1/accounts/{id}/tier` */
export const TierInput = z.strictObject({ tier: Tier });

export const Usage = z.object({
  tier: Tier,
  reviews: z.object({
    /** Absent for `pro`, which is never refused. */
    limit: z.int().optional(),
    used: z.int(),
    left: z.int().optional(),
    refunded: z.int(),
    resetsAt: Instant.optional(),
    /** Pro: tokens left for the priority queue. */
    tokens: z.number().optional(),
    tokensMax: z.int().optional(),
  }),
});
export type Usage = z.infer<typeof Usage>;
