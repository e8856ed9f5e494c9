import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { waitUntil } from "../../testing/wait-until.ts";
import { VisionConfig } from "../cameras-config.ts";
import { openVision } from "./index.ts";

const program = fileURLToPath(new URL("../../testing/detector-program.ts", import.meta.url));
const detector = (model: string) => ({ run: [process.execPath, program, model] });
const jpeg = (words = "") =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2]), Buffer.from(words), Buffer.from([0xff, 0xd9])]);

async function open(detectors: object[]) {
  const vision = await openVision(VisionConfig.parse({ host: "127.0.0.1", port: 0, detectors }));
  const url = `http://127.0.0.1:${vision.port}/v1/vision/detection`;
  return {
    vision,
    async ask(picture: Buffer, fields: Record<string, string> = {}) {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set("image", new Blob([new Uint8Array(picture)], { type: "image/jpeg" }), "image.jpg");
      const answer = await fetch(url, { method: "POST", body: form });
      return {
        status: answer.status,
        body: (await answer.json()) as {
          success: boolean;
          error?: string;
          predictions: { label: string; x_min: number; y_min: number; x_max: number; y_max: number }[];
        },
      };
    },
    url,
    [Symbol.asyncDispose]: () => vision.stop(),
  };
}

describe("detections for whoever asks as clients of DeepStack do", () => {
  it("say that there is no detector where none is configured", async () => {
    await using site = await open([]);
    const { status, body } = await site.ask(jpeg());
    assert.deepEqual([status, body.success, body.predictions], [503, false, []]);
    assert.match(body.error ?? "", /no detector is configured/);
  });

  it("are those of all detectors together, in pixels, from the wanted confidence on; eight wait, and what is sent away is counted", async () => {
    await using site = await open([detector("objects"), detector("fire")]);
    await waitUntil(() => site.vision.state().models.every((model) => model !== undefined), { what: "both" });
    const { status: code, body } = await site.ask(jpeg());
    assert.equal(code, 200);
    const person = { label: "person", confidence: 0.9, x_min: 50, y_min: 50, x_max: 150, y_max: 75 };
    assert.deepEqual(body.predictions, [person, person]);
    assert.equal((await site.ask(jpeg(), { min_confidence: "0.2" })).body.predictions.length, 4);
    assert.equal((await site.ask(jpeg("bad"))).status, 400);
    assert.equal((await site.ask(Buffer.from("no picture"))).status, 400);
    assert.equal((await fetch(site.url)).status, 405);
    assert.equal(
      (await fetch(site.url, { method: "POST", body: Buffer.alloc(9 * 1024 * 1024) })).status,
      413,
    );

    const before = site.vision.state();
    const answers = await Promise.all(Array.from({ length: 14 }, () => site.ask(jpeg("slow"))));
    const refused = answers.filter(({ status }) => status === 503);
    assert.ok(refused.length >= 1);
    assert.match(refused[0]?.body.error ?? "", /8 pictures wait/);
    const { looked, dropped } = site.vision.state();
    assert.equal(dropped - before.dropped, 2 * refused.length);
    assert.equal(looked - before.looked, 2 * (answers.length - refused.length));
  });

  it("come again from a detector that died or said something else", async () => {
    await using site = await open([detector("objects")]);
    const ready = () => site.vision.state().models[0] !== undefined;
    for (const words of ["dies", "lies"]) {
      await waitUntil(ready, { what: "the detector" });
      const { status, body } = await site.ask(jpeg(words));
      assert.deepEqual([status, body.success], [503, false]);
      assert.match(body.error ?? "", /the detector ended/);
    }
    await waitUntil(ready, { what: "its return" });
    assert.equal((await site.ask(jpeg())).status, 200);
  });
});
