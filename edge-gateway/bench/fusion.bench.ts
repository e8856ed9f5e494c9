/**
 * The corpus of fires and nuisances against the rules: `npm run bench -- fusion [--half frozen] [--fires 40]
 * [--months 10]`. Prints both halves; the one that set the thresholds says little, the frozen one counts.
 */
import "../../scripts/help.ts";
import { parseArgs } from "node:util";
import { FusionRules } from "../src/fusion/rules.ts";
import { type FireName, fires } from "./corpus/fires.ts";
import { type Half, halves, playFire, playMonth, seedOf } from "./corpus/play.ts";

const { values } = parseArgs({
  options: {
    half: { type: "string" },
    fires: { type: "string", default: "40" },
    months: { type: "string", default: "10" },
    "quiet-hours": { type: "string", default: "2" },
  },
});
const rules = FusionRules.parse({});
const line = (text: string) => process.stdout.write(`${text}\n`);
const medianOf = (sorted: readonly number[], share: number) =>
  sorted[Math.floor((sorted.length - 1) * share)] ?? 0;

function reportFires(half: Half, perKind: number): void {
  for (const name of Object.keys(fires) as FireName[]) {
    const played = Array.from({ length: perKind }, (_, index) => playFire(name, seedOf(half, index), rules));
    const times = played.flatMap(({ foundSeconds }) => (foundSeconds === undefined ? [] : [foundSeconds]));
    times.sort((a, b) => a - b);
    const missed = played.filter(({ foundSeconds }) => foundSeconds === undefined).map(({ seed }) => seed);
    const seen = `${times.length} of ${perKind} found, after ${medianOf(times, 0.5)} s (median), ${medianOf(times, 0.95)} s (P95)`;
    line(`  ${name.padEnd(12)} ${seen}${missed.length > 0 ? `; missed: seeds ${missed.join(" ")}` : ""}`);
  }
}

function reportMonths(half: Half, months: number, quietHours: number): void {
  const causes = new Map<string, number>();
  let [alarms, warnings, seconds] = [0, 0, 0];
  for (let index = 0; index < months; index++) {
    const played = playMonth(seedOf(half, index), rules, 1, quietHours);
    alarms += played.falseAlarms.length;
    warnings += played.warnings.length;
    seconds += played.seconds;
    const told = [
      ...played.falseAlarms.map((one) => ({ ...one, as: "alarm" })),
      ...played.warnings.map((one) => ({ ...one, as: "warning" })),
    ];
    for (const { as, during, alarm } of told) {
      const cause = `${as}: ${alarm.threat}, during ${during}`;
      causes.set(cause, (causes.get(cause) ?? 0) + 1);
    }
  }
  const rate = (count: number) => (count / months).toFixed(2);
  line(`  ${months} device-months of nuisances (${(seconds / 3_600).toFixed(0)} h played):`);
  line(`    ${alarms} false alarms, ${rate(alarms)} a device-month; ${warnings} warnings, ${rate(warnings)}`);
  for (const [cause, count] of [...causes].toSorted((a, b) => b[1] - a[1])) line(`    ${count} x ${cause}`);
}

for (const half of halves.filter((one) => values.half === undefined || one === values.half)) {
  line(`\n${half} half`);
  reportFires(half, Number(values.fires));
  reportMonths(half, Number(values.months), Number(values["quiet-hours"]));
}
