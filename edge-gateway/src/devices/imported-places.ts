/** The list of places that people imported, over a restart: `places.csv`, replaced whole. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "../store/replace-file.ts";
import type { AddressMap } from "./address-map.ts";
import { NotKept, noFolder } from "./not-kept.ts";

export type ImportedPlaces = Pick<AddressMap, "list" | "save"> & {
  /**
   * In force at once, and kept for good when it resolves. Throws a RangeError with every faulty entry, and then changes
   * nothing; rejects with `NotKept` when the list cannot be written.
   */
  load: (...list: Parameters<AddressMap["load"]>) => Promise<void>;
  /** Waits until the latest list is written, or has failed. */
  close: () => Promise<void>;
};

/** Loads what was kept; a list that cannot be read is told and left alone. Without a folder nothing outlives. */
export async function openImportedPlaces(
  folder: string | undefined,
  { list, load, save, imported }: AddressMap,
  onFault: (text: string) => void,
): Promise<ImportedPlaces> {
  const path = folder && join(folder, "places.csv");
  let writing = Promise.resolve();
  if (path !== undefined) {
    try {
      load(await readFile(path, "utf8"), "csv");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
        onFault(`places.csv holds nothing that can be read: ${String(error)}`);
      }
    }
  }

  async function write(text: string): Promise<void> {
    if (path === undefined) throw new NotKept("The list holds", noFolder);
    try {
      await replaceFile(path, text);
    } catch (error) {
      onFault(`the imported places cannot be kept: ${String(error)}`);
      throw new NotKept("The list holds", error);
    }
  }

  return {
    list,
    async load(text, format) {
      load(text, format);
      const kept = imported();
      const written = writing.then(() => write(kept));
      writing = written.catch(() => undefined);
      await written;
    },
    save,
    close: () => writing,
  };
}
