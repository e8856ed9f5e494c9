/** Streams one file of an npm package to disk; the rest of the tarball is read and dropped. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { MIB } from "@vigil/core/limits";
import pacote from "pacote";
import { Parser, type ReadEntry } from "tar";
import type { RegistrySettings } from "./config.ts";

/** One file of an npm package, named exactly. */
export type PackageFile = {
  package: string;
  version: string;
  /** Inside the tarball, without its leading `package/`. */
  path: string;
  /** Of the file itself, in hex. */
  sha256: string;
  licence: string;
};

/** Bytes of the compressed package so far; the total is unknown when the registry does not state it. */
export type Progress = { receivedBytes: number; totalBytes: number | undefined };

const packageBytesMax = 1024 * MIB;
const fileBytesMax = 512 * MIB;

type Options = { onProgress?: (progress: Progress) => void; signal?: AbortSignal };

/**
 * Writes the file to `to`, or nothing when the package does not hold it. pacote verifies the package's own
 * integrity on the way. Throws what the registry, the network or the disk threw.
 */
export async function extractFile(
  file: PackageFile,
  to: string,
  registry: RegistrySettings,
  { onProgress, signal }: Options,
): Promise<void> {
  await pacote.tarball.stream(
    `${file.package}@${file.version}`,
    (tarball) =>
      readEntry(tarball, file.path, to, { ...(onProgress && { onProgress }), ...(signal && { signal }) }),
    { ...registry, retry: { retries: 1, minTimeout: 500, maxTimeout: 2_000 }, ...(signal && { signal }) },
  );
}

async function readEntry(tarball: Readable, path: string, to: string, options: Options): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let written: Promise<void> = Promise.resolve();
  const parser = new Parser({
    filter: (entryPath, entry) => withoutRoot(entryPath) === path && "type" in entry && entry.type === "File",
    onReadEntry: (entry) => {
      written = write(entry, to);
      // A full disk must end the download; the parser alone would wait for the entry for ever.
      written.catch(reject);
    },
  });
  parser.on("error", reject);
  parser.on("close", resolve);
  const aborted = () => reject(options.signal?.reason);
  options.signal?.addEventListener("abort", aborted, { once: true });

  let receivedBytes = 0;
  tarball.on("error", reject);
  tarball.on("data", (chunk: Buffer) => {
    receivedBytes += chunk.length;
    if (receivedBytes > packageBytesMax) {
      reject(new Error(`expected at most ${packageBytesMax} bytes, got more`));
    }
    options.onProgress?.({ receivedBytes, totalBytes: undefined });
  });
  // pipe() and not pipeline(): the parser is an event emitter that can be written to, but no Writable.
  tarball.pipe(parser);
  try {
    await promise;
    await written;
  } finally {
    options.signal?.removeEventListener("abort", aborted);
    tarball.destroy();
  }
}

/** npm strips the first folder of a tarball, whatever its name (usually `package`). */
function withoutRoot(path: string): string {
  return path.slice(path.indexOf("/") + 1);
}

async function write(entry: ReadEntry, to: string): Promise<void> {
  if (entry.size > fileBytesMax) {
    throw new Error(`expected a file of at most ${fileBytesMax} bytes, got ${entry.size}`);
  }
  await pipeline(Readable.from(entry), createWriteStream(to));
}
