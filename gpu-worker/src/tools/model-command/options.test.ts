import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseOptions } from "./options.ts";

describe("npm run model", () => {
  it("shows its help when asked, or when asked for nothing", () => {
    assert.equal(parseOptions([]), "help");
    assert.equal(parseOptions(["prepare", "yolov8n", "--help"]), "help");
  });

  it("reads a command, its model and its options", () => {
    const options = parseOptions([
      "quantize",
      "yolov8n",
      "--calibrate",
      "frames",
      "--no-mixed",
      "--size",
      "640",
    ]);
    assert.ok(options !== "help");
    assert.deepEqual(
      [
        options.command,
        options.model,
        options.calibrate,
        options["no-mixed"],
        options.size,
        options.candidates,
      ],
      ["quantize", "yolov8n", "frames", true, 640, 300],
    );
  });

  it("refuses what it does not know, with what it expected", () => {
    assert.throws(() => parseOptions(["quantise", "x"]), /"prepare"\|"quantize"\|"inspect"\|"list"/);
    assert.throws(() => parseOptions(["prepare"]), /expected a model/);
    assert.throws(() => parseOptions(["prepare", "a", "b"]), /expected one model, got also b/);
    assert.throws(() => parseOptions(["prepare", "a", "--size", "100"]), /multiple of 32/);
    assert.throws(() => parseOptions(["quantize", "a", "--hold-out", "x"]), /--hold-out needs --calibrate/);
    assert.throws(() => parseOptions(["prepare", "a", "--as", "../a"]), /expected 1\.\.64/);
    assert.throws(() => parseOptions(["prepare", "a", "--colour"]), /--colour/);
  });
});
