/** Erasing an account. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { erasureStates } from "./state.ts";

export const ErasureInput = z
  .strictObject({ name: z.string().min(1).max(100).describe("The account's name, typed to confirm") })
  .meta({ id: "ErasureInput", examples: [{ name: "Harbour Street 4" }] });
export type ErasureInput = z.infer<typeof ErasureInput>;

export const ErasedCounts = z
  .object({
    objects: z.int().describe("Pictures, archives and other objects of the evidence store"),
    bytes: z.int().describe("In those objects"),
    rows: z.record(z.string(), z.int()).describe("By table"),
    subscriptions: z.int().describe("That were cancelled at the payment provider"),
    subscriptionsLeft: z
      .int()
      .describe("That could not be: this installation has no way to its payment provider. Cancel them there"),
  })
  .meta({ id: "ErasedCounts" });
export type ErasedCounts = z.infer<typeof ErasedCounts>;

export const Erasure = z
  .object({
    id: Id.of("erasure"),
    state: z.enum(erasureStates),
    askedAt: Instant,
    beginsAt: Instant.describe("Until then an owner may call it off"),
    doneAt: Instant.nullable(),
    counts: ErasedCounts.describe("What went until now"),
    note: z
      .string()
      .nullable()
      .describe(
        "The receipt as a C2SP signed note, with the key that signs the evidence log; null until it is done",
      ),
  })
  .meta({
    id: "Erasure",
    description: "An account is to be erased, is being erased, or was. Nothing in it is personal.",
  });
export type Erasure = z.infer<typeof Erasure>;

export const ErasureShown = z
  .object({ erasure: Erasure.nullable().describe("Null: none was asked for") })
  .meta({ id: "ErasureShown" });
export type ErasureShown = z.infer<typeof ErasureShown>;
