/**
 * What the reader of provenance makes of signed and damaged files, and what that costs: each file of a folder, manifests
 * with flipped bits, and pictures without one. The folder holds C2PA's public test files.
 *
 *   npm run bench -- provenance --files ../shared/authenticity/c2pa --mutations 10000
 */
import "../../scripts/help.ts";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { damageManifest, randomOf } from "../../packages/core/testing/damage-manifest.ts";
import { createProvenanceReader } from "../src/pipe/provenance/index.ts";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "../shared/authenticity/c2pa" },
    mutations: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
  },
});
const types: Record<string, string> = { ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp" };
const turn = { accountId: "bench", priority: 1 };

type File = { name: string; contentType: string; bytes: Buffer };

async function listFiles(folder: string): Promise<File[]> {
  const files: File[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const contentType = types[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    files.push({ name: entry.name, contentType, bytes: await readFile(join(entry.parentPath, entry.name)) });
  }
  return files.toSorted((a, b) => a.name.localeCompare(b.name));
}

const line = (cells: readonly (string | number)[]) =>
  process.stdout.write(`${cells.map((cell) => String(cell).padEnd(38)).join("")}\n`);

if (!existsSync(values.files)) {
  line([`there is no folder ${values.files}: name one with --files`]);
} else {
  let requests = 0;
  globalThis.fetch = () => {
    requests += 1;
    return Promise.reject(new Error("no network"));
  };
  const reader = createProvenanceReader();
  const files = await listFiles(values.files);
  const signed: File[] = [];
  for (const file of files) {
    const { status, codes, sourceTypes = [] } = await reader.read(file.bytes, file.contentType, turn);
    const start = performance.now();
    await reader.read(file.bytes, file.contentType, turn);
    line([
      file.name,
      status,
      `${(performance.now() - start).toFixed(1)} ms`,
      [...codes, ...sourceTypes].join(" "),
    ]);
    if (status !== "absent" && file.bytes.length < 1_000_000) signed.push(file);
  }
  const random = randomOf(Number(values.seed));
  const counts = new Map<string, number>();
  let slowestMs = 0;
  let rssMax = 0;
  for (let round = 0; round < Number(values.mutations); round += 1) {
    const file = signed[round % signed.length];
    if (!file) break;
    const start = performance.now();
    const { status, codes } = await reader.read(damageManifest(file.bytes, random), file.contentType, turn);
    slowestMs = Math.max(slowestMs, performance.now() - start);
    rssMax = Math.max(rssMax, process.memoryUsage.rss());
    const key = codes.includes("reader.gave-up") ? "gave up" : status;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  line([
    "damaged manifests",
    values.mutations,
    [...counts].map(([key, count]) => `${key} ${count}`).join(", "),
  ]);
  line(["slowest", `${slowestMs.toFixed(0)} ms`]);
  line(["memory of the process at most", `${(rssMax / 1e6).toFixed(0)} MB`]);
  line(["requests", requests]);
  await reader.close();
}
