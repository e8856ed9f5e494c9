import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readCatalogue } from "../../model/index.ts";
import { Manifest } from "../../model/onnx/index.ts";
import type { Options } from "./options.ts";
import type { Terminal } from "./terminal.ts";

export async function runList(options: Options, terminal: Terminal): Promise<void> {
  const { detectors } = await readCatalogue();
  terminal.print("catalogue");
  for (const [name, { about, licence, inputSize }] of Object.entries(detectors)) {
    terminal.print(`  ${name.padEnd(16)} ${String(inputSize).padStart(5)}  ${licence.padEnd(12)} ${about}`);
  }
  const folder = join(options["cache-dir"], "models");
  const prepared = await readManifests(folder);
  terminal.print(prepared.length === 0 ? `nothing prepared in ${folder}` : `prepared in ${folder}`);
  for (const { name, precision, inputSize, source, agreement } of prepared) {
    const figures = agreement
      ? `recall ${(agreement.recall * 100).toFixed(1)} %, precision ${(agreement.precision * 100).toFixed(1)} %`
      : "as the original";
    const row = [
      name.padEnd(16),
      String(inputSize).padStart(5),
      "",
      source.licence.padEnd(12),
      precision.padEnd(8),
    ];
    terminal.print(`  ${row.join(" ")} ${figures}`);
  }
}

/** Folders without a readable manifest are no prepared models, and are passed over. */
async function readManifests(folder: string): Promise<Manifest[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name, `${name}.manifest.json`), "utf8").catch(() => "null");
      return Manifest.safeParse(JSON.parse(text)).data;
    }),
  );
  return found.filter((manifest) => manifest !== undefined);
}
