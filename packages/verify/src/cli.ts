#!/usr/bin/env node
/**
 * `vigil-verify <folder> --key <public key>`: checks a manifest or a bundle that was downloaded, offline.
 *
 * The folder holds `manifest.json` and a file for each segment, named by its hash; or a bundle, unpacked. Exit code: 0 if
 * everything is what was signed, 1 if not, 2 if the question makes no sense.
 */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { isBundle, type VerifiedBundle, verifyBundle } from "./bundle.ts";
import { type Fault, readManifest, toHex, type Verified, verifyManifest } from "./verify.ts";

const help = `vigil-verify <folder> --key <name+id+key>

Checks that a manifest and its segments, or a bundle of a digest, are what was signed, without a network.

  <folder>  holds manifest.json, and the segments by the names that it lists; or what a bundle was unpacked into
  --key     the public key of who signed it, as the operator publishes it; may stand more than once
  --json    the result as JSON
`;

class Unclear extends Error {}

async function main(argv: readonly string[]): Promise<number> {
  const { folder, keys, isJson } = readOptions(argv);
  const names = await readdir(folder);
  if (isBundle(names)) {
    const bundle = await verifyBundle(await readFolder(folder), keys);
    process.stdout.write(isJson ? `${JSON.stringify(bundleAsJson(bundle))}\n` : bundleAsText(bundle));
    return bundle.faults.length === 0 ? 0 : 1;
  }
  const manifest = readManifest(await readFile(join(folder, "manifest.json"), "utf8"));
  const verified = await verifyManifest(
    manifest,
    keys,
    readSegment(folder),
    showProgress(manifest.segments.length),
  );
  process.stdout.write(isJson ? `${JSON.stringify(asJson(verified))}\n` : asText(verified));
  return verified.faults.length === 0 ? 0 : 1;
}

function readOptions(argv: readonly string[]): { folder: string; keys: string[]; isJson: boolean } {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { key: { type: "string", multiple: true }, json: { type: "boolean", default: false } },
  });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new Unclear("name one folder");
  if (!values.key) throw new Unclear("name the public key that you trust: --key");
  return { folder, keys: values.key, isJson: values.json };
}

/** Every file in it, by its path from there with `/`. Links are not followed. */
async function readFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join("/"), await readFile(path));
  }
  return files;
}

function bundleAsText(bundle: VerifiedBundle): string {
  const { faults, checkpoint, signedAt, timeStamp, title, logged, notLogged } = bundle;
  const lines = faults.map(({ part, what }) => `${part}: ${what}`);
  if (title !== undefined) lines.push(`"${title}"`);
  if (checkpoint) {
    lines.push(
      `${logged.length} entries in ${checkpoint.origin}, signed at ${signedAt ?? "an unknown time"}: ${checkpoint.size} leaves, root ${toHex(checkpoint.root)}`,
    );
  }
  if (timeStamp) {
    lines.push(
      `time stamp of ${timeStamp.at.toISOString()}, signed by "${timeStamp.authority}", whose certificate has the SHA-256 ${timeStamp.certificateSha256}. Whether it is of an authority that you trust, openssl tells:`,
      "  openssl ts -verify -token_in -in checkpoint.tst -data checkpoint.note -CAfile authority.pem",
    );
  }
  if (notLogged.length > 0) {
    lines.push(
      `Not in the log when it was exported, so that nothing proves since when they are as they are: ${notLogged.join(", ")}`,
    );
  }
  lines.push(
    faults.length === 0
      ? "Everything is what was signed. Whether what the pictures show was staged, no signature can tell."
      : `NOT what was signed: ${faults.length} faults.`,
  );
  return `${lines.join("\n")}\n`;
}

function bundleAsJson({ checkpoint, ...rest }: VerifiedBundle) {
  const { origin, size, root } = checkpoint ?? {};
  return { isSound: rest.faults.length === 0, origin, size, root: root && toHex(root), ...rest };
}

function readSegment(folder: string): (name: string) => Promise<Uint8Array | undefined> {
  return async (name) => {
    try {
      return await readFile(join(folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  };
}

/** Nothing for the first two seconds, nor where nobody looks. */
function showProgress(segments: number): (done: number) => void {
  const quietUntil = performance.now() + 2_000;
  return (done) => {
    if (!process.stderr.isTTY || performance.now() < quietUntil) return;
    process.stderr.write(`\r${done} of ${segments} segments${done === segments ? "\n" : ""}`);
  };
}

function asText({ faults, checkpoint, version, parent }: Verified): string {
  const lines = faults.map(sentence);
  if (checkpoint) {
    lines.push(`${checkpoint.origin}, version ${version ?? "unknown"}: ${checkpoint.size} leaves`);
    lines.push(`root ${toHex(checkpoint.root)}`, `parent ${parent ?? "none: it is the first version"}`);
  }
  lines.push(
    faults.length === 0 ? "Everything is what was signed." : `NOT what was signed: ${faults.length} faults.`,
  );
  return `${lines.join("\n")}\n`;
}

function sentence(fault: Fault): string {
  switch (fault.part) {
    case "note":
      return `signature: ${fault.what}`;
    case "manifest":
      return `manifest: ${fault.what}`;
    case "segment":
      return `segment ${fault.segment} (${fault.name}): ${fault.what}`;
    case "leaf":
      return `leaf ${fault.leaf}: ${fault.what} (bytes ${fault.from} to ${fault.to} of segment ${fault.name})`;
  }
}

function asJson({ checkpoint, ...rest }: Verified) {
  const { origin, size, root } = checkpoint ?? {};
  return { isSound: rest.faults.length === 0, origin, size, root: root && toHex(root), ...rest };
}

const argv = process.argv.slice(2);
if (argv.includes("--help") || argv.includes("-h")) {
  process.stdout.write(help);
} else {
  try {
    process.exitCode = await main(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof Unclear) process.stderr.write(`\n${help}`);
    process.exitCode = 2;
  }
}
