import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Box, Detection } from "@vigil/core/digest/wire";
import sharp from "sharp";
import { cacheDir } from "../../../testing/cache-dir.ts";
import { fourFaces } from "../../../testing/sample-photographs.ts";
import { obtain } from "../../model/index.ts";
import { createSecondStage, type SecondStage } from "./index.ts";

function detected(label: string, box: Box): Detection {
  return { label, confidence: 0.9, box };
}

/** Strokes of straight-lined characters on a grid of 2 x 4, so that no font is needed. */
const strokes: Readonly<Record<string, string>> = {
  H: "M0 0V4M2 0V4M0 2H2",
  L: "M0 0V4H2",
  T: "M0 0H2M1 0V4",
  "1": "M0.3 0.8L1 0V4",
  "4": "M1.5 4V0L0 2.8H2.1",
  "7": "M0 0H2L0.8 4",
};

/** A dark van with a number plate, 800 x 450. */
function van(plate: string): Promise<Buffer> {
  const glyphs = Array.from(plate)
    .map((character, index) => `<path transform="translate(${index * 3.1} 0)" d="${strokes[character]}"/>`)
    .join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450"><rect width="800" height="450" fill="#8a8f86"/>
    <rect x="200" y="100" width="400" height="280" rx="30" fill="#27313f"/>
    <rect x="300" y="290" width="210" height="52" fill="#f2f2ee"/>
    <g transform="translate(316 299) scale(9 8.5)" fill="none" stroke="#111" stroke-width="0.62">${glyphs}</g></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

const wanted = { faces: true, plates: true, reidentification: true };
const turn = { accountId: "acc_one", priority: 1, wanted };

describe("the second stage", () => {
  let secondStage: SecondStage;
  before(async () => {
    secondStage = await createSecondStage({ cacheDir, faces: true, plates: true });
  });
  after(() => secondStage.close());

  it("states which models it has", () => {
    assert.deepEqual(secondStage.capabilities, { faces: true, plates: true, reidentification: false });
  });

  it("counts the faces of the persons that it is shown, and says how good the best is", async () => {
    const bytes = await readFile(await obtain(fourFaces.file, { cacheDir }));
    const persons = [detected("person", [0, 0, 0.55, 1]), detected("person", [0.45, 0, 0.55, 1])];
    const {
      faces,
      plates,
      persons: embeddings,
    } = await secondStage.inspect({ ...turn, bytes, detections: persons });
    assert.equal(faces?.count, 4);
    assert.ok(faces.qualityMax > 0.9 && faces.qualityMax <= 1);
    assert.deepEqual(plates, []);
    assert.equal(embeddings, undefined);
  });

  it("lets a quiet account wait for the picture under way, and for none after it", async () => {
    const bytes = await readFile(await obtain(fourFaces.file, { cacheDir }));
    const detections = [detected("person", [0, 0, 1, 1])];
    const done: string[] = [];
    const inspect = async (accountId: string) => {
      await secondStage.inspect({ ...turn, bytes, detections, accountId });
      done.push(accountId);
    };
    await Promise.all([...Array.from({ length: 6 }, () => inspect("acc_busy")), inspect("acc_quiet")]);
    assert.ok(done.indexOf("acc_quiet") <= 1, done.join(" "));
  });

  it("reads the plate of a vehicle, and says where it is", async () => {
    const detections = [detected("truck", [0.25, 0.2, 0.5, 0.66])];
    const { plates } = await secondStage.inspect({ ...turn, bytes: await van("HL1747"), detections });
    assert.equal(plates?.length, 1, JSON.stringify(plates));
    const [plate] = plates;
    assert.equal(plate?.text, "HL1747");
    const [x, y, width, height] = plate.box;
    assert.ok(x < 0.41 && x + width > 0.6 && y < 0.67 && y + height > 0.74, JSON.stringify(plate.box));
  });

  it("looks for nothing that is not wanted, and says nothing of it", async () => {
    const detections = [detected("truck", [0.25, 0.2, 0.5, 0.66])];
    const bytes = await van("HL1747");
    const without = { ...turn, wanted: { ...wanted, plates: false } };
    assert.deepEqual(await secondStage.inspect({ ...without, bytes, detections }), {
      faces: { count: 0, qualityMax: 0 },
    });
    const empty = await secondStage.inspect({ ...without, bytes, detections: [] });
    assert.equal("plates" in empty, false);
  });

  it("finds nothing where neither person nor vehicle is, without opening the picture", async () => {
    const inspection = await secondStage.inspect({
      ...turn,
      bytes: Buffer.from("not even an image"),
      detections: [detected("dog", [0, 0, 1, 1])],
    });
    assert.deepEqual(inspection, { faces: { count: 0, qualityMax: 0 }, plates: [] });
  });

  it("rejects a picture that it cannot open, and looks at the next", async () => {
    const detections = [detected("car", [0.25, 0.2, 0.5, 0.66])];
    await assert.rejects(secondStage.inspect({ ...turn, bytes: Buffer.from("not an image"), detections }));
    const { plates } = await secondStage.inspect({ ...turn, bytes: await van("HL1747"), detections });
    assert.equal(plates?.[0]?.text, "HL1747");
  });
});

describe("a second stage without models", () => {
  it("states that it can do nothing, and never passes that off as an empty result", async () => {
    const secondStage = await createSecondStage({ cacheDir, faces: false, plates: false });
    assert.deepEqual(secondStage.capabilities, { faces: false, plates: false, reidentification: false });
    const detections = [detected("person", [0, 0, 1, 1])];
    assert.deepEqual(await secondStage.inspect({ ...turn, bytes: new Uint8Array(0), detections }), {});
    await secondStage.close();
  });

  it("does not start with a model that does not load", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vigil-second-"));
    const reidentificationPath = join(folder, "broken.onnx");
    await writeFile(reidentificationPath, "no model");
    const starting = createSecondStage({ cacheDir, faces: false, plates: false, reidentificationPath });
    await assert.rejects(starting, /the second stage did not start/);
    await rm(folder, { recursive: true });
  });
});
