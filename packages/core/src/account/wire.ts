/** An account's settings and what it has used of its tier. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";
import { keeping } from "../limits.ts";
import { Tier } from "../review/wire.ts";
import { text } from "../text.ts";

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

const labelsMax = 100;

export const LabelWish = z
  .strictObject({
    interest: z
      .enum(["news", "also"])
      .optional()
      .describe("`news` may lead a title; `also` is told at the end"),
    confidenceMin: z.number().min(0).max(1).optional().describe("Below it such a thing is not told of"),
  })
  .meta({ id: "LabelWish" });

/** "Tell me about birds": by what the detector calls a thing. */
export const LabelWishes = z
  .record(text().min(1).max(64), LabelWish)
  .refine((wishes) => Object.keys(wishes).length <= labelsMax, `expected at most ${labelsMax} labels`)
  .refine((wishes) => !Object.hasOwn(wishes, "person"), "people are always told of: expected other labels")
  .meta({
    id: "LabelWishes",
    description: "What is told of each thing that the detector names, otherwise than by default.",
    examples: [{ bird: { interest: "news", confidenceMin: 0.3 }, car: { interest: "also" } }],
  });
export type LabelWishes = z.infer<typeof LabelWishes>;

export const KeptPictures = z
  .object({
    days: z
      .int()
      .describe("For how many days a picture is kept; then it is erased for good, and its digest stays"),
    daysChosen: z.int().nullable().describe("What an owner chose; null: as long as the tier has it"),
    daysMax: z.int().describe("As long as the tier has it"),
    heldUntil: Instant.optional().describe(
      "Until then pictures are kept as long as the tier had it that ended last, if that was longer",
    ),
  })
  .meta({ id: "KeptPictures", examples: [{ days: 14, daysChosen: 14, daysMax: 30 }] });

export const AccountView = z
  .object({
    id: Id.of("account"),
    name: z.string(),
    tier: Tier,
    timeZone: z.string().describe("An IANA name"),
    quietHours: QuietHours.optional().describe("Absent: alerts never wait"),
    labels: LabelWishes,
    pictures: KeptPictures,
    modelTrials: z
      .boolean()
      .describe(
        "Whether models on trial may look at pictures as well, and operators be shown those of which two models say different things",
      ),
    sites: z.array(SiteView),
  })
  .meta({ id: "Account" });
export type AccountView = z.infer<typeof AccountView>;

/** `PATCH /v1/account` */
export const AccountChange = z
  .strictObject({
    timeZone: z.string().min(1).max(64).optional().describe("An IANA name"),
    quietHours: QuietHours.nullable().optional().describe("Null switches them off"),
    labels: LabelWishes.optional().describe("All of them: {} goes back to the default"),
    picturesDays: z
      .int()
      .min(1)
      .max(keeping.daysMax)
      .nullable()
      .optional()
      .describe("For how many days pictures are kept; null: as long as the tier has it"),
    modelTrials: z
      .boolean()
      .optional()
      .describe("False ends it, and erases what models on trial saw that nobody has judged yet"),
  })
  .refine(
    (change) => Object.keys(change).length > 0,
    "expected timeZone, quietHours, labels, picturesDays or modelTrials",
  )
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

export const OperatedAccount = z
  .object({
    id: Id.of("account"),
    name: z.string(),
    tier: Tier,
    timeZone: z.string(),
    createdAt: Instant,
    members: z.int(),
    devices: z.int(),
  })
  .meta({
    id: "OperatedAccount",
    description: "An account as operators see it: nothing of what it has seen.",
  });
export type OperatedAccount = z.infer<typeof OperatedAccount>;

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

export const NewAccount = z
  .strictObject({
    name: text().min(1).max(100),
    siteName: text().min(1).max(100).describe("Its first site: a home, a shop"),
    timeZone: z.string().min(1).max(64).describe("An IANA name, such as Europe/London"),
    memberName: text().min(1).max(100).describe("What you are called there"),
  })
  .meta({
    id: "NewAccount",
    examples: [{ name: "Harbour Street 4", siteName: "Home", timeZone: "Europe/London", memberName: "Ada" }],
  });
export type NewAccount = z.infer<typeof NewAccount>;
