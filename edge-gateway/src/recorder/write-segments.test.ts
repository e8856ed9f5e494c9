import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { temporaryFolder } from "../../testing/temporary-folder.ts";
import { group } from "../../testing/transport-stream.ts";
import { openRing, type Ring } from "./ring.ts";
import { createSegmentWriter } from "./write-segments.ts";

const ageMsMax = { ring: 1e15, event: 1e15, alarm: 1e15 };

async function record(ring: Ring, inTurn: (work: () => Promise<void>) => Promise<void>) {
  let wallMs = 0;
  const whys: string[] = [];
  const onDropped = (why: string) => whys.push(why);
  const writer = createSegmentWriter({
    camera: "yard",
    ring,
    wallMs: () => wallMs,
    kindOf: () => "ring",
    inTurn,
    onDropped,
  });
  const push = (bytes: Buffer) => {
    writer.push(bytes);
    wallMs += 4_000;
  };
  return { writer, whys, push };
}

function inTurnOf() {
  let last = Promise.resolve();
  return (work: () => Promise<void>) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}

describe("a camera that is recorded", () => {
  it("loses a whole segment where the disk has no room for it, says why, and goes on when there is some", async () => {
    using folder = temporaryFolder();
    const ring = await openRing(folder.path, ["yard"], { bytesMax: 1e9, freeBytesMin: 0, ageMsMax });
    let hasRoom = false;
    const makeRoom = async () => hasRoom;
    const { writer, whys, push } = await record({ ...ring, makeRoom }, inTurnOf());
    push(group(1, 5));
    push(group(2, 5));
    await writer.stop();
    assert.deepEqual(
      [whys, writer.written],
      [["the disk has no room for it", "the disk has no room for it"], 0],
    );
    hasRoom = true;
    for (const mark of [3, 4, 5]) push(group(mark, 5));
    await writer.stop();
    assert.deepEqual([writer.written, writer.dropped], [2, 2]);
    assert.equal(ring.list("yard", 0, 1e9).length, 2);
  });

  it("makes nobody wait for a disk that hangs, and holds no more than some mebibytes for it", async () => {
    using folder = temporaryFolder();
    const ring = await openRing(folder.path, ["yard"], { bytesMax: 1e9, freeBytesMin: 0, ageMsMax });
    const { promise: hung, resolve: release } = Promise.withResolvers<undefined>();
    const inTurn = inTurnOf();
    const { writer, whys, push } = await record(ring, inTurn);
    void inTurn(() => hung);
    const big = group(1, 20_000);
    for (let index = 0; index < 5; index++) push(big);
    release(undefined);
    await writer.stop();
    assert.deepEqual([writer.written, writer.dropped], [2, 3]);
    assert.deepEqual(
      whys,
      Array.from({ length: 3 }, () => "the disk does not keep up"),
    );
  });
});
