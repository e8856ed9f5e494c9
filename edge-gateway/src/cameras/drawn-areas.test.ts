import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { CamerasConfig } from "../cameras-config.ts";
import { systemClock } from "../clock.ts";
import { NotKept } from "../devices/not-kept.ts";
import { changeCamera } from "../web/change-camera.ts";
import { openDrawnAreas } from "./drawn-areas.ts";
import { openCameras } from "./index.ts";

const half = "[[0,0],[0.5,0],[0.5,1],[0,1]]";

async function open(folder: string | undefined) {
  const faults: string[] = [];
  const areas = await openDrawnAreas(folder, (text) => faults.push(text));
  const source = { kind: "stream", url: "rtsp://127.0.0.1:1/live" };
  const masks = [JSON.parse(half)];
  const cameras = openCameras({
    config: CamerasConfig.parse({
      ffmpeg: "/nowhere",
      list: [{ name: "yard", place: "yard", source, masks }],
    }),
    clock: systemClock,
    areas,
    onEvent: () => {},
    onFault: () => {},
  });
  const shown = () =>
    cameras.list().map(({ zones, masks: ignored }) => [zones.map(({ name }) => name), ignored.length]);
  const draw = (form: Record<string, string>) => changeCamera(cameras, { camera: "yard", form });
  return { cameras, faults, shown, draw, [Symbol.asyncDispose]: () => cameras.stop() };
}

describe("what is drawn on a camera's picture", () => {
  it("holds at once and after a restart, in the place of what gateway.yaml says", async () => {
    using folder = temporaryFolder();
    {
      await using site = await open(folder.path);
      assert.deepEqual(site.shown(), [[[], 1]]);
      await site.draw({ draw: "zone", name: "path", polygon: half });
      await site.draw({ draw: "mask", polygon: half });
      await site.draw({ draw: "remove", what: "masks", index: "0" });
      assert.deepEqual(site.shown(), [[["path"], 1]]);
    }
    await using again = await open(folder.path);
    assert.deepEqual(again.shown(), [[["path"], 1]]);
  });

  it("is refused with a reason where it is none, and says when it cannot be kept", async () => {
    using folder = temporaryFolder();
    await using site = await open(folder.path);
    for (const form of [
      {},
      { draw: "zone", name: "path", polygon: "[[0,0],[1,1]]" },
      { draw: "zone", name: "", polygon: half },
      { draw: "mask", polygon: "{" },
      { draw: "mask", polygon: "[[0,0],[1,1],[2,0]]" },
    ]) {
      await assert.rejects(site.draw(form), RangeError);
    }
    await assert.rejects(changeCamera(site.cameras, { camera: "nobody", form: {} }), /no camera nobody/);
    assert.deepEqual(site.shown(), [[[], 1]]);
    await using nowhere = await open(undefined);
    await assert.rejects(nowhere.draw({ draw: "mask", polygon: half }), NotKept);
    assert.deepEqual(nowhere.shown(), [[[], 2]]);
    writeFileSync(join(folder.path, "areas.json"), '{"yard":{"zones":7}}');
    await using broken = await open(folder.path);
    assert.match(broken.faults[0] ?? "", /areas\.json/);
    assert.deepEqual(broken.shown(), [[[], 1]]);
  });
});
