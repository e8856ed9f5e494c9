import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { makeSigner, sealManifest, writePublicKey, writeSegments } from "./seal.ts";

function run(...options: readonly string[]) {
  const cli = new URL("cli.ts", import.meta.url).pathname;
  return spawnSync(process.execPath, [cli, ...options], { encoding: "utf8", timeout: 180_000 });
}

describe("vigil-verify", () => {
  let folder: string;
  let key: string;
  let segment: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-verify-"));
    const signer = await makeSigner("test");
    const leaves = Array.from({ length: 12 }, (_, no) => ({ no }));
    const segments = await Array.fromAsync(writeSegments(leaves));
    for (const { name, bytes } of segments) await writeFile(join(folder, name), bytes);
    segment = join(folder, segments[0]?.name ?? "");
    const manifest = await sealManifest(
      { origin: "test/1", version: 1, parent: undefined, segments },
      signer,
    );
    await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
    key = await writePublicKey(signer);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("says that everything is what was signed", () => {
    const { status, stdout } = run(folder, "--key", key);
    assert.match(
      stdout,
      /test\/1, version 1: 12 leaves\nroot [0-9a-f]{64}\nparent none.*\nEverything is what was signed\./,
    );
    assert.equal(status, 0);
  });

  it("names the leaf around a flipped byte", async () => {
    const bytes = await readFile(segment);
    const seventh = bytes.toString().split("\n").slice(0, 7).join("\n").length + 1;
    bytes[seventh + 50] = (bytes[seventh + 50] ?? 0) ^ 1;
    await writeFile(segment, bytes);
    const { status, stdout } = run(folder, "--key", key);
    assert.match(stdout, new RegExp(`^leaf 7: does not match its hash \\(bytes ${seventh} to `));
    assert.equal(status, 1);
    assert.equal(JSON.parse(run(folder, "--key", key, "--json").stdout).isSound, false);
  });

  it("says what is missing in a question that makes no sense", () => {
    assert.match(run(folder).stderr, /--key/);
    assert.match(run("--key", key).stderr, /name one folder/);
    assert.match(run(folder, "--key", "nonsense").stderr, /a public key is written as/);
    const nowhere = run(join(folder, "nowhere"), "--key", key);
    assert.match(nowhere.stderr, /ENOENT/);
    assert.equal(nowhere.status, 2);
    assert.match(run("--help").stdout, /^vigil-verify <folder>/);
  });
});
