import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { endNoted, noteProcesses } from "./orphans.ts";

const idle = () => spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"], { stdio: "ignore" });

describe("processes that a killed stack left", {
  timeout: 30_000,
  skip: process.platform !== "linux",
}, () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-orphans-"));
    file = join(folder, "processes.json");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("are ended, also when several were noted at once", async () => {
    const children = [idle(), idle(), idle()];
    const ends = children.map((child) => once(child, "exit"));
    const notes = await noteProcesses(file);
    await Promise.all(children.map((child, index) => notes.note(`child ${index}`, child.pid ?? 0)));
    await endNoted(file);
    for (const end of ends) assert.deepEqual(await end, [null, "SIGKILL"]);
  });

  it("are let alone when their id now belongs to another process", async () => {
    const other = idle();
    await writeFile(file, JSON.stringify({ api: { pid: other.pid, startedAt: "1", signal: "SIGKILL" } }));
    await endNoted(file);
    assert.equal(other.signalCode, null);
    const end = once(other, "exit");
    other.kill("SIGTERM");
    assert.deepEqual(await end, [null, "SIGTERM"]);
  });

  it("are none when nothing was noted, or the note was cut off", async () => {
    await endNoted(file);
    await writeFile(file, '{"api":');
    await endNoted(file);
  });
});
