/** An account's settings and what it has used of its tier. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Tier } from "../review/wire.ts";

export const AccountView = z.object({
  id: Id.of("account"),
  name: z.string(),
  tier: Tier,
  timeZone: z.string(),
  sites: z.array(z.object({ id: Id.of("site"), name: z.string() })),
});
export type AccountView = z.infer<typeof AccountView>;

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
