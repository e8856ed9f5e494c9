/**
 * Real camera photographs that arrive as files of npm packages, for the sample feed, for calibration without frames of
 * one's own, and for tests. `photographs.json` names them with their licences; they are fetched and verified like models,
 * and never committed.
 */
import * as z from "zod";
import catalogue from "../../photographs.json" with { type: "json" };
import type { PackageFile } from "./extract-file.ts";

export type PhotographName = keyof typeof catalogue;

const Photograph = z.strictObject({
  shows: z.string(),
  package: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/, "expected an exact version"),
  path: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  licence: z.string(),
  width: z.int(),
  height: z.int(),
});

/** Checked when the module loads: a photograph without a licence or a hash stops the start. */
const photographs = z.record(z.string(), Photograph).parse(catalogue);

/** A photograph's file for the store, and its size in pixels. */
export function photograph(name: PhotographName): { file: PackageFile; width: number; height: number } {
  const found = photographs[name];
  if (!found) throw new Error(`expected one of ${Object.keys(photographs).join(", ")}, got ${name}`);
  const { shows: _, width, height, ...file } = found;
  return { file, width, height };
}
