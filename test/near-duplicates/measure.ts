/**
 * `npm run runs:groups -- --model yolov8n`: pictures are changed as people and programs change them, looked at as a worker looks at
 * them, and grouped as a run is. It tells how many of the changed ones are found by hashes, by embeddings and by both, and how
 * many pairs are in one group that are not of one picture. With `--frames ./frames` it tells instead into how many groups the
 * pictures of a folder fall, for instance those of one street camera.
 *
 * The pictures are the sample photographs, and two quarters of each cut out as pictures of their own: of one place, and yet others.
 */
import "../../scripts/help.ts";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { run as limits, review } from "@vigil/core/limits";
import { systemClock } from "@vigil/core/platform/clock";
import sharp, { type Sharp } from "sharp";
import { load, obtain } from "../../gpu-worker/src/model/index.ts";
import { prepareOnce } from "../../gpu-worker/src/model/prepare-once.ts";
import { decode } from "../../gpu-worker/src/pipe/decode/index.ts";
import { createDetector, type Detector } from "../../gpu-worker/src/pipe/infer/index.ts";
import { cacheDir } from "../../gpu-worker/testing/cache-dir.ts";
import { samplePhotographs } from "../../gpu-worker/testing/sample-photographs.ts";
import { createGrouping, itemsAtOnce } from "../../packages/core/src/run/group-by-looks.ts";

const { values } = parseArgs({
  options: { model: { type: "string", default: "yolov8n" }, frames: { type: "string" } },
});
const say = (text: string) => process.stdout.write(`${text}\n`);

type Origin = { name: string; place: string; bytes: Buffer };
type Looked = {
  origin: string;
  place: string;
  change: string;
  hash: string;
  embedding: Uint8Array | undefined;
};

const jpeg = (image: Sharp, quality = 90) => image.jpeg({ quality }).toBuffer();

async function cut(bytes: Buffer, [left, top, width, height]: readonly number[]): Promise<Buffer> {
  const size = await sharp(bytes).metadata();
  const [across, down] = [size.width, size.height];
  const share = (part = 0, whole = 0) => Math.floor(part * whole);
  const region = { left: share(left, across), top: share(top, down) };
  return jpeg(sharp(bytes).extract({ ...region, width: share(width, across), height: share(height, down) }));
}

const stamp = (width: number) =>
  Buffer.from(
    `<svg width="${width}" height="28"><rect width="${width}" height="28"/><text x="8" y="20" font-size="18" fill="#fff">2026-03-01 12:00:00</text></svg>`,
  );

const changes: Record<string, (bytes: Buffer) => Promise<Buffer>> = {
  "JPEG of quality 30": (bytes) => jpeg(sharp(bytes), 30),
  "400 pixels wide": (bytes) => jpeg(sharp(bytes).resize({ width: 400 })),
  "brighter by 30 %": (bytes) => jpeg(sharp(bytes).modulate({ brightness: 1.3 })),
  "darker by 40 %": (bytes) => jpeg(sharp(bytes).modulate({ brightness: 0.6 })),
  grey: (bytes) => jpeg(sharp(bytes).greyscale()),
  blurred: (bytes) => jpeg(sharp(bytes).blur(1.5)),
  "5 % cut off each side": (bytes) => cut(bytes, [0.05, 0.05, 0.9, 0.9]),
  "10 % cut off each side": (bytes) => cut(bytes, [0.1, 0.1, 0.8, 0.8]),
  "turned over": (bytes) => jpeg(sharp(bytes).flop()),
  "turned by 2 degrees": (bytes) => jpeg(sharp(bytes).rotate(2, { background: "#000" })),
  "a time written on it": async (bytes) => {
    const { width } = await sharp(bytes).metadata();
    return jpeg(sharp(bytes).composite([{ input: stamp(width), gravity: "northwest" }]));
  },
};

async function readOrigins(): Promise<Origin[]> {
  const origins: Origin[] = [];
  for (const [name, { file }] of Object.entries(samplePhotographs)) {
    const bytes = await jpeg(
      sharp(await readFile(await obtain(file, { cacheDir }))).resize({
        width: 960,
        withoutEnlargement: true,
      }),
      95,
    );
    origins.push({ name, place: name, bytes });
    for (const [quarter, [left, top]] of Object.entries({
      a: [0, 0],
      d: [0.5, 0.5],
    })) {
      const region = [left ?? 0, top ?? 0, 0.5, 0.5];
      origins.push({ name: `${name} ${quarter}`, place: name, bytes: await cut(bytes, region) });
    }
  }
  return origins;
}

async function startDetector(): Promise<Detector> {
  const clock = systemClock;
  const model = await prepareOnce(await load(values.model, { cacheDir }), {
    cacheDir,
    clock,
    onLog: () => undefined,
  });
  const { detectionConfidence, nmsIou } = review;
  return createDetector({ model, provider: "cpu", lanes: 1, threads: 2, detectionConfidence, nmsIou });
}

async function look(
  detector: Detector,
  { name, place }: Omit<Origin, "bytes">,
  change: string,
  bytes: Buffer,
): Promise<Looked> {
  const { model, rectangular } = detector.profile;
  const canvas = { inputSize: model.inputSize, layout: model.layout, rectangular };
  const image = await decode(bytes, { ...canvas, contentType: "image/jpeg", pixelsMax: 40e6 });
  const [seen] = await detector.detect([image]);
  if (!seen || "error" in seen) throw new Error(`expected that ${name} can be looked at, got ${seen?.error}`);
  const hash = image.fingerprint.hash.map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
  return { origin: name, place, change, hash, embedding: seen.embedding };
}

type By = { hashes: boolean; embeddings: boolean };

function group(all: readonly Looked[], by: By): number[] {
  const items = all.map(({ hash }, no) => ({ no, sha256: `${no}`, hash }));
  const length = all[0]?.embedding?.length ?? 0;
  const known = { length, knownMax: items.length, cosineMin: limits.embeddingCosineMin };
  const grouping = createGrouping(items, {
    distanceMax: by.hashes ? limits.hashDistanceMax : -1,
    ...(by.embeddings && length > 0 ? { embeddings: known } : {}),
  });
  for (let from = 0; from < all.length; from += itemsAtOnce) {
    grouping.take(all.slice(from, from + itemsAtOnce).map(({ embedding }) => embedding));
  }
  const groups = grouping.end();
  return items.map(({ no }) => groups.get(no) ?? no);
}

const share = (part: number, of: number) => `${part} of ${of} (${((part / of) * 100).toFixed(1)} %)`;

function tell(name: string, all: readonly Looked[], groups: readonly number[]): void {
  const pairs = { right: 0, samePlace: 0, wrong: 0 };
  for (const [index, { origin, place }] of all.entries()) {
    for (let other = 0; other < index; other += 1) {
      if (groups[index] !== groups[other]) continue;
      if (all[other]?.origin === origin) pairs.right += 1;
      else if (all[other]?.place === place) pairs.samePlace += 1;
      else pairs.wrong += 1;
    }
  }
  const firstOf = new Map(
    all.map(({ origin, change }, index) => [change === "" ? origin : "", groups[index]]),
  );
  const changed = all
    .map((looked, index) => ({ ...looked, group: groups[index] }))
    .filter(({ change }) => change !== "");
  const found = changed.filter(({ origin, group: own }) => own === firstOf.get(origin));
  const grouped = pairs.right + pairs.samePlace + pairs.wrong;
  say(
    `${name}: found ${share(found.length, changed.length)}; pairs in one group: ${grouped}, of which ${pairs.samePlace} of one place and ${pairs.wrong} of two`,
  );
  const missed = Map.groupBy(
    changed.filter((one) => !found.includes(one)),
    ({ change }) => change,
  );
  for (const [change, some] of missed) say(`    missed: ${change}, ${some.length}`);
}

async function measureChanges(detector: Detector): Promise<void> {
  const all: Looked[] = [];
  const origins = await readOrigins();
  for (const { bytes, ...origin } of origins) {
    all.push(await look(detector, origin, "", bytes));
    for (const [change, make] of Object.entries(changes)) {
      all.push(await look(detector, origin, change, await make(bytes)));
    }
  }
  say(`${values.model}: ${origins.length} pictures, each changed in ${Object.keys(changes).length} ways`);
  tell("by hashes", all, group(all, { hashes: true, embeddings: false }));
  tell("by embeddings", all, group(all, { hashes: false, embeddings: true }));
  tell("by both", all, group(all, { hashes: true, embeddings: true }));
}

async function measureFrames(detector: Detector, folder: string): Promise<void> {
  const frames: Looked[] = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith(".jpg")).toSorted()) {
    frames.push(await look(detector, { name, place: folder }, "", await readFile(join(folder, name))));
  }
  const groups = (by: By) => new Set(group(frames, by)).size;
  say(`${frames.length} frames of ${folder}: ${groups({ hashes: true, embeddings: false })} groups by hashes, \
${groups({ hashes: true, embeddings: true })} by both`);
}

const detector = await startDetector();
try {
  if (values.frames === undefined) await measureChanges(detector);
  else await measureFrames(detector, values.frames);
} finally {
  await detector.close();
}
