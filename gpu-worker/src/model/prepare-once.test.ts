import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { smallDetector } from "../../testing/small-detector.ts";
import { load } from "./index.ts";
import { decode, encode } from "./onnx/index.ts";
import { type PrepareOnceOptions, prepareOnce } from "./prepare-once.ts";

describe("preparing a model once", () => {
  let cacheDir: string;
  let path: string;
  let said: string[];
  const options = (): PrepareOnceOptions => {
    said = [];
    return { cacheDir, clock: { now: () => new Date(0) }, onLog: (message) => void said.push(message) };
  };
  before(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), "vigil-prepare-once-"));
    path = join(cacheDir, "My Model.onnx");
    await writeFile(path, smallDetector("yolov8"));
  });
  after(() => rm(cacheDir, { recursive: true }));

  it("prepares an export at first use, and takes what was kept from then on", async () => {
    const exported = await load(path, { cacheDir });
    const first = await prepareOnce(exported, options());
    assert.deepEqual([first.input, first.output, first.rectangular], ["u8-hwc", "reduced", true]);
    assert.equal(first.name, "my-model");
    assert.match(said.join(), /preparing/);
    const second = await prepareOnce(exported, options());
    assert.deepEqual([second.sha256, said], [first.sha256, []]);
  });

  it("makes again what was damaged in the cache", async () => {
    const exported = await load(path, { cacheDir });
    const whole = await prepareOnce(exported, options());
    await writeFile(whole.path, (await readFile(whole.path)).subarray(0, 1_000));
    const again = await prepareOnce(exported, options());
    assert.equal(again.sha256, whole.sha256);
    assert.match(said.join(), /preparing/);
  });

  it("leaves a prepared model as it is", async () => {
    const prepared = await prepareOnce(await load(path, { cacheDir }), options());
    assert.equal(await prepareOnce(prepared, options()), prepared);
  });

  it("runs an export that cannot be edited as it is, and says why", async () => {
    const model = decode(await readFile(path));
    const [standard] = model.opsetImport;
    assert.ok(standard);
    standard.version = 10;
    const old = join(cacheDir, "old.onnx");
    await writeFile(old, encode(model));
    const exported = await load(old, { cacheDir });
    assert.equal(await prepareOnce(exported, options()), exported);
    assert.match(said.join(), /runs as it was exported/);
  });
});
