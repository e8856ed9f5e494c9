/** `GET /v1/search`: digests that answer a question, and how the question was understood. */
import * as z from "zod";
import { InboxDigest } from "../digest/wire.ts";
import { Instant } from "../event/wire.ts";

export const Understood = z
  .object({
    words: z.string().describe("What was looked for; empty: anything"),
    stretches: z
      .array(z.object({ from: Instant, until: Instant }))
      .nullable()
      .describe(
        "When, by the account's time zone; null: at any time; empty: at a time that has not come yet",
      ),
  })
  .meta({ id: "Understood" });

export const SearchPage = z
  .object({
    items: z.array(InboxDigest),
    nextCursor: z.string().nullable().describe("Null: this is the last page"),
    understood: Understood,
  })
  .meta({ id: "SearchPage", description: "Digests that answer a question, the newest first." });
export type SearchPage = z.infer<typeof SearchPage>;
