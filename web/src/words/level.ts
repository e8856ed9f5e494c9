/** The four threat levels as people read them, from the calmest. */
import type { Level } from "../api/contract.ts";
import { everywhere } from "./say.ts";

export const levels = ["low", "standard", "elevated", "critical"] as const satisfies readonly Level[];

export const levelName: Readonly<Record<Level, string>> = everywhere.levels;
