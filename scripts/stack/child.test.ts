import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import * as z from "zod";
import { identify, isAlive, type ProcessIdentity } from "../local/process-identity.ts";
import { startChild } from "./child.ts";

const writeReady = `require("node:fs").writeFileSync(process.env.READY_FILE, JSON.stringify({ url: process.env.GREETING }));`;
const stayAlive = "setInterval(() => {}, 1000);";

describe("startChild", () => {
  let folder: string;
  let spawned: ProcessIdentity | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-child-"));
  });
  afterEach(async () => {
    if (spawned && isAlive(spawned)) process.kill(spawned.pid, "SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });
  const start = (script: string, readyMsMax = 60_000) =>
    startChild({
      name: "API",
      args: ["--eval", script],
      environment: { GREETING: "hello" },
      logFile: join(folder, "child.log"),
      readyFile: join(folder, "ready.json"),
      ready: z.object({ url: z.string() }),
      readyMsMax,
      onSpawn: async (pid) => {
        spawned = identify(pid);
      },
    });

  it("returns what the child says when it is ready, and ends it when asked", async () => {
    const child = await start(`${writeReady}${stayAlive}`);
    assert.deepEqual(child.ready, { url: "hello" });
    assert.ok(spawned && isAlive(spawned));
    await child.stop(60_000);
    assert.equal(await child.ended, "it was ended by SIGTERM");
    assert.ok(!isAlive(spawned));
  });

  it("tells why a child ended before it was ready, from its log", async () => {
    const failing = start(`console.log(JSON.stringify({ level: 60, msg: "no room" })); process.exit(3);`);
    await assert.rejects(failing, /The API does not come up: it ended with code 3\nno room/);
  });

  it("ends a child that is not ready in time", async () => {
    await assert.rejects(start(stayAlive, 300), /it was not ready within 0\.3 s/);
    assert.ok(spawned);
    const gone = spawned;
    while (isAlive(gone)) await new Promise(setImmediate);
  });

  it("kills a child that does not end when asked", async () => {
    const child = await start(`process.on("SIGTERM", () => {});${writeReady}${stayAlive}`);
    await child.stop(200);
    assert.equal(await child.ended, "it was ended by SIGKILL");
  });
});
