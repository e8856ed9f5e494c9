import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { s3Blobs } from "@vigil/core/platform/aws";
import { type ObjectStore, startObjectStore } from "../local/object-store/index.ts";
import { probeStore, type Verdict } from "./probe.ts";

const target = {
  bucket: "vigil-evidence",
  region: "auto",
  credentials: { accessKeyId: "local", secretAccessKey: "a secret" },
};

async function probe(store: ObjectStore, clock: { aheadMs: number }): Promise<Verdict> {
  const blobs = (binding: "checksum" | "payload") => s3Blobs({ ...target, endpoint: store.url, binding });
  return probeStore({
    blobs: { checksum: blobs("checksum"), payload: blobs("payload") },
    wait: async (ms) => {
      clock.aheadMs += ms;
    },
    onFinding: () => undefined,
  });
}

describe("the check of a store", () => {
  for (const [checks, binding, wrong] of [
    ["all", "checksum", []],
    [
      "none",
      undefined,
      [
        "tells the checksum",
        "refuses other bytes of the same length (bound by checksum)",
        "refuses other bytes of the same length (bound by payload)",
      ],
    ],
  ] as const) {
    describe(`that checks ${checks}`, () => {
      let folder: string;
      let store: ObjectStore;
      const clock = { aheadMs: 0 };
      before(async () => {
        folder = await mkdtemp(join(tmpdir(), "vigil-probe-"));
        store = await startObjectStore({
          ...target,
          dataDir: folder,
          checks,
          now: () => new Date(Date.now() + clock.aheadMs),
        });
      });
      after(async () => {
        await store.stop();
        await rm(folder, { recursive: true, force: true });
      });

      it("finds what it enforces and what it does not, and leaves nothing behind", async () => {
        const verdict = await probe(store, clock);
        assert.deepEqual(
          verdict.findings.filter(({ isRight }) => !isRight).map(({ question }) => question),
          wrong,
        );
        assert.equal(verdict.binding, binding);
        assert.equal(verdict.isFit, true);
        assert.deepEqual(await readdir(join(folder, "bytes")), []);
      });
    });
  }

  it("calls a store unfit whose URLs never expire", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vigil-probe-"));
    const start = Date.now();
    const store = await startObjectStore({ ...target, dataDir: folder, now: () => new Date(start) });
    try {
      const verdict = await probe(store, { aheadMs: 0 });
      assert.equal(verdict.isFit, false);
      const wrong = verdict.findings.find(({ isRight }) => !isRight);
      assert.equal(wrong?.question, "refuses a URL that has expired");
    } finally {
      await store.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
