import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { script } from "../../../testing/lane-script.ts";
import type { LoadedModel } from "../../model/index.ts";
import { startLane } from "./lane.ts";
import type { LaneImage } from "./messages.ts";
import { createPool, type Pool, type PoolOptions } from "./pool.ts";

const entry = new URL("../../../testing/scripted-lane.ts", import.meta.url);
const model: LoadedModel = {
  name: "scripted",
  sha256: "0".repeat(64),
  path: "",
  layout: "yolov8",
  inputSize: 32,
  rectangular: false,
  labels: [],
  licence: "none",
  input: "u8-hwc",
  output: "reduced",
  precision: "float32",
  batch: "dynamic",
};

function pool(options: Partial<PoolOptions> = {}, hangMsMax = 20_000): Promise<Pool> {
  const settings = {
    model,
    provider: "cpu",
    threads: 1,
    batchMax: 64,
    detectionConfidence: 0,
    nmsIou: 0,
  } as const;
  const lane = { settings, entry, startMsMax: 20_000, hangMsMax, hangMsPerImage: 0 };
  return createPool({
    startLane: () => startLane(lane),
    lanes: 2,
    batchMax: 4,
    onLog: () => undefined,
    ...options,
  });
}

function image(what: number, mark = 0): LaneImage {
  const pixels = new Uint8Array(new SharedArrayBuffer(2));
  pixels.set([what, mark]);
  return {
    pixels,
    canvas: { width: 1, height: 1 },
    width: 1,
    height: 1,
    letterbox: { scale: 1, padX: 0, padY: 0 },
  };
}

/** The marks of the images in the order of the answers; `x` for an error. */
async function marks(of: Pool, images: readonly LaneImage[]): Promise<(number | "x")[]> {
  const results = await of.detect(images);
  return results.map((result) => ("error" in result ? "x" : Math.round(result.bestConfidence * 255)));
}

describe("the pool of lanes", () => {
  it("answers in the order of the question, whichever lane is first", async () => {
    const lanes = await pool();
    const images = Array.from({ length: 50 }, (_, index) => image(script.answer, index));
    assert.deepEqual(
      await marks(lanes, images),
      images.map((_, index) => index),
    );
    const { runs, ...rest } = lanes.stats();
    assert.ok(runs >= 13);
    assert.deepEqual(rest, {
      images: 50,
      errors: 0,
      laneRestarts: 0,
      poisoned: 0,
      inFlight: 0,
      isUsable: true,
    });
    await lanes.close();
  });

  it("isolates an image that crashes its lane: it answers with an error, its neighbours as if nothing had been", async () => {
    for (const what of [script.crash, script.exit]) {
      const lanes = await pool();
      const images = Array.from({ length: 12 }, (_, index) =>
        image(index === 5 ? what : script.answer, index),
      );
      assert.deepEqual(await marks(lanes, images), [0, 1, 2, 3, 4, "x", 6, 7, 8, 9, 10, 11]);
      assert.equal(lanes.stats().poisoned, 1);
      assert.equal(lanes.stats().laneRestarts, 2);
      assert.deepEqual(await marks(lanes, [image(script.answer, 9)]), [9]);
      await lanes.close();
    }
  });

  it("replaces a lane that hangs, and isolates the image that it hung on", async () => {
    const lanes = await pool({}, 300);
    const images = Array.from({ length: 6 }, (_, index) =>
      image(index === 2 ? script.hang : script.answer, index),
    );
    assert.deepEqual(await marks(lanes, images), [0, 1, "x", 3, 4, 5]);
    await lanes.close();
  });

  it("declares itself unusable when stuck threads pile up, and rejects instead of waiting", async () => {
    const lanes = await pool({ lanes: 1 }, 200);
    const images = Array.from({ length: 4 }, () => image(script.hang));
    await assert.rejects(lanes.detect(images), /stuck; restart the worker/);
    assert.equal(lanes.stats().isUsable, false);
    assert.equal(lanes.stats().inFlight, 0);
    await assert.rejects(lanes.detect([image(script.answer)]), /restart the worker/);
    await lanes.close();
  });

  it("declares itself unusable when no lane starts any more", async () => {
    let starts = 0;
    const settings = {
      model,
      provider: "cpu",
      threads: 1,
      batchMax: 4,
      detectionConfidence: 0,
      nmsIou: 0,
    } as const;
    const lane = { settings, entry, startMsMax: 20_000, hangMsMax: 20_000, hangMsPerImage: 0 };
    const lanes = await pool({
      lanes: 1,
      startLane: () => {
        starts += 1;
        return starts === 1 ? startLane(lane) : Promise.reject(new Error("no memory for a session"));
      },
    });
    await assert.rejects(
      lanes.detect([image(script.crash)]),
      /no lane starts any more: no memory for a session/,
    );
    assert.equal(starts, 4);
    await lanes.close();
  });

  it("lets what comes pass images that yield, but for those that run", async () => {
    const lanes = await pool({ lanes: 1, batchMax: 1 });
    const order: string[] = [];
    const ask = async (what: string, yields: boolean) => {
      await lanes.detect([image(script.answer)], { yields });
      order.push(what);
    };
    const waiting = Array.from({ length: 3 }, () => ask("yields", true));
    const coming = Array.from({ length: 3 }, () => ask("comes", false));
    await Promise.all([...waiting, ...coming]);
    assert.deepEqual(order, ["yields", "comes", "comes", "comes", "yields", "yields"]);
    await lanes.close();
  });

  it("rejects what waits when it is closed, and what comes later", async () => {
    const lanes = await pool({ lanes: 1, batchMax: 1 });
    const many = lanes.detect(Array.from({ length: 20 }, () => image(script.answer)));
    const rejected = assert.rejects(many, /closed/);
    await lanes.close();
    await rejected;
    await assert.rejects(lanes.detect([image(script.answer)]), /closed/);
  });

  it("rejects when the first lanes do not start, with the reason", async () => {
    const missing = new URL("../../infer/no-such-file.ts", import.meta.url);
    const settings = {
      model,
      provider: "cpu",
      threads: 1,
      batchMax: 1,
      detectionConfidence: 0,
      nmsIou: 0,
    } as const;
    const lane = { settings, entry: missing, startMsMax: 20_000, hangMsMax: 1_000, hangMsPerImage: 0 };
    await assert.rejects(pool({ startLane: () => startLane(lane) }), /crashed/);
  });
});
