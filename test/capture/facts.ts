/** Facts of JPEGs' heads that were derived elsewhere, as a list in JSON. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

const Row = z.object({
  file: z.string(),
  make: z.string(),
  model: z.string(),
  software: z.string(),
  width: z.number(),
  height: z.number(),
  qtableSha1: z.string(),
  huffmanSha1: z.string(),
  subsampling: z.string(),
  sof: z.string(),
  ijgQuality: z.number().nullable(),
  markers: z.string(),
});

export type Fact = {
  file: string;
  /** Make and model; empty: none is named. */
  camera: string;
  software: string;
  /** Of the tables and how they are put into segments. */
  huffman: string;
  sampling: string;
  frame: string;
  markers: string;
  /** However it is turned. */
  size: string;
  quantisation: string;
  /** Whether the tables are the usual ones at some quality. */
  quantisationFamily: string;
};

export async function readFacts(folder: string): Promise<Fact[]> {
  const rows = z
    .array(Row)
    .parse(JSON.parse(await readFile(join(folder, "jpeg-encoder-signatures.json"), "utf8")));
  return rows.map((row) => ({
    file: row.file,
    camera: row.model.trim() === "" ? "" : `${row.make.trim()} ${row.model.trim()}`,
    software: row.software,
    huffman: row.huffmanSha1,
    sampling: row.subsampling,
    frame: row.sof,
    markers: row.markers,
    size: `${Math.max(row.width, row.height)}x${Math.min(row.width, row.height)}`,
    quantisation: row.qtableSha1,
    quantisationFamily: row.ijgQuality === null ? "its own" : "the usual one",
  }));
}

const editors =
  /adobe|photoshop|lightroom|ofoto|noise ninja|picasa|gimp|paint|acd|quicktime|viewer|photo desk/i;

/** Names its camera, and neither names a program that changes pictures nor has the segments that Photoshop writes. */
export function isUnedited({ camera, software, markers }: Fact): boolean {
  const photoshop = markers.split(" ").some((marker) => marker === "ed" || marker === "ee");
  return camera !== "" && !photoshop && !editors.test(software);
}
