/** The list of places that people imported, over a restart: `places.csv`, replaced whole beside the work. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AddressMap } from "./address-map.ts";

export type ImportedPlaces = {
  /** Keeps what the map holds now. */
  keep: () => void;
  close: () => Promise<void>;
};

/** Loads what was kept; a list that cannot be read is told and left alone. Without a folder nothing outlives. */
export async function openImportedPlaces(
  folder: string | undefined,
  places: AddressMap,
  onFault: (text: string) => void,
): Promise<ImportedPlaces> {
  if (folder === undefined) return { keep: () => {}, close: async () => {} };
  const path = join(folder, "places.csv");
  let writing = Promise.resolve();
  try {
    places.load(await readFile(path, "utf8"), "csv");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      onFault(`places.csv holds nothing that can be read: ${String(error)}`);
    }
  }

  async function write(text: string): Promise<void> {
    await writeFile(`${path}.new`, text, { flush: true });
    await rename(`${path}.new`, path);
  }

  return {
    keep() {
      const text = places.imported();
      writing = writing
        .then(() => write(text))
        .catch((error) => onFault(`the imported places cannot be kept: ${String(error)}`));
    },
    close: () => writing,
  };
}
