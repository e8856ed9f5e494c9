import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { endNoted, noteProcesses } from "./orphans.ts";

describe("processes that a killed stack left", {
  skip: process.platform !== "linux",
}, () => {
  let folder: string;
  let file: string;
  const children: ChildProcess[] = [];
  const idle = () => {
    const child = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    children.push(child);
    return child;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-orphans-"));
    file = join(folder, "processes.json");
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  it("are ended, also when several were noted at once", async () => {
    const three = [idle(), idle(), idle()];
    const ends = three.map((child) => once(child, "exit"));
    const notes = await noteProcesses(file);
    await Promise.all(three.map((child, index) => notes.note(`child ${index}`, child.pid ?? 0)));
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
