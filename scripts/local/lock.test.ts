import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { AlreadyRunning, takeLock } from "./lock.ts";
import { identify } from "./process-identity.ts";

describe("takeLock", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-lock-"));
    file = join(folder, "stack.lock");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("lets one hold it, names the holder to the next, and leaves nothing behind", async () => {
    const lock = await takeLock(file);
    await assert.rejects(
      takeLock(file),
      (error) => error instanceof AlreadyRunning && error.holder.pid === process.pid,
    );
    await lock.release();
    await (await takeLock(file)).release();
    assert.deepEqual(await readdir(folder), []);
  });

  it("replaces a holder that was killed", async (t) => {
    const child = spawn(process.execPath, ["--eval", "process.stdin.resume()"], {
      stdio: ["pipe", "ignore", "ignore"],
    });
    t.after(() => child.kill("SIGKILL"));
    await once(child, "spawn");
    assert.ok(child.pid);
    await writeFile(file, JSON.stringify(identify(child.pid)));
    await assert.rejects(takeLock(file), AlreadyRunning);
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await takeLock(file)).release();
  });

  it("replaces a holder whose id now belongs to a later process", {
    skip: process.platform !== "linux",
  }, async () => {
    await writeFile(file, JSON.stringify({ pid: process.pid, startedAt: "1" }));
    await (await takeLock(file)).release();
  });

  it("replaces a lock that was cut off while it was written", async () => {
    await writeFile(file, '{"pid":');
    await (await takeLock(file)).release();
  });
});
