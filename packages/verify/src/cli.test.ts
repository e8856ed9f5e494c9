import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { signatureOf } from "./bundle.ts";
import { proveInclusion } from "./prove.ts";
import {
  canonical,
  makeSigner,
  type Signer,
  sealManifest,
  signNote,
  writeCheckpoint,
  writePublicKey,
  writeSegments,
} from "./seal.ts";
import { leafHashes, rootOf, sha256, toBase64, toHex } from "./verify.ts";

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

/** A bundle of one picture, written by hand as docs/custody.md describes it. */
async function writeBundle(folder: string, signer: Signer): Promise<void> {
  const encoder = new TextEncoder();
  const hashOf = async (bytes: Uint8Array) => toHex(await sha256(bytes));
  const picture = encoder.encode("a picture");
  const words = { title: "A cat at the door", level: "low", counts: { cat: 1 } };
  const statements = [
    { kind: "evidence", moment: "mom_1", sha256: await hashOf(picture) },
    { kind: "digest", digest: "dig_1", told: await hashOf(encoder.encode(canonical(words))) },
  ];
  const leaves = statements.map((one) => encoder.encode(`${"s".repeat(32)}${JSON.stringify(one)}`));
  const hashes = await leafHashes(leaves);
  const checkpoint = {
    origin: "house.example/evidence-log",
    size: leaves.length,
    root: await rootOf(hashes),
    further: ["time 2026-06-01T21:14:07.000Z"],
  };
  const custody = {
    checkpoint: { note: await signNote(writeCheckpoint(checkpoint), signer) },
    leaves: await Promise.all(
      leaves.map(async (leaf, position) => ({
        subject: ["mom_1", "dig_1"][position],
        leaf: toBase64(leaf),
        position,
        proof: (await proveInclusion(hashes, position)).map(toBase64),
      })),
    ),
    notLogged: [],
  };
  const file = "pictures/01.jpg";
  const pictures = [{ momentId: "mom_1", file, sealedSha256: await hashOf(picture), missing: null }];
  const files = new Map([
    ["digest.json", encoder.encode(JSON.stringify({ digest: { id: "dig_1", ...words }, pictures }))],
    ["custody.json", encoder.encode(JSON.stringify(custody))],
    [file, picture],
  ]);
  const lines: string[] = [];
  for (const [name, bytes] of files) lines.push(`${await hashOf(bytes)}  ${name}\n`);
  const list = lines.join("");
  files.set("SHA256SUMS", encoder.encode(list));
  files.set("SHA256SUMS.sig", encoder.encode(signatureOf(await signNote(list, signer))));
  await mkdir(join(folder, "pictures"));
  for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
}

describe("vigil-verify of a bundle", () => {
  let folder: string;
  let key: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-verify-bundle-"));
    const signer = await makeSigner("vigil");
    await writeBundle(folder, signer);
    key = await writePublicKey(signer);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("says since when it is as it is, and that no signature tells what was staged", () => {
    const { status, stdout } = run(folder, "--key", key);
    assert.match(
      stdout,
      /^"A cat at the door"\n2 entries in house\.example\/evidence-log, signed at 2026-06-01T21:14:07/,
    );
    assert.match(
      stdout,
      /Everything is what was signed\. Whether what the pictures show was staged, no signature can tell/,
    );
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(run(folder, "--key", key, "--json").stdout).logged, ["mom_1", "dig_1"]);
  });

  it("names the picture that was changed, and the file that was added", async () => {
    await writeFile(join(folder, "pictures/01.jpg"), "another one");
    await writeFile(join(folder, "pictures/02.jpg"), "one more");
    const { status, stdout } = run(folder, "--key", key);
    assert.match(stdout, /^pictures\/01\.jpg: was changed\npictures\/02\.jpg: is not of the bundle/);
    assert.match(stdout, /pictures\/01\.jpg: is not the picture that was logged/);
    assert.equal(status, 1);
  });
});
