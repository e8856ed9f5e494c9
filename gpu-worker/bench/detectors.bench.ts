/**
 * What another detector finds of what the reference is sure of, people and vehicles apart, and how fast.
 *
 *     npm run bench -- detectors [--models yolov8n,efficientdet-lite2] [--frames DIR]
 *
 * Found: at .25 or more, of what the reference, which is the first, is .4 sure of, where boxes overlap by half. Of what it says at
 * .4 or more, what the reference does not have at .25 is counted too. Every picture is looked at by all of them in turn, in sessions
 * of one thread, so that whatever else the machine does meets all. Passes or fails on nothing.
 */
import "../../scripts/help.ts";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as Things from "@vigil/core/digest/things";
import type { Detection } from "@vigil/core/digest/wire";
import { findUnmatched } from "../testing/match-detections.ts";
import { createLooker, type Look } from "./detect-each.ts";
import { readSources } from "./frames.ts";

const sureFrom = 0.4;
const saidFrom = 0.25;
const iouMin = 0.5;
const kinds = ["person", "vehicle"] as const;
type Kind = (typeof kinds)[number];

/** Under one label for all vehicles: a van is a car to one detector and a truck to another. */
function ofKind(kind: Kind, detections: readonly Detection[], from: number): Detection[] {
  return detections
    .filter(({ label, confidence }) => Things.kindOf(label) === kind && confidence >= from)
    .map((detection) => ({ ...detection, label: kind }));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** One row: of each kind found and said by nobody else, and the median time. */
function compare(reference: readonly Look[], other: readonly Look[]): string[] {
  const counts = kinds.map((kind) => {
    const each = reference.map((look, index) => {
      const said = other[index]?.detections ?? [];
      const wanted = ofKind(kind, look.detections, sureFrom);
      const missed = findUnmatched(wanted, ofKind(kind, said, saidFrom), iouMin).length;
      const claimed = ofKind(kind, said, sureFrom);
      const alone = findUnmatched(claimed, ofKind(kind, look.detections, saidFrom), iouMin).length;
      return { wanted: wanted.length, missed, claimed: claimed.length, alone };
    });
    const sum = (of: (one: (typeof each)[number]) => number) => each.reduce((all, one) => all + of(one), 0);
    return {
      found: sum((one) => one.wanted - one.missed),
      wanted: sum((one) => one.wanted),
      claimed: sum((one) => one.claimed),
      alone: sum((one) => one.alone),
    };
  });
  const ms = [reference, other].map((looks) => median(looks.map((look) => look.ms)));
  return [
    ...counts.map(({ found, wanted }) => `${found} of ${wanted}`),
    ...counts.map(({ alone, claimed }) => `${alone} of ${claimed}`),
    `${(ms[1] ?? 0).toFixed(0)} ms`,
    ((ms[1] ?? 0) / (ms[0] ?? 1)).toFixed(2),
  ];
}

const { values } = parseArgs({
  options: { models: { type: "string", default: "yolov8n,efficientdet-lite2" }, frames: { type: "string" } },
});
const cacheDir = fileURLToPath(new URL("../../.vigil/cache", import.meta.url));
const pictures = await readSources({ cacheDir, ...(values.frames && { folder: values.frames }) });
const lookers = [];
for (const name of values.models.split(",")) lookers.push(await createLooker(name, cacheDir));
const looks = lookers.map((): Look[] => []);
try {
  // The first look of a session is slow: it is done once before.
  for (const looker of lookers) await looker.look(pictures[0] ?? Buffer.alloc(0));
  for (const picture of pictures) {
    for (const [index, looker] of lookers.entries()) looks[index]?.push(await looker.look(picture));
  }
} finally {
  for (const looker of lookers) await looker.close();
}
const head = ["", "people", "vehicles", "people alone", "vehicles alone", "a picture", "times"];
const rows = lookers.map(({ name, licence }, index) => [
  `${name} (${licence})`,
  ...compare(looks[0] ?? [], looks[index] ?? []),
]);
const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
process.stdout.write(`${pictures.length} pictures\n`);
for (const row of [head, ...rows]) {
  process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}\n`);
}
