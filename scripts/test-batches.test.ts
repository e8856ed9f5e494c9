import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { batchTests } from "./test-batches.ts";

const passing = `import { it } from "node:test"; it("passes", () => {});`;
const files = {
  "test/walk.test.ts": passing,
  "packages/a/one.test.ts": passing,
  "packages/a/two.test.ts": `import { it } from "node:test"; it("fails", () => { throw new Error("no"); });`,
  "packages/a/changes.test.ts": `process.env.NAME = "changed"; ${passing}`,
  "packages/a/hooks.test.ts": `import { beforeEach } from "node:test";\nbeforeEach(() => {});\n${passing}`,
  "packages/core/src/flow/walk.test.ts": passing,
  "gpu-worker/one.test.ts": passing,
};

describe("the batches of test files", () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), "vigil-batches-"));
    await mkdir(join(root, "programs"));
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
  });
  after(() => rm(root, { recursive: true }));

  it("put together what only calls, after the walks, and leave alone what needs a process of its own", async () => {
    const batches = await batchTests(Object.keys(files), root, join(root, "programs"));
    assert.deepEqual(
      batches.map((path) => (path.startsWith(root) ? basename(path) : path)),
      [
        "test/walk.test.ts",
        "packages-a-one-and-1-more.test.mjs",
        "packages/a/changes.test.ts",
        "packages/a/hooks.test.ts",
        "packages/core/src/flow/walk.test.ts",
        "gpu-worker/one.test.ts",
      ],
    );
  });

  it("run every test of a batch, and name the file of one that fails", async () => {
    const both = ["packages/a/one.test.ts", "packages/a/two.test.ts"];
    const [batch = ""] = await batchTests(both, root, join(root, "programs"));
    // Else it would take itself for a part of this run of tests.
    const env = { PATH: process.env.PATH };
    const { status, stdout } = spawnSync(process.execPath, ["--test", "--test-reporter=spec", batch], {
      cwd: root,
      env,
      encoding: "utf8",
    });
    assert.equal(status, 1);
    assert.match(stdout, /pass 1\n.*fail 1\n/);
    assert.match(stdout, /test at packages\/a\/two\.test\.ts:1/);
  });

  it("leave the only one as it is", async () => {
    assert.deepEqual(await batchTests(["packages/a/one.test.ts"], root, root), ["packages/a/one.test.ts"]);
  });
});
