import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { playsAlone } from "../../testing/transport-stream.ts";
import { waitUntil } from "../../testing/wait-until.ts";
import { openRing, type RingBounds } from "./ring.ts";
import type { Kind } from "./segment.ts";

const bounds: RingBounds = {
  bytesMax: 1e9,
  freeBytesMin: 0,
  ageMsMax: { ring: 1e12, event: 1e12, alarm: 1e12 },
};
const victim = fileURLToPath(new URL("../../testing/recorder-victim.ts", import.meta.url));

async function openWith(folder: string, names: readonly string[], more: Partial<RingBounds> = {}) {
  mkdirSync(join(folder, "yard"), { recursive: true });
  for (const name of names) writeFileSync(join(folder, "yard", name), Buffer.alloc(100));
  const ring = await openRing(folder, ["yard"], { ...bounds, ...more });
  const starts = () => ring.list("yard", 0, 1e15).map(({ startMs }) => startMs);
  return { ring, starts };
}

describe("the ring of recordings", () => {
  it("plays no half segment after kill -9, and every whole one", async () => {
    using folder = temporaryFolder();
    const files = () => readdirSync(join(folder.path, "yard"));
    for (let round = 1; round <= 2; round++) {
      const child = spawn(process.execPath, [victim, folder.path], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      const before = round === 1 ? 0 : files().length;
      try {
        await waitUntil(
          () =>
            round === 1
              ? readdirSync(folder.path).length > 0 && files().length > 12
              : files().length > before + 12,
          {
            what: "segments",
          },
        );
      } finally {
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      // Between the beginning of a segment and its name, whenever the kill comes.
      writeFileSync(join(folder.path, "yard", "99.part"), Buffer.alloc(500));
      const ring = await openRing(folder.path, ["yard"], bounds);
      const listed = ring.list("yard", 0, 1e15);
      assert.ok(listed.length >= 11);
      for (const segment of listed) assert.ok(playsAlone((await ring.read(segment)) ?? Buffer.alloc(1)));
      assert.equal(files().length, listed.length);
      assert.equal(
        ring.bytes,
        listed.reduce((sum, { bytes }) => sum + bytes, 0),
      );
    }
  });

  it("gives up the oldest of what counts least, and each kind at its age", async () => {
    using folder = temporaryFolder();
    const names = [
      "1000-4-alarm.ts",
      "2000-4-event.ts",
      "3000-4-ring.ts",
      "4000-4-ring.ts",
      "5000-4-event.ts",
    ];
    const { ring, starts } = await openWith(folder.path, names, { bytesMax: 250 });
    assert.equal(await ring.makeRoom(6_000), true);
    assert.deepEqual(starts(), [1_000, 5_000]);
    const ageMsMax: Record<Kind, number> = { ring: 100, event: 500, alarm: 10_000 };
    const aged = await openWith(folder.path, names, { ageMsMax });
    await aged.ring.makeRoom(5_200);
    assert.deepEqual(aged.starts(), [1_000, 5_000]);
    await aged.ring.makeRoom(11_100);
    assert.deepEqual(aged.starts(), []);
  });

  it("counts for more around what happened, also for who lists and reads at that moment", async () => {
    using folder = temporaryFolder();
    const { ring } = await openWith(folder.path, [
      "1000-4000-ring.ts",
      "5000-4000-ring.ts",
      "9000-4000-ring.ts",
    ]);
    const [, middle] = ring.list("yard", 0, 1e15);
    await ring.keep("yard", 5_500, 8_000, "alarm");
    await ring.keep("yard", 0, 6_000, "event");
    assert.deepEqual(
      ring.list("yard", 0, 1e15).map(({ kind }) => kind),
      ["event", "alarm", "ring"],
    );
    assert.ok(middle && (await ring.read(middle)));
    const again = await openRing(folder.path, ["yard"], bounds);
    assert.deepEqual(again.list("yard", 0, 1e15), ring.list("yard", 0, 1e15));
  });

  it("leaves the room that the events need, and writes nothing where there is none", async () => {
    using folder = temporaryFolder();
    const { ring, starts } = await openWith(folder.path, ["1000-4-alarm.ts", "2000-4-ring.ts"], {
      freeBytesMin: 1e18,
    });
    assert.equal(await ring.makeRoom(3_000), false);
    assert.deepEqual(starts(), [1_000]);
  });

  it("touches nothing in its folder that is not its own", async () => {
    using folder = temporaryFolder();
    const { starts } = await openWith(folder.path, ["notes.txt", "1-2-other.ts", "1000-4-ring.ts", "7.part"]);
    assert.deepEqual(starts(), [1_000]);
    assert.deepEqual(readdirSync(join(folder.path, "yard")).toSorted(), [
      "1-2-other.ts",
      "1000-4-ring.ts",
      "notes.txt",
    ]);
  });
});
