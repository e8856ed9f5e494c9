import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { cacheDir as sharedCacheDir } from "../../testing/cache-dir.ts";
import { load, preparedPath, readCatalogue } from "./index.ts";

describe("the catalogue", () => {
  it("holds only entries with an exact version, a sha256 and a licence", async () => {
    const { detectors, secondStage } = await readCatalogue();
    assert.ok(detectors["yolov8n"]);
    for (const entry of [...Object.values(detectors), ...Object.values(secondStage)]) {
      assert.ok(entry.licence);
    }
    assert.equal(detectors["yolov8n"].labels.length, 80);
  });

  it("lists every fault when it is wrong", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vigil-catalogue-"));
    const path = join(folder, "models.json");
    const detector = {
      about: "",
      file: { path: "m.onnx" },
      layout: "yolov5",
      inputSize: 100,
      labels: "coco",
    };
    await writeFile(path, JSON.stringify({ v: 1, detectors: { mine: detector }, secondStage: {} }));
    await assert.rejects(readCatalogue(path), (error) => {
      assert.ok(error instanceof Error);
      for (const fault of [/layout/, /inputSize/, /licence/, /secondStage\.faces/]) {
        assert.match(error.message, fault);
      }
      return true;
    });
    await rm(folder, { recursive: true });
  });
});

describe("loading a model", () => {
  let cacheDir: string;
  before(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), "vigil-models-"));
  });
  after(() => rm(cacheDir, { recursive: true }));

  async function prepare(name: string, bytes: string, sha256: string): Promise<void> {
    const path = preparedPath(name, cacheDir);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, bytes);
    const manifest = {
      v: 1,
      name,
      source: { name: "source", licence: "MIT" },
      result: { sha256 },
      layout: "yolov8",
      inputSize: 64,
      labels: ["person"],
      input: "u8-hwc",
      output: "reduced",
      precision: "int8",
    };
    await writeFile(path.replace(".onnx", ".manifest.json"), JSON.stringify(manifest));
  }

  it("takes a prepared model by name, as its manifest describes it", async () => {
    const sha256 = createHash("sha256").update("prepared").digest("hex");
    await prepare("mine", "prepared", sha256);
    const model = await load("mine", { cacheDir });
    assert.deepEqual(
      [model.name, model.sha256, model.input, model.output, model.precision, model.batch, model.licence],
      ["mine", sha256, "u8-hwc", "reduced", "int8", "dynamic", "MIT"],
    );
    assert.deepEqual(await load(preparedPath("mine", cacheDir), { cacheDir }), model);
  });

  it("refuses a prepared model whose bytes are not those of its manifest", async () => {
    await prepare("changed", "changed since", "0".repeat(64));
    await assert.rejects(load("changed", { cacheDir }), /expected sha256 0{64} .* prepare the model again/);
  });

  it("refuses a name that nobody knows, and lists those that it knows", async () => {
    await assert.rejects(load("yolov99", { cacheDir }), /yolov8n.*got yolov99/);
  });

  it("refuses a file that is no detector of a known layout, with what was expected", async () => {
    const path = join(cacheDir, "text.onnx");
    await writeFile(path, "no model at all");
    await assert.rejects(load(path, { cacheDir }), /expected an ONNX model/);
    await assert.rejects(load(join(cacheDir, "absent.onnx"), { cacheDir }), /no such file/);
  });

  it("recognises YOLOv8n by its shapes, also as a bare file", async () => {
    const known = await load("yolov8n", { cacheDir: sharedCacheDir });
    assert.equal(known.licence, "AGPL-3.0");
    const bare = await load(known.path, { cacheDir: sharedCacheDir });
    const { layout, inputSize, input, output, batch } = bare;
    assert.deepEqual([layout, inputSize, input, output, batch], ["yolov8", 640, "f32-chw", "raw", 1]);
    assert.deepEqual(bare.labels, known.labels);
    assert.equal(bare.licence, "unknown");
  });
});
