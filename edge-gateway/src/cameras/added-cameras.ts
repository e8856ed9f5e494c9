/** Cameras that people added on the local page, over a restart: `cameras.json`, which only the gateway's own user may read. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { CameraConfig } from "../cameras-config.ts";
import { NotKept, noFolder } from "../devices/not-kept.ts";
import { replaceFile } from "../store/replace-file.ts";

const Kept = z.array(CameraConfig).max(64);

export type AddedCameras = {
  list(): readonly CameraConfig[];
  /** Rejects with `NotKept` when it cannot be written; `list` has it all the same. */
  add(camera: CameraConfig): Promise<void>;
};

/** What cannot be read is told and left alone. Without a folder nothing outlives a restart. */
export async function openAddedCameras(
  folder: string | undefined,
  onFault: (text: string) => void,
): Promise<AddedCameras> {
  const path = folder && join(folder, "cameras.json");
  let cameras: CameraConfig[] = [];
  let isReadable = true;
  let writing = Promise.resolve();
  if (path !== undefined) {
    try {
      cameras = Kept.parse(JSON.parse(await readFile(path, "utf8")));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
        isReadable = false;
        onFault(`cameras.json holds nothing that can be read: ${firstLine(error)}`);
      }
    }
  }

  async function write(text: string): Promise<void> {
    const what = "The camera is there";
    if (path === undefined) throw new NotKept(what, noFolder);
    // Somebody's cameras are in it: it is not written over.
    if (!isReadable) throw new NotKept(what, "cameras.json holds something else; move it away");
    await replaceFile(path, text).catch((error: unknown) => {
      onFault(`the cameras that were added cannot be kept: ${firstLine(error)}`);
      throw new NotKept(what, error);
    });
  }

  return {
    list: () => cameras,
    async add(camera) {
      cameras = [...cameras, camera];
      const text = JSON.stringify(cameras);
      const written = writing.then(() => write(text));
      writing = written.catch(() => undefined);
      await written;
    },
  };
}

/** A fault of the schema names the place and not what stands there, which may be a password. */
const firstLine = (error: unknown) =>
  error instanceof z.ZodError
    ? error.issues
        .map(({ path, message }) => `${path.join(".")}: ${message}`)
        .join("; ")
        .slice(0, 300)
    : String(error instanceof Error ? error.message : error).split("\n", 1)[0];
