import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { cacheDir } from "../../../testing/cache-dir.ts";
import { samplePhotographs } from "../../../testing/sample-photographs.ts";
import { decode as decodeImage } from "../../pipe/decode/index.ts";
import { readEmbedding } from "../../pipe/interpret/read-embedding.ts";
import { cocoLabels, obtain, readCatalogue } from "../index.ts";
import { InferenceSession, Tensor } from "../runtime/index.ts";
import { prepare } from "./prepare.ts";

const inputSize = 640;

describe("prepare, the real YOLOv8n", () => {
  it("sees in a batch of three photographs what it sees in each alone, and names it", async () => {
    const { detectors } = await readCatalogue();
    const entry = detectors.yolov8n;
    assert.ok(entry && "package" in entry.file);
    const path = await obtain({ ...entry.file, licence: entry.licence }, { cacheDir });
    // The edited graph is compared with the original inside: a wrong edit rejects here.
    const { model, manifest } = await prepare({
      source: await readFile(path),
      name: "yolov8n",
      layout: "yolov8",
      inputSize,
      labels: cocoLabels,
      licence: entry.licence,
      origin: entry.file.path,
      createdAt: new Date(0),
    });
    const { manInLane, truckInLane, dogOnLawn } = samplePhotographs;
    const frames = await Promise.all([manInLane, truckInLane, dogOnLawn].map(pixelsOf));
    const session = await InferenceSession.create(model);
    const batch = new Uint8Array(frames.length * inputSize * inputSize * 3);
    frames.forEach((frame, index) => {
      batch.set(frame, index * frame.length);
    });
    const together = await best(session, batch, frames.length);
    assert.deepEqual(
      together.map(({ label }) => label),
      ["person", "truck", "dog"],
    );
    for (const [index, frame] of frames.entries()) {
      const [alone] = await best(session, frame, 1);
      const wanted = together[index];
      assert.ok(alone && wanted);
      assert.equal(alone.label, wanted.label);
      assert.ok(Math.abs(alone.score - wanted.score) < 1e-4);
      alone.box.forEach((side, corner) => {
        assert.ok(Math.abs(side - (wanted.box[corner] ?? Number.NaN)) < 0.05);
      });
    }
    assert.equal(manifest.embedding, "pooled-backbone");
    const [whole, ...parts] = await Promise.all([
      embeddings(session, batch, frames.length),
      ...frames.map((frame) => embeddings(session, frame, 1)),
    ]);
    assert.deepEqual(parts.flat(), whole, "a picture's embedding does not depend on what lies beside it");
    for (const embedding of whole ?? []) {
      assert.deepEqual([embedding.length, Math.max(...embedding)], [64 + 128 + 256, 127]);
    }
    await session.release();
  });
});

/** Of each image, as they are reported. */
async function embeddings(session: InferenceSession, pixels: Uint8Array, count: number) {
  const input = new Tensor("uint8", pixels, [count, inputSize, inputSize, 3]);
  const outputs = await session.run({ images: input });
  return Array.from({ length: count }, (_, index) => [...(readEmbedding(outputs, index) ?? [])]);
}

async function pixelsOf({ file }: (typeof samplePhotographs)["manInLane" | "truckInLane" | "dogOnLawn"]) {
  const bytes = await readFile(await obtain(file, { cacheDir }));
  return (
    await decodeImage(bytes, {
      inputSize,
      layout: "yolov8",
      rectangular: false,
      contentType: "image/jpeg",
      pixelsMax: 40e6,
    })
  ).pixels;
}

/** The best candidate of each image. */
async function best(session: InferenceSession, pixels: Uint8Array, count: number) {
  const { boxes, scores, classes } = await session.run({
    images: new Tensor("uint8", pixels, [count, inputSize, inputSize, 3]),
  });
  const rows = scores?.dims[1] ?? 0;
  return Array.from({ length: count }, (_, index) => ({
    label: cocoLabels[Number(classes?.data[index * rows])],
    score: Number(scores?.data[index * rows]),
    box: [0, 1, 2, 3].map((corner) => Number(boxes?.data[index * rows * 4 + corner])),
  }));
}
