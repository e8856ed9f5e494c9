/** Puts a text in the place of a file's, whole: after a power cut there is the one before or this one. */
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

async function sync(folder: string): Promise<void> {
  await using handle = await open(folder, "r");
  await handle.sync();
}

/** Two for the same path must not run at once. When it resolves, the text survives a power cut; throws what the file system throws. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const written = `${path}.new`;
  try {
    {
      await using handle = await open(written, "w", 0o600);
      await handle.writeFile(text);
      await handle.sync();
    }
    await rename(written, path);
  } catch (error) {
    await rm(written, { force: true }).catch(() => undefined);
    throw error;
  }
  await sync(dirname(path));
}
