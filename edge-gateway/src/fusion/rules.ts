/**
 * The rules of fusion, as a site may edit them in `gateway.yaml`: thresholds in true degrees, per cent and ppm, times,
 * and how much each kind of evidence weighs. The schema checks every relation between them, all faults at once.
 *
 * `on` is where evidence begins and `off` where it ends (hysteresis); at `critical` it decides alone.
 */
import * as z from "zod";
import { standardMatrix, ThreatMatrix } from "./threat-matrix.ts";

const percent = z.number().min(0).max(100);
const ppm = z.number().min(0).max(100_000);
const celsius = z.number().min(-40).max(500);
const share = z.number().min(0).max(1);
const seconds = z.number().min(0).max(3_600);

type Band = { on: number; off: number; alone: number; critical: number };
type Times = { holdSeconds: number; decisiveSeconds: number; aloneSeconds: number };

/**
 * `holdSeconds` above `on` before it counts, `decisiveSeconds` above `critical` before it decides; below that it
 * decides once the mean of a minute has been above `alone` for `aloneSeconds`.
 */
function band(measure: z.ZodNumber, standard: Band, times: Times) {
  return z
    .strictObject({
      on: measure.default(standard.on),
      off: measure.default(standard.off),
      alone: measure.default(standard.alone),
      critical: measure.default(standard.critical),
      holdSeconds: seconds.default(times.holdSeconds),
      decisiveSeconds: seconds.default(times.decisiveSeconds),
      aloneSeconds: seconds.default(times.aloneSeconds),
    })
    .refine(
      ({ off, on, alone, critical }) => off < on && on <= alone && alone <= critical,
      "expected off < on <= alone <= critical",
    )
    .prefault({});
}

const thermal = z
  .strictObject({
    onCelsius: celsius.default(60),
    criticalCelsius: celsius.default(90),
    /** Kelvin above its approved baseline that a hot cell must be. */
    aboveBaseline: z.number().min(1).max(200).default(15),
    /** Until a cell that is no longer hot has lost half of its weight. */
    halfLifeSeconds: z.number().min(0.5).max(600).default(5),
    /** A cell that rises so fast, in kelvin a second, is heated; faster than noise, slower than a body that moves. */
    risePerSecond: z.number().min(0.2).max(50).default(1.2),
    riseCelsius: z.number().min(1).max(50).default(2),
    riseStrays: z.number().min(3).max(50).default(6),
    /** No person and no animal is as warm as this. */
    bodyCelsiusMax: celsius.default(42),
    /** A rise to here decides alone. */
    riseCriticalCelsius: celsius.default(75),
    /** How long a rise is remembered. */
    riseHoldSeconds: seconds.default(15),
  })
  .refine((rule) => rule.onCelsius <= rule.criticalCelsius, "expected onCelsius <= criticalCelsius")
  .refine((rule) => rule.bodyCelsiusMax < rule.onCelsius, "expected bodyCelsiusMax < onCelsius")
  .prefault({});

const flame = z
  .strictObject({
    /** Percentage points that the analogue input must leave its learned idle level by, and times its usual stray. */
    awayPercent: percent.default(12),
    awayStrays: z.number().min(2).max(100).default(8),
    holdSeconds: seconds.default(6),
    /** A flame that flickers shows nothing now and then; silence for longer than this ends it. */
    gapSeconds: seconds.default(3),
    /** A flickering flame that lasts so long decides alone. */
    decisiveSeconds: seconds.default(10),
    /** Percentage points to and fro within eight readings: flames have it, the sun has not. */
    flickerPercent: percent.default(4),
    /** And as a share of its distance from the idle level. */
    flickerShare: share.default(0.4),
    /** Readings before an idle level counts as learned. */
    learnReadings: z.int().min(5).max(10_000).default(30),
  })
  .prefault({});

export const FusionRules = z.strictObject({
  smokePercent: band(
    percent,
    { on: 25, off: 18, alone: 35, critical: 55 },
    { holdSeconds: 3, decisiveSeconds: 5, aloneSeconds: 60 },
  ),
  gasPpm: band(
    ppm,
    { on: 400, off: 300, alone: 2_000, critical: 2_000 },
    { holdSeconds: 5, decisiveSeconds: 30, aloneSeconds: 30 },
  ),
  vision: band(
    share,
    { on: 0.7, off: 0.55, alone: 0.98, critical: 0.98 },
    { holdSeconds: 1, decisiveSeconds: 10, aloneSeconds: 10 },
  ),
  thermal,
  flame,
  /** Evidence older than this counts for nothing. */
  staleSeconds: z
    .strictObject({
      sensor: seconds.default(15),
      thermal: seconds.default(15),
      vision: seconds.default(20),
    })
    .prefault({}),
  /** Calm for so long before an alarm clears. */
  clearSeconds: seconds.default(30),
  /** The share of such evidence, alone and at its strongest, that is a fire. */
  weights: z
    .strictObject({
      smoke: share.default(0.6),
      gas: share.default(0.35),
      flame: share.default(0.5),
      thermal: share.default(0.7),
      vision: share.default(0.6),
    })
    .prefault({}),
  matrix: ThreatMatrix.prefault(standardMatrix),
});
export type FusionRules = z.infer<typeof FusionRules>;
export type BandRule = FusionRules["smokePercent"];
