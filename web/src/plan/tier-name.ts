/** What the tiers are called, in every language. */
import type { Tier } from "../api/contract.ts";

export const tierName: Readonly<Record<Tier, string>> = { lite: "Lite", guardian: "Guardian", pro: "Pro" };
