import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { createLog } from "../log.ts";
import { holdStore } from "./hold-store.ts";

const log = createLog({ level: "silent" });

describe("a store that cannot be opened", () => {
  it("is tried again after 1, 2 and 4 seconds, and then a temporary one takes its place", async () => {
    using folder = temporaryFolder();
    const directory = join(folder.path, "file");
    writeFileSync(directory, "no folder");
    const waited: number[] = [];
    const place = await holdStore({ directory, ballastMiB: 1 }, log, async (ms) => void waited.push(ms));
    assert.deepEqual([waited, place.isTemporary], [[1_000, 2_000, 4_000], true]);
    await place.store.start(Date.now(), "0a1b");
    await place.close();
    assert.equal(existsSync(place.directory), false);
  });

  it("is taken as soon as its disk is there", async () => {
    using folder = temporaryFolder();
    const directory = join(folder.path, "late");
    writeFileSync(directory, "no folder yet");
    let waits = 0;
    const place = await holdStore({ directory, ballastMiB: 1 }, log, async () => {
      if (++waits < 2) return;
      rmSync(directory);
      mkdirSync(directory);
    });
    assert.deepEqual([waits, place.isTemporary, place.directory], [2, false, directory]);
    await place.close();
  });
});
