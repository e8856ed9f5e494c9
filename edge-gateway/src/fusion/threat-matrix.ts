/**
 * The threat matrix: which evidence together means what, how bad that is, and what to do first. The first row whose
 * needs are met speaks; a site may replace the table in `gateway.yaml`.
 */
import { Level } from "@vigil/core/level";
import * as z from "zod";
import { alarmKinds } from "../sensing-words.ts";

/** Independent kinds of evidence. The two flame inputs are one sensor, and so are heat and its rise one array. */
export const sources = ["smoke", "gas", "flame", "thermal", "vision"] as const;
export const Source = z.enum(sources);
export type Source = z.infer<typeof Source>;

/** How much a source must say: `active` is beyond its threshold, `decisive` enough to act on alone. */
const Need = z.enum(["active", "decisive"]);

export const ThreatRow = z
  .strictObject({
    threat: z.string().min(1).max(80),
    needs: z.partialRecord(Source, Need).default({}),
    /** So many sources of any kind, beside what `needs` names. */
    sourcesMin: z.int().min(1).max(sources.length).default(1),
    kind: z.enum(alarmKinds),
    level: Level,
    mitigations: z.array(z.string().min(1).max(200)).min(1).max(8),
  })
  .refine((row) => Object.keys(row.needs).length > 0 || row.sourcesMin >= 2, {
    message: "expected a row to need a source, or at least two of any kind",
  });
export type ThreatRow = z.infer<typeof ThreatRow>;

export const ThreatMatrix = z
  .array(ThreatRow)
  .min(1)
  .max(64)
  .superRefine((rows, context) => {
    rows.forEach((row, index) => {
      const hiding = rows.findIndex((earlier, at) => at < index && covers(earlier, row));
      if (hiding < 0) return;
      const message = `"${row.threat}" never speaks: "${rows[hiding]?.threat}" above it needs no more`;
      context.addIssue({ code: "custom", path: [index], message });
    });
  });
export type ThreatMatrix = z.infer<typeof ThreatMatrix>;

/** Whether everything that meets the later row's needs meets the earlier one's. */
function covers(earlier: ThreatRow, later: ThreatRow): boolean {
  const laterCount = Math.max(later.sourcesMin, Object.keys(later.needs).length);
  if (earlier.sourcesMin > laterCount) return false;
  return sources.every((source) => {
    const [wanted, given] = [earlier.needs[source], later.needs[source]];
    return wanted === undefined || given === "decisive" || given === wanted;
  });
}

const evacuate = "Get everybody out and close the doors behind you.";
const callFireService = "Call the fire service from outside.";
const cutPower = "Cut the power of the place if the switch can be reached safely.";
const lookFromOutside = "Look at the place by camera or from the door; do not go in alone.";

export const standardMatrix: z.input<typeof ThreatMatrix> = [
  {
    threat: "fire seen by flame and heat",
    needs: { flame: "active", thermal: "active" },
    kind: "fire",
    level: "critical",
    mitigations: [evacuate, callFireService, "Fight it only if it is small and the way out is behind you."],
  },
  {
    threat: "fire with smoke and heat",
    needs: { smoke: "active", thermal: "active" },
    kind: "fire",
    level: "critical",
    mitigations: [evacuate, callFireService, cutPower],
  },
  {
    threat: "fire by three kinds of evidence",
    needs: {},
    sourcesMin: 3,
    kind: "fire",
    level: "critical",
    mitigations: [evacuate, callFireService, cutPower],
  },
  {
    threat: "something is dangerously hot",
    needs: { thermal: "decisive" },
    kind: "heat",
    level: "critical",
    mitigations: [cutPower, lookFromOutside, "Take away what can burn, from a distance."],
  },
  {
    threat: "dense smoke",
    needs: { smoke: "decisive" },
    kind: "smoke",
    level: "critical",
    mitigations: [evacuate, "Stay low, under the smoke.", callFireService],
  },
  {
    threat: "fire by two kinds of evidence",
    needs: {},
    sourcesMin: 2,
    kind: "fire",
    level: "elevated",
    mitigations: [lookFromOutside, evacuate, callFireService],
  },
  {
    threat: "dangerous gas or vapour",
    needs: { gas: "decisive" },
    kind: "gas",
    level: "elevated",
    mitigations: ["Use no switch and no flame.", "Open windows on the way out.", "Close the gas supply."],
  },
  {
    threat: "a flame",
    needs: { flame: "decisive" },
    kind: "flame",
    level: "elevated",
    mitigations: [lookFromOutside, "Have an extinguisher at hand."],
  },
  {
    threat: "something heats up or is too hot",
    needs: { thermal: "active" },
    kind: "heat",
    level: "standard",
    mitigations: [lookFromOutside, "Switch off what stands there and see whether it cools."],
  },
];
