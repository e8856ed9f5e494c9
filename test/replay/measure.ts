/**
 * `npm run replay`: pictures of fixed cameras are encoded anew, in ways in which somebody sends an old one again, and compared with
 * all that their camera took. It tells how many are found, how many pairs that are not of one picture are taken for a
 * repeat, and how sure both figures are. The folders hold a camera's frames each, in their order; of each the first half is
 * what the thresholds of `find-repeat.ts` were chosen on, and the second half is what counts.
 *
 *   npm run replay -- --frames ../shared/footage --frames ../shared/authenticity/replay-frames
 */
import "../../scripts/help.ts";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { evidence } from "@vigil/core/limits";
import { decode } from "../../gpu-worker/src/pipe/decode/index.ts";
import {
  findBackdrop,
  findRepeat,
  motionBefore,
  type Past,
} from "../../packages/core/src/authenticity/find-repeat.ts";
import type { Sketch } from "../../packages/core/src/authenticity/sketch.ts";
import { boundOf } from "./bound-of.ts";
import { edits } from "./edits.ts";

const { values } = parseArgs({
  options: {
    frames: {
      type: "string",
      multiple: true,
      default: ["../shared/footage", "../shared/authenticity/replay-frames"],
    },
  },
});
const say = (text: string) => process.stdout.write(`${text}\n`);

/** As many pictures as one review looks at, and how far apart two are that show something else. */
const burstFrames = 20;
const apartFrames = 10;
const canvas = { inputSize: 640, layout: "yolov8", rectangular: true } as const;

async function sketchFrom(bytes: Buffer): Promise<Sketch> {
  const { pixelsMax } = evidence;
  const { sketch } = await decode(bytes, { ...canvas, contentType: "image/jpeg", pixelsMax });
  if (sketch === undefined) throw new Error("expected a picture that is large enough for a sketch");
  return Buffer.from(sketch, "base64");
}

/** What a camera's history holds of these frames, looked at in bursts; the frames' own times are a day before. */
function historyOf(sketches: readonly Sketch[]) {
  const backdrops = new Map<string, Sketch>();
  const past: Past[] = [];
  for (let from = 0; from < sketches.length; from += burstFrames) {
    // A few frames that are left belong to the burst before.
    const until = sketches.length - from < 2 * burstFrames ? sketches.length : from + burstFrames;
    const backdrop = findBackdrop(sketches.slice(from, until));
    if (!backdrop) throw new Error(`expected more frames than ${sketches.length}`);
    const backdropId = String(from);
    backdrops.set(backdropId, backdrop);
    for (let index = from; index < until; index += 1) {
      const motion = motionBefore(backdrop, sketches[index] as Sketch);
      if (motion) past.push({ momentId: String(index), capturedAt: new Date(index), backdropId, motion });
    }
    if (until === sketches.length) break;
  }
  return { backdrops, past };
}

const later = new Date(24 * 3_600_000);

type Tally = { found: number; missed: number; untold: number; wrong: number; pairs: number };

function compareAll(history: ReturnType<typeof historyOf>, edited: readonly Sketch[]): Tally {
  const tally: Tally = { found: 0, missed: 0, untold: 0, wrong: 0, pairs: 0 };
  for (const [index, sketch] of edited.entries()) {
    const picture = { sketch, capturedAt: later };
    const verdict = findRepeat(picture, history);
    const isKnown = history.past.some(({ momentId }) => momentId === String(index));
    const isFound = verdict.status === "repeat" && Number(verdict.of.momentId) === index;
    const isNear = verdict.status === "repeat" && Math.abs(Number(verdict.of.momentId) - index) < apartFrames;
    if (!isKnown) tally.untold += 1;
    else if (isFound || isNear) tally.found += 1;
    else tally.missed += 1;
    for (const one of history.past) {
      if (Math.abs(Number(one.momentId) - index) < apartFrames) continue;
      tally.pairs += 1;
      const alone = findRepeat(picture, { ...history, past: [one] });
      tally.wrong += Number(alone.status === "repeat");
    }
  }
  return tally;
}

const share = (part: number, of: number) => (of === 0 ? "-" : `${((100 * part) / of).toFixed(3)} %`);

function tell(name: string, { found, missed, untold, wrong, pairs }: Tally): void {
  const known = found + missed;
  say(
    [
      `  ${name.padEnd(34)}`,
      `found ${found} of ${known} (${share(found, known)}, at least ${share(known - boundOf(missed, known) * known, known)})`,
      `wrong ${wrong} of ${pairs} (at most ${share(boundOf(wrong, pairs) * pairs, pairs)})`,
      untold === 0 ? "" : `cannot tell ${untold}`,
    ].join("  "),
  );
}

function add(one: Tally, other: Tally): Tally {
  const sum = { ...one };
  for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += other[key];
  return sum;
}

const none: Tally = { found: 0, missed: 0, untold: 0, wrong: 0, pairs: 0 };
const totals = { chosen: { promised: none, beyond: none }, held: { promised: none, beyond: none } };

for (const folder of values.frames) {
  if (!existsSync(folder)) {
    say(`there is no folder ${folder}: name one with --frames`);
    process.exitCode = 1;
    continue;
  }
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jpg")).toSorted();
  const middle = Math.floor(names.length / 2);
  const halves = { chosen: names.slice(0, middle), held: names.slice(middle) };
  for (const half of ["chosen", "held"] as const) {
    const files = await Promise.all(halves[half].map((name) => readFile(join(folder, name))));
    const sketches: Sketch[] = [];
    for (const bytes of files) sketches.push(await sketchFrom(bytes));
    const history = historyOf(sketches);
    say(
      `${folder}, ${half === "chosen" ? "first half (thresholds were chosen on it)" : "second half"}: ${files.length} frames`,
    );
    for (const { name, isPromised, make } of edits) {
      const edited: Sketch[] = [];
      for (const bytes of files) edited.push(await sketchFrom(await make(bytes)));
      const tally = compareAll(history, edited);
      tell(name, tally);
      const kind = isPromised ? "promised" : "beyond";
      totals[half][kind] = add(totals[half][kind], tally);
    }
  }
}
say("all folders (bounds are exact, of 95 %, one-sided; pairs of one camera depend on each other)");
tell("first halves", totals.chosen.promised);
tell("second halves", totals.held.promised);
tell("second halves, what is not promised", totals.held.beyond);
