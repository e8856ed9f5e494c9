import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { leafHashes, rootOf } from "@vigil/verify";
import { proveConsistency } from "@vigil/verify/prove";
import type { Checkpoint } from "../api/log.ts";
import { followLog } from "./follow-log.ts";

const leaves = (count: number, changed = -1) =>
  Array.from({ length: count }, (_, n) => Buffer.from(n === changed ? "another" : `leaf ${n}`));

async function logOf(all: readonly Uint8Array[]) {
  const hashes = await leafHashes(all);
  const root = Buffer.from(await rootOf(hashes)).toString("base64");
  const checkpoint: Checkpoint = {
    note: "",
    size: all.length,
    root,
    signedAt: "2026-11-28T10:00:00.000Z",
    publicKey: "",
    timeStamp: null,
  };
  const consistency = async (from: number, to: number) => ({
    from,
    to,
    proof: (await proveConsistency(hashes, from)).map((hash) => Buffer.from(hash).toString("base64")),
  });
  return { checkpoint, consistency };
}

function keeping() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe("following the evidence log", () => {
  it("keeps the first state, and finds that the next ones begin with it", async () => {
    const storage = keeping();
    const states: string[] = [];
    for (const count of [0, 5, 5, 12, 300]) {
      const { checkpoint, consistency } = await logOf(leaves(count));
      states.push((await followLog(storage, checkpoint, consistency)).state);
    }
    assert.deepEqual(states, ["first", "continued", "continued", "continued", "continued"]);
  });

  it("tells a log that was changed, or became shorter, and keeps what was seen before", async () => {
    for (const other of [leaves(12, 3), leaves(5, 0), leaves(4)]) {
      const storage = keeping();
      const first = await logOf(leaves(5));
      await followLog(storage, first.checkpoint, first.consistency);
      const kept = new Map(storage.kept);
      const { checkpoint, consistency } = await logOf(other);
      const followed = await followLog(storage, checkpoint, consistency);
      assert.equal(followed.state, "broken");
      assert.deepEqual(storage.kept, kept);
    }
  });

  it("begins anew where what is kept cannot be read", async () => {
    for (const text of ["", "{}", "[1", '{"size":"5"}']) {
      const storage = keeping();
      storage.setItem("vigil.log-seen", text);
      const { checkpoint, consistency } = await logOf(leaves(3));
      assert.equal((await followLog(storage, checkpoint, consistency)).state, "first");
    }
  });
});
