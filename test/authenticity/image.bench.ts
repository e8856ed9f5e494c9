/**
 * What it costs to say of a 1080p picture where it comes from, whether it is as its device's are, and whether it was sent before:
 * milliseconds of the processor, all threads together, by part. Decoding is told apart: a review does it anyway. The history is as
 * long as histories become.
 *
 *   npm run bench -- image --frames ../shared/footage --signed ../shared/authenticity/c2pa/c2pa-rs/C.jpg
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as Authenticity from "@vigil/core/authenticity";
import { readTraits } from "@vigil/core/evidence/read-traits";
import { evidence, replay as limits } from "@vigil/core/limits";
import { createManifestReader } from "@vigil/core/provenance";
import sharp from "sharp";
import { decode } from "../../gpu-worker/src/pipe/decode/index.ts";
import type { Past } from "../../packages/core/src/authenticity/find-repeat.ts";
import { percentile } from "../../packages/core/testing/simulate.ts";

const { values } = parseArgs({
  options: {
    frames: { type: "string", default: "../shared/footage" },
    signed: { type: "string", default: "../shared/authenticity/c2pa/c2pa-rs/C.jpg" },
    times: { type: "string", default: "100" },
  },
});
const times = Number(values.times);
const canvas = { inputSize: 640, layout: "yolov8", rectangular: true } as const;
const { pixelsMax } = evidence;
const say = (text: string) => process.stdout.write(`${text}\n`);

async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** As a camera of 1080p sends it. */
async function listPictures(folder: string): Promise<Buffer[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jpg")).toSorted();
  return Promise.all(
    names.slice(0, 40).map(async (name) =>
      sharp(await readFile(join(folder, name)))
        .resize(1920, 1080, { fit: "fill" })
        .jpeg({ quality: 85 })
        .toBuffer(),
    ),
  );
}

async function sketchOf(bytes: Buffer): Promise<Authenticity.Sketch> {
  const { sketch = "" } = await decode(bytes, { ...canvas, contentType: "image/jpeg", pixelsMax });
  return Buffer.from(sketch, "base64");
}

/** As many pictures and backdrops as are ever compared with, of what moves in these. */
function historyOf(sketches: readonly Authenticity.Sketch[]) {
  const backdrops = new Map<string, Authenticity.Sketch>();
  const past: Past[] = [];
  for (let review = 0; review < limits.backdropsMax; review += 1) {
    const some = sketches.slice((review * 7) % 20, ((review * 7) % 20) + 20);
    const backdrop = Authenticity.findBackdrop(some);
    if (backdrop) backdrops.set(String(review), backdrop);
  }
  for (let n = 0; past.length < limits.pastMax && n < 20 * limits.pastMax; n += 1) {
    const backdropId = String(n % limits.backdropsMax);
    const [backdrop, sketch] = [backdrops.get(backdropId), sketches[n % sketches.length]];
    const motion = backdrop && sketch && Authenticity.motionBefore(backdrop, sketch);
    if (motion) past.push({ momentId: String(n), capturedAt: new Date(n), backdropId, motion });
  }
  return { backdrops, past };
}

async function measure(): Promise<void> {
  const pictures = await listPictures(values.frames);
  const sketches: Authenticity.Sketch[] = [];
  for (const picture of pictures) sketches.push(await sketchOf(picture));
  const history = historyOf(sketches);
  const manifests = createManifestReader();
  const signed = existsSync(values.signed) ? await readFile(values.signed) : undefined;
  if (signed) await manifests.read(signed, "image/jpeg");
  const at = new Date();
  let profile = Authenticity.nothingKnown;
  const taken = new Map<string, number[]>();
  const note = async (part: string, work: () => unknown) => {
    const ms = await cpuMs(work);
    taken.set(part, [...(taken.get(part) ?? []), ms]);
    return ms;
  };
  for (let n = 0; n < times; n += 1) {
    const bytes = pictures[n % pictures.length] ?? Buffer.alloc(0);
    const sketch = sketches[n % sketches.length] ?? Buffer.alloc(0);
    let all = await note("its hash", () => createHash("sha256").update(bytes).digest());
    all += await note("where it comes from, without a statement", () => manifests.read(bytes, "image/jpeg"));
    all += await note("as its device's are", () => {
      const read = readTraits(bytes);
      if (!read) throw new Error("expected a picture");
      const picture = { name: "a.jpg", contentType: "image/jpeg", capturedAt: at, receivedAt: at, skewMs: 0 };
      ({ profile } = Authenticity.judgeCapture({ traits: read.traits, ...picture }, profile));
    });
    all += await note("sent before", () => Authenticity.findRepeat({ sketch, capturedAt: at }, history));
    taken.set("all of these", [...(taken.get("all of these") ?? []), all]);
    if (signed) {
      await note("where it comes from, with a statement", () => manifests.read(signed, "image/jpeg"));
    }
    await note("decoding, and its sketch", () => sketchOf(bytes));
  }
  await manifests.close();
  say(`${history.past.length} pictures before ${history.backdrops.size} backdrops, ${times} times`);
  for (const [part, ms] of taken) {
    say(
      `  ${part.padEnd(44)} P50 ${percentile(ms, 0.5).toFixed(1)} ms, P95 ${percentile(ms, 0.95).toFixed(1)} ms of the processor`,
    );
  }
}

if (existsSync(values.frames)) await measure();
else say(`there is no folder ${values.frames}: name one with --frames`);
