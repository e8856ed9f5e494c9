import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, it } from "node:test";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { AlreadyRunning, takeLock } from "./lock.ts";

const holder = `
  const { takeLock } = await import(${JSON.stringify(new URL("./lock.ts", import.meta.url).href)});
  takeLock(process.argv[1]);
  gc();
  process.stdout.write("held");
  setInterval(() => {}, 1000);
`;

describe("the lock of a store", () => {
  it("lets one gateway at it at a time, and names the other", () => {
    using folder = temporaryFolder();
    const lock = takeLock(folder.path);
    assert.throws(() => takeLock(folder.path), new RegExp(`process ${process.pid}`));
    lock.release();
    takeLock(folder.path).release();
  });

  it("is held although nothing refers to it, and free as soon as its holder has died, however it died", async () => {
    using folder = temporaryFolder();
    const child = spawn(process.execPath, ["--expose-gc", "--input-type=module", "-e", holder, folder.path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      await once(child.stdout, "data");
      assert.throws(() => takeLock(folder.path), AlreadyRunning);
    } finally {
      child.kill("SIGKILL");
    }
    await once(child, "exit");
    takeLock(folder.path).release();
  });
});
