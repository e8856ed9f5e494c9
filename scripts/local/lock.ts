/**
 * One local stack per checkout: a second one would write to the same database and queues.
 *
 * The lock is a file that names its holder. A holder that no longer runs (SIGKILL, power loss) is replaced.
 */
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { identify, isAlive, type ProcessIdentity } from "./process-identity.ts";

export type Lock = { release(): Promise<void> };

/** Another stack holds the lock. */
export class AlreadyRunning extends Error {
  readonly holder: ProcessIdentity;
  constructor(holder: ProcessIdentity) {
    super(`a local stack of this checkout is running (process ${holder.pid})`);
    this.holder = holder;
  }
}

async function holderOf(file: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** Throws `AlreadyRunning` while another process that is alive holds the lock. */
export async function takeLock(file: string): Promise<Lock> {
  await mkdir(dirname(file), { recursive: true });
  const own = identify(process.pid);
  const offered = `${file}.${own.pid}`;
  await writeFile(offered, JSON.stringify(own));
  try {
    for (;;) {
      try {
        // A link either appears whole, with its content, or not at all.
        await link(offered, file);
        return { release: () => rm(file, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = await holderOf(file);
      if (holder && isAlive(holder)) throw new AlreadyRunning(holder);
      await removeStale(file, `${offered}.stale`);
    }
  } finally {
    await rm(offered, { force: true });
  }
}

/** Of two that found the same stale lock, one moves it away; the other finds nothing, or the new lock, and puts it back. */
async function removeStale(file: string, aside: string): Promise<void> {
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = await holderOf(aside);
  if (moved && isAlive(moved)) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}
