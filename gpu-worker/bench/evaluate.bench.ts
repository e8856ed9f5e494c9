/**
 * `npm run evaluate [-- --model NAME --larger NAME]`: scenarios in words and pictures, through the detector, the explainer and the digest's
 * words, and what came out right, wrong and undecided, on the half that may be looked at and on the frozen half. How
 * many people it counts in footage is held against the tracks of the larger model.
 */
import "../../scripts/help.ts";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Detection } from "@vigil/core/digest/wire";
import { detectEach } from "./detect-each.ts";
import { compareCounts } from "./evaluate/footage.ts";
import { inversionsOf, type Judged, judge, type Verdict } from "./evaluate/judge.ts";
import { compose } from "./evaluate/pictures.ts";
import { scenarios } from "./evaluate/scenarios.ts";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "yolov8n" },
    larger: { type: "string", default: "yolov8m" },
  },
});
const cacheDir = fileURLToPath(new URL("../../.vigil/cache", import.meta.url));

/** Each picture is looked at once, however many scenarios show it. */
async function detectAll(): Promise<Map<string, Detection[]>> {
  const pictures = new Map(scenarios.map(({ picture }) => [JSON.stringify(picture), picture]));
  const composed = [];
  for (const picture of pictures.values()) composed.push(await compose(picture, cacheDir));
  const found = await detectEach(composed, values.model, cacheDir);
  return new Map([...pictures.keys()].map((key, index) => [key, found[index] ?? []]));
}

/** Frames of a street, where a folder of footage lies beside the checkout: nothing is known of them but the place. */
async function readFootage(): Promise<Buffer[]> {
  const folder = fileURLToPath(new URL("../../../shared/footage", import.meta.url));
  const names = await readdir(folder).catch(() => []);
  const frames = names.filter((name) => name.endsWith(".jpg")).toSorted();
  return Promise.all(frames.map((name) => readFile(join(folder, name))));
}

function judgeFootage(found: readonly Detection[][]): Judged[] {
  const event = { type: "motion" as const, zone: "street", mode: "away" as const, hour: 15 };
  const picture = { background: "town-square" as const, weather: "day" as const, pastes: [] };
  const known = { frozen: false, picture, event, levels: ["low"] as const, ordinary: undefined };
  return found.map((detections, index) =>
    judge({ ...known, name: `frame ${index}`, subject: "nobody", people: 0 }, detections),
  );
}

function share(judged: readonly Judged[], of: (one: Judged) => Verdict): string {
  const count = (verdict: Verdict) => judged.filter((one) => of(one) === verdict).length;
  const decided = count("right") + count("wrong");
  const percent = decided === 0 ? "-" : `${Math.round((100 * count("right")) / decided)} %`;
  return `${count("right")} right, ${count("wrong")} wrong, ${count("undecided")} undecided (${percent} of what is decided)`;
}

function report(name: string, judged: readonly Judged[]): string[] {
  const peopled = judged.filter((one) => one.scenario.people > 0);
  const counted = peopled.filter((one) => Math.abs(one.peopleCounted - one.scenario.people) <= 1).length;
  return [
    `${name}: ${judged.length} scenarios`,
    `  levels  ${share(judged, (one) => one.levelIs)}`,
    `  titles  ${share(judged, (one) => one.titleIs)}`,
    `  people  ${counted} of ${peopled.length} counted within one`,
  ];
}

const detections = await detectAll();
const judged = scenarios.map((scenario) =>
  judge(scenario, detections.get(JSON.stringify(scenario.picture)) ?? []),
);
const frames = await readFootage();
const inFrames = await detectEach(frames, values.model, cacheDir);
const footage = judgeFootage(inFrames.filter((_, index) => index % 5 === 0));
const counted =
  frames.length === 0 ? [] : compareCounts(inFrames, await detectEach(frames, values.larger, cacheDir));
const unsupported = [...judged, ...footage].flatMap((one) => one.unsupported);
const inversions = inversionsOf(judged);
const lines = [
  ...report(
    "open half",
    judged.filter(({ scenario }) => !scenario.frozen),
  ),
  ...report(
    "frozen half",
    judged.filter(({ scenario }) => scenario.frozen),
  ),
  footage.length === 0
    ? "footage: no ../shared/footage beside the checkout"
    : `footage: ${footage.length} frames of a street, low in ${footage.filter((one) => one.level === "low").length}`,
  ...counted,
  `sentences ${[...judged, ...footage].reduce((sum, one) => sum + one.sentences, 0)}, of which ${unsupported.length} name what no cited picture shows`,
  `inversions ${inversions.length}: a danger judged below the same without it`,
  ...judged
    .filter((one) => !one.scenario.frozen && (one.levelIs === "wrong" || one.titleIs === "wrong"))
    .map((one) => `  wrong: ${one.scenario.name}: ${one.level}, "${one.title}"`),
  ...unsupported.map((text) => `  unsupported: ${text}`),
];
process.stdout.write(`${lines.join("\n")}\n`);
if (inversions.length > 0 || unsupported.length > 0) process.exitCode = 1;
