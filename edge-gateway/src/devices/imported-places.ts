/** The list of places that people imported, over a restart: `places.csv`, replaced whole beside the work. */
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AddressMap } from "./address-map.ts";

export type ImportedPlaces = Pick<AddressMap, "list" | "load" | "save"> & {
  /** Waits until the latest list is written, or has failed. */
  close: () => Promise<void>;
};

/** Loads what was kept; a list that cannot be read is told and left alone. Without a folder nothing outlives. */
export async function openImportedPlaces(
  folder: string | undefined,
  { list, load, save, imported }: AddressMap,
  onFault: (text: string) => void,
): Promise<ImportedPlaces> {
  if (folder === undefined) return { list, load, save, close: async () => {} };
  const path = join(folder, "places.csv");
  let writing = Promise.resolve();
  try {
    load(await readFile(path, "utf8"), "csv");
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
    list,
    load(text, format) {
      load(text, format);
      const kept = imported();
      writing = writing
        .then(() => write(kept))
        .catch((error) => onFault(`the imported places cannot be kept: ${String(error)}`));
    },
    save,
    close: () => writing,
  };
}
