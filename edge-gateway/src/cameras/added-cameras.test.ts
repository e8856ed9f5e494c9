import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { CameraConfig } from "../cameras-config.ts";
import { NotKept } from "../devices/not-kept.ts";
import { openAddedCameras } from "./added-cameras.ts";

const camera = (name: string) =>
  CameraConfig.parse({
    name,
    place: "yard",
    source: { kind: "stream", url: "rtsp://u:s3cret@10.0.0.7/sub" },
  });

describe("cameras that were added on the page", () => {
  it("are there after a restart, for the gateway's own user alone", async () => {
    using folder = temporaryFolder();
    const added = await openAddedCameras(folder.path, assert.fail);
    await Promise.all([added.add(camera("a")), added.add(camera("b"))]);
    const again = await openAddedCameras(folder.path, assert.fail);
    assert.deepEqual(again.list(), [camera("a"), camera("b")]);
    assert.equal(statSync(join(folder.path, "cameras.json")).mode & 0o777, 0o600);
  });

  it("are not written over a file that cannot be read, whose password is not told", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "cameras.json");
    writeFileSync(path, '[{"name":"x y","source":{"kind":"stream","url":"rtsp://u:s3cret@h/"}}]');
    const faults: string[] = [];
    const added = await openAddedCameras(folder.path, (text) => faults.push(text));
    await assert.rejects(added.add(camera("a")), NotKept);
    assert.deepEqual(added.list(), [camera("a")]);
    assert.match(readFileSync(path, "utf8"), /x y/);
    assert.match(faults[0] ?? "", /0\.name/);
    assert.doesNotMatch(faults.join(), /s3cret/);
  });

  it("are gone at a restart where there is no folder, which is said", async () => {
    const added = await openAddedCameras(undefined, assert.fail);
    await assert.rejects(added.add(camera("a")), NotKept);
    assert.equal(added.list().length, 1);
  });
});
