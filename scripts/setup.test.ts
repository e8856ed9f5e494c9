import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { environmentWith } from "./config.ts";

const setupScript = join(dirname(fileURLToPath(import.meta.url)), "setup.mjs");

/** A project whose only dependency lies in a folder beside it, so that npm needs no network. */
const manifest = { name: "small", version: "1.0.0", dependencies: { part: "file:part" } };
const lock = {
  name: "small",
  version: "1.0.0",
  lockfileVersion: 3,
  requires: true,
  packages: {
    "": { name: "small", version: "1.0.0", dependencies: { part: "file:part" } },
    "node_modules/part": { resolved: "part", link: true },
    part: { version: "1.0.0" },
  },
};

type Outcome = { code: number | null; output: string };

describe("setup.mjs", () => {
  let folder: string;
  const children: ChildProcess[] = [];
  const write = (path: string, content: unknown) =>
    writeFile(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
  const setup = async (): Promise<Outcome> => {
    const child = spawn(process.execPath, [join(folder, "scripts", "setup.mjs")], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: environmentWith({ npm_config_fetch_retries: "0" }),
    });
    children.push(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (piece: Buffer) => {
        output += piece.toString();
      });
    }
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    child.once("close", (code) => resolve({ code, output }));
    return promise;
  };
  const installed = () => existsSync(join(folder, "node_modules", "part", "package.json"));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-setup-"));
    await mkdir(join(folder, "scripts"));
    await mkdir(join(folder, "part"));
    await copyFile(setupScript, join(folder, "scripts", "setup.mjs"));
    await write("package.json", manifest);
    await write("package-lock.json", lock);
    await write("part/package.json", { name: "part", version: "1.0.0" });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  it("installs what is missing, says so, and has nothing to do the second time", async () => {
    const first = await setup();
    assert.match(first.output, /First run: installing dependencies[\s\S]*Installed in \d+ s/);
    assert.equal(first.code, 0);
    assert.ok(installed());
    assert.deepEqual(await setup(), { code: 0, output: "" });
  });

  it("installs again when the lock file has changed", async () => {
    await setup();
    await write("node_modules/left-over.txt", "from before");
    await write("package-lock.json", {
      ...lock,
      packages: { ...lock.packages, "node_modules/part": { resolved: "part", link: true, extraneous: true } },
    });
    await rm(join(folder, "node_modules", ".package-lock.json"));
    assert.match((await setup()).output, /Dependencies have changed/);
    assert.ok(!existsSync(join(folder, "node_modules", "left-over.txt")));
  });

  it("starts over when an earlier run was killed", async () => {
    await setup();
    const gone = await new Promise<number>((resolve) => {
      const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
      child.once("close", () => resolve(child.pid ?? 0));
    });
    await write(".vigil/install.lock", { setup: { pid: gone, startedAt: "1" } });
    await write("node_modules/half.txt", "half");
    const again = await setup();
    assert.match(again.output, /Installed in/);
    assert.equal(again.code, 0);
    assert.ok(!existsSync(join(folder, "node_modules", "half.txt")));
    assert.ok(!existsSync(join(folder, ".vigil", "install.lock")));
  });

  it("installs once when two run at the same time", async () => {
    const both = await Promise.all([setup(), setup()]);
    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0],
    );
    assert.equal(both.filter(({ output }) => output.includes("Installed in")).length, 1);
    assert.ok(installed());
  });

  it("says what to do when the registry cannot be reached, and succeeds once it can", async () => {
    const remote = {
      resolved: "http://127.0.0.1:9/far/-/far-1.0.0.tgz",
      version: "1.0.0",
      integrity: `sha512-${Buffer.alloc(64).toString("base64")}`,
    };
    await write(".npmrc", "registry=http://127.0.0.1:9/\n");
    await write("package.json", { ...manifest, dependencies: { part: "file:part", far: "1.0.0" } });
    await write("package-lock.json", {
      ...lock,
      packages: {
        ...lock.packages,
        "": { ...lock.packages[""], dependencies: { part: "file:part", far: "1.0.0" } },
        "node_modules/far": remote,
      },
    });
    const failed = await setup();
    assert.equal(failed.code, 1);
    assert.match(failed.output, /npm cannot reach http:\/\/127\.0\.0\.1:9.*npm config get registry/);
    assert.ok(!existsSync(join(folder, ".vigil", "install.lock")));
    await write("package.json", manifest);
    await write("package-lock.json", lock);
    assert.equal((await setup()).code, 0);
    assert.match(await readFile(join(folder, "node_modules", ".vigil-install.json"), "utf8"), /fingerprint/);
  });

  it("refuses a lock file that does not belong to package.json", async () => {
    await write("package.json", { ...manifest, dependencies: { part: "file:part", other: "file:other" } });
    const failed = await setup();
    assert.equal(failed.code, 1);
    assert.match(failed.output, /package-lock\.json does not match package\.json/);
  });
});
