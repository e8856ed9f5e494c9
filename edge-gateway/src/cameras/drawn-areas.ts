/** Zones and masks that people drew on a camera's picture, over a restart: `areas.json`, replaced whole. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { CameraConfig } from "../cameras-config.ts";
import { NotKept, noFolder } from "../devices/not-kept.ts";
import { replaceFile } from "../store/replace-file.ts";

export const Areas = CameraConfig.pick({ zones: true, masks: true });
export type Areas = z.infer<typeof Areas>;

const Kept = z.record(z.string(), Areas);

export type DrawnAreas = {
  /** They take the place of those of `gateway.yaml`. */
  find(camera: string): Areas | undefined;
  /** Rejects with `NotKept` when they cannot be written; `find` has them all the same. */
  set(camera: string, areas: Areas): Promise<void>;
};

/** What cannot be read is told and left alone. Without a folder nothing outlives a restart. */
export async function openDrawnAreas(
  folder: string | undefined,
  onFault: (text: string) => void,
): Promise<DrawnAreas> {
  const path = folder && join(folder, "areas.json");
  const drawn = new Map<string, Areas>();
  let writing = Promise.resolve();
  if (path !== undefined) {
    try {
      const kept = Kept.parse(JSON.parse(await readFile(path, "utf8")));
      for (const [camera, areas] of Object.entries(kept)) drawn.set(camera, areas);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
        onFault(`areas.json holds nothing that can be read: ${String(error)}`);
      }
    }
  }

  async function write(text: string): Promise<void> {
    if (path === undefined) throw new NotKept("What was drawn holds", noFolder);
    try {
      await replaceFile(path, text);
    } catch (error) {
      onFault(`what was drawn on a camera's picture cannot be kept: ${String(error)}`);
      throw new NotKept("What was drawn holds", error);
    }
  }

  return {
    find: (camera) => drawn.get(camera),
    async set(camera, areas) {
      drawn.set(camera, areas);
      const text = JSON.stringify(Object.fromEntries(drawn));
      const written = writing.then(() => write(text));
      writing = written.catch(() => undefined);
      await written;
    },
  };
}
