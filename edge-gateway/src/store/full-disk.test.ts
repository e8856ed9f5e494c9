/** A file system of 64 MiB, filled to the last byte: what is worth most is kept, and room is used again by itself. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { heard, picture } from "../../testing/event-items.ts";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { freeBytes } from "./ballast.ts";
import { openOutbox } from "./outbox.ts";

const MIB = 1024 * 1024;
const all = { itemsMax: 10_000, evidenceBytesMax: 1e12, except: [] };

/** Mounting takes the rights of an administrator, and a system that has tmpfs. */
function mount(path: string): string | undefined {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", path], { stdio: "pipe" });
    return undefined;
  } catch (error) {
    return `a file system of its own cannot be mounted here: ${String(error).split("\n")[0]}`;
  }
}

/** Somebody else takes all the room that is left. */
function fill(directory: string): string {
  const path = join(directory, "somebody-elses");
  const file = openSync(path, "w");
  try {
    for (let bytes = MIB; bytes >= 1; ) {
      try {
        writeSync(file, Buffer.alloc(bytes, 1));
      } catch {
        bytes = Math.floor(bytes / 2);
      }
    }
  } finally {
    closeSync(file);
  }
  return path;
}

describe("the store on a full disk", () => {
  it("keeps life-safety, gives up images first, and takes its room again by itself", (test) => {
    using folder = temporaryFolder();
    const why = mount(folder.path);
    if (why !== undefined) return test.skip(why);
    try {
      const directory = join(folder.path, "store");
      execFileSync("mkdir", [directory]);
      const outbox = openOutbox({ directory, ballastBytes: 32 * MIB, now: Date.now });
      outbox.start(Date.now(), "0a1b");
      const turn = (urgent: boolean) => outbox.turn({ ...all, urgent });
      const piecesOf = (urgent: boolean) =>
        turn(urgent).flatMap((item) =>
          item.evidence.filter(({ sha256 }) => outbox.readEvidence(sha256) !== undefined),
        ).length;

      // Ordinary events with 190 kB of image each, until some images find no room.
      let ordinary = 0;
      for (; ordinary < 400; ordinary += 1) {
        outbox.record(heard(`ordinary.${ordinary}`, { evidence: [picture("a.png", ordinary, 436)] }));
      }
      assert.ok(freeBytes(directory) < MIB, `${freeBytes(directory)} bytes are free`);
      assert.equal(turn(false).length, ordinary);
      assert.ok(piecesOf(false) < ordinary);
      assert.ok(
        outbox.tend({ wallMs: Date.now(), monotonicMs: 1 }).ballastHeld,
        "images do not cost the ballast",
      );

      // Somebody else takes the rest, and then there are fires.
      const foreign = fill(folder.path);
      let urgent = 0;
      for (; urgent < 300; urgent += 1) {
        const item = heard(`urgent.${urgent}`, {
          urgent: true,
          evidence: [picture("a.png", 10_000 + urgent, 436)],
        });
        assert.equal(outbox.record(item), true, `life-safety event ${urgent} was dropped`);
        if (urgent === 150) fill(folder.path);
      }
      assert.equal(turn(true).length, urgent);
      assert.ok(piecesOf(true) > piecesOf(false), "their images are kept rather than others");

      // What goes to the cloud makes room, and nothing is lost from the books.
      const ended = turn(true).map(
        ({ id }) => ({ id, outcome: "forwarded", reason: "accepted", detail: "" }) as const,
      );
      outbox.settle({ accepted: [], ended });
      rmSync(foreign, { force: true });
      const { ballastHeld, full } = outbox.tend({ wallMs: Date.now(), monotonicMs: 2 });
      assert.deepEqual({ ballastHeld, full }, { ballastHeld: true, full: false });
      assert.equal(outbox.record(heard("after", { evidence: [picture("a.png", 77_777, 436)] })), true);
      const balance = outbox.balance();
      const sum = balance.ended.reduce((total, { count }) => total + count, balance.kept);
      assert.equal(balance.heard, ordinary + urgent + 1);
      assert.equal(sum, balance.heard);
      outbox.close();
      const again = openOutbox({ directory, ballastBytes: 32 * MIB, now: Date.now });
      assert.equal(again.balance().heard, balance.heard);
      again.close();
    } finally {
      execFileSync("umount", ["-l", folder.path]);
    }
  });
});
