/**
 * The rules of fusion, as a site may edit them in `gateway.yaml`: thresholds in true degrees, per cent and ppm, times,
 * and how much each kind of evidence weighs. The schema checks every relation between them, all faults at once.
 *
 * `on` is where evidence begins, `off` where it ends (hysteresis), `critical` where it decides alone.
 */
import * as z from "zod";

const percent = z.number().min(0).max(100);
const ppm = z.number().min(0).max(100_000);
const celsius = z.number().min(-40).max(500);
const seconds = z.number().min(0).max(3_600);

function band(measure: z.ZodNumber, on: number, off: number, critical: number) {
  return z
    .strictObject({ on: measure.default(on), off: measure.default(off), critical: measure.default(critical) })
    .refine((rule) => rule.off < rule.on && rule.on <= rule.critical, "expected off < on <= critical")
    .prefault({});
}

export const FusionRules = z.strictObject({
  smokePercent: band(percent, 25, 18, 60),
  gasPpm: band(ppm, 400, 300, 2_000),
  thermalCelsius: band(celsius, 60, 52, 90),
  vision: band(z.number().min(0).max(1), 0.7, 0.55, 0.9),
  /** Evidence older than this counts for nothing. */
  staleSeconds: z
    .strictObject({
      sensor: seconds.default(15),
      thermal: seconds.default(15),
      vision: seconds.default(20),
    })
    .prefault({}),
  /** Independent kinds of evidence that must agree, unless one decides alone. */
  independentSources: z.int().min(1).max(4).default(2),
  /** Calm for so long before an alarm clears. */
  clearSeconds: seconds.default(30),
});
export type FusionRules = z.infer<typeof FusionRules>;
