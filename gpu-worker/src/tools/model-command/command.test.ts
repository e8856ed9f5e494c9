import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import sharp from "sharp";
import { smallDetector, smallFrame, smallLabels, smallSize } from "../../../testing/small-detector.ts";
import { load } from "../../model/index.ts";
import { Manifest } from "../../model/onnx/index.ts";
import { runInspect } from "./inspect.ts";
import { runList } from "./list.ts";
import { type Options, parseOptions } from "./options.ts";
import { runPrepare } from "./prepare.ts";
import { runQuantize } from "./quantize.ts";
import type { Terminal } from "./terminal.ts";

const calibrationFrames = 9;

describe("model commands", () => {
  let folder: string;
  let said: string[];
  const terminal: Terminal = {
    print: (text) => void said.push(text),
    progress: () => {},
    done: (text) => void said.push(text),
  };
  const never = new AbortController().signal;

  function options(...argv: string[]): Options {
    said = [];
    const parsed = parseOptions([...argv, "--cache-dir", join(folder, "cache")]);
    assert.ok(parsed !== "help");
    return parsed;
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-model-"));
    await writeFile(join(folder, "small.onnx"), smallDetector("yolov8"));
    await writeFile(join(folder, "labels.txt"), smallLabels.join("\n"));
    await mkdir(join(folder, "frames"));
    for (let index = 0; index < calibrationFrames; index++) {
      const raw = { width: smallSize, height: smallSize, channels: 3 } as const;
      const path = join(folder, "frames", `frame-${index}.png`);
      await sharp(smallFrame(index), { raw }).png().toFile(path);
    }
  });
  after(() => rm(folder, { recursive: true }));

  const small = () => [
    join(folder, "small.onnx"),
    "--labels",
    join(folder, "labels.txt"),
    "--licence",
    "MIT",
  ];

  it("prepares a file into a model that the worker loads by name", async () => {
    await runPrepare(options("prepare", ...small()), terminal, never);
    const model = await load("small-float32", { cacheDir: join(folder, "cache") });
    assert.deepEqual(
      [model.input, model.output, model.precision, model.batch, model.licence, model.labels],
      ["u8-hwc", "reduced", "float32", "dynamic", "MIT", smallLabels],
    );
    assert.deepEqual((await readdir(join(folder, "cache", "models", "small-float32"))).toSorted(), [
      "small-float32.manifest.json",
      "small-float32.onnx",
    ]);
  });

  it("quantises with the operator's frames and states how well the result agrees", async () => {
    const argv = ["quantize", ...small(), "--calibrate", join(folder, "frames"), "--no-mixed"];
    await runQuantize(options(...argv), terminal, never);
    const path = join(folder, "cache", "models", "small-int8", "small-int8.manifest.json");
    const manifest = Manifest.parse(JSON.parse(await readFile(path, "utf8")));
    assert.equal(manifest.precision, "int8");
    assert.equal(manifest.calibration?.frames, 6);
    assert.equal(manifest.calibration.default, false);
    assert.equal(manifest.agreement?.frames, 3);
    assert.ok(manifest.speed && manifest.speed.resultMs > 0);
    assert.ok(said.some((line) => /recall .* against float32 .* times as fast as float32/.test(line)));
    const model = await load("small-int8", { cacheDir: join(folder, "cache") });
    assert.equal(model.precision, "int8");
  });

  it("writes nothing when it is stopped", async () => {
    const stopped = AbortSignal.abort(new Error("stopped"));
    const argv = ["quantize", ...small(), "--calibrate", join(folder, "frames"), "--as", "half"];
    await assert.rejects(runQuantize(options(...argv), terminal, stopped), /stopped/);
    await assert.rejects(readdir(join(folder, "cache", "models", "half")), /ENOENT/);
  });

  it("inspects a file and says which layout it has, or why none", async () => {
    await runInspect(options("inspect", join(folder, "small.onnx")), terminal, never);
    const text = said.join("\n");
    assert.match(text, /inputs +images float32 \[1, 3, 64, 64\]/);
    assert.match(text, /layout +yolov8: 64 x 64, 3 classes, 84 anchors, batch 1/);
    await runInspect(options("inspect", join(folder, "small.onnx"), "--size", "96"), terminal, never);
    assert.match(said.join("\n"), /layout +refused: expected an input of 96 x 96, got inputs images/);
  });

  it("lists the catalogue with licences, and what is prepared here", async () => {
    await runList(options("list"), terminal);
    const text = said.join("\n");
    assert.match(text, /yolov8n +640 +AGPL-3\.0/);
    assert.match(text, /small-int8 +64 +MIT +int8 +recall/);
  });

  it("says what was expected when the name, the labels or the folder are wrong", async () => {
    await assert.rejects(
      runPrepare(options("prepare", "yolov99"), terminal, never),
      /expected the path .* got yolov99/,
    );
    const unlabelled = options("prepare", join(folder, "small.onnx"));
    await assert.rejects(runPrepare(unlabelled, terminal, never), /expected --labels with 3 labels/);
    const argv = ["quantize", ...small(), "--calibrate", folder];
    await assert.rejects(
      runQuantize(options(...argv), terminal, never),
      /expected JPEG, PNG or WebP images in/,
    );
  });
});
