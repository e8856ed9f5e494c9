import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type WatchOptions, watchTests } from "./index.ts";
import { readProcessTable } from "./process-table.ts";
import { stackFlags } from "./read-stack.ts";

/** Starts a process that would run for ever, notes its id, and leaves it to itself. */
const startChild = `
  import { spawn } from "node:child_process";
  import { writeFileSync } from "node:fs";
  import { it } from "node:test";
  const child = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"], { stdio: "ignore", detached: true });
  writeFileSync(process.env.CHILD_FILE, String(child.pid));
`;
const files = {
  "waits.test.mjs": `${startChild} it("waits", () => new Promise((resolve) => child.once("exit", resolve)));`,
  "loops.test.mjs": `${startChild} it("loops", () => spinForEver()); function spinForEver() { for (;;); }`,
  "leaves.test.mjs": `${startChild} child.unref(); it("passes", () => {});`,
  "passes.test.mjs": `import { it } from "node:test"; it("passes", () => {});`,
};

describe("watching test files", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-watch-"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  });
  after(() => rm(folder, { recursive: true }));

  async function run(name: keyof typeof files, limits: Partial<WatchOptions> = {}) {
    const reportsFolder = await mkdtemp(join(folder, "reports-"));
    const childFile = join(reportsFolder, "child");
    const told: string[] = [];
    const runner = spawn(process.execPath, [...stackFlags(reportsFolder), "--test", join(folder, name)], {
      stdio: "ignore",
      // Else it would take itself for a part of this run of tests.
      env: { CHILD_FILE: childFile, PATH: process.env.PATH },
    });
    const watch = watchTests({
      runnerPid: runner.pid ?? 0,
      variable: `CHILD_FILE=${childFile}`,
      reportsFolder,
      fileMsMax: 120_000,
      graceMs: 1_000,
      onFault: (text) => told.push(text),
      everyMs: 50,
      ...limits,
    });
    const [code] = (await once(runner, "exit")) as [number];
    const faults = await watch.stop();
    const child = Number(await readFile(childFile, "utf8").catch(() => Number.NaN));
    const isChildAlive = (await readProcessTable()).some(({ pid }) => pid === child);
    return { code, faults, text: told.join("\n"), isChildAlive };
  }

  it("ends a file that waits for ever, tells its name and what it waits for, and leaves no process behind", async () => {
    const { code, faults, text, isChildAlive } = await run("waits.test.mjs", { fileMsMax: 5_000 });
    assert.deepEqual([code, faults, isChildAlive], [1, 1, false], text);
    assert.match(text, /waits\.test\.mjs hangs: it has not ended after \d+ s/);
    assert.match(text, /it waits for:\n(.*\n)* {4}.*"type":"process"/);
    assert.match(text, /it has started, and not ended:\n {4}\d+ .*setInterval/);
  });

  it("tells the stack of a file that never yields", async () => {
    const { code, text, isChildAlive } = await run("loops.test.mjs", { fileMsMax: 5_000 });
    assert.deepEqual([code, isChildAlive], [1, false], text);
    assert.match(text, /loops\.test\.mjs hangs/);
    assert.match(text, /at spinForEver \(file:.*loops\.test\.mjs/);
  });

  it("ends and tells what a file leaves behind, although its tests pass", async () => {
    const { code, faults, text, isChildAlive } = await run("leaves.test.mjs");
    assert.deepEqual([code, faults, isChildAlive], [0, 1, false], text);
    assert.match(text, /(leaves\.test\.mjs|a file) has ended and left behind:\n {4}\d+ .*setInterval/);
  });

  it("says nothing of a file that ends by itself", async () => {
    assert.deepEqual(await run("passes.test.mjs"), { code: 0, faults: 0, text: "", isChildAlive: false });
  });
});
