/** Where the gateway keeps things: its store, held by one process at a time, or a temporary one where the disk has failed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Config } from "../config.ts";
import { AlreadyRunning, takeLock } from "../lock.ts";
import type { Log } from "../log.ts";
import { openStore, type Store } from "./index.ts";

export type HeldStore = {
  directory: string;
  store: Store;
  /** What is kept here does not outlive a restart. */
  isTemporary: boolean;
  close(): Promise<void>;
};

const MIB = 1024 * 1024;
/** A disk may be slow to come up after a power cut. */
const retryMs = [1_000, 2_000, 4_000];

async function open(directory: string, ballastBytes: number, isTemporary: boolean): Promise<HeldStore> {
  const lock = takeLock(directory);
  try {
    const store = await openStore({ directory, ballastBytes });
    const close = async () => {
      await store.close();
      lock.release();
      if (isTemporary) rmSync(directory, { recursive: true, force: true });
    };
    return { directory, store, isTemporary, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * @param wait until so many milliseconds have passed
 * @throws `AlreadyRunning`
 */
export async function holdStore(
  { directory, ballastMiB }: Config["store"],
  log: Log,
  wait: (ms: number) => Promise<unknown> = pause,
): Promise<HeldStore> {
  for (const waitMs of [...retryMs, undefined]) {
    try {
      return await open(directory, ballastMiB * MIB, false);
    } catch (error) {
      if (error instanceof AlreadyRunning) throw error;
      log.error({ err: error, directory, waitMs }, "the store cannot be opened");
      if (waitMs !== undefined) await wait(waitMs);
    }
  }
  return open(mkdtempSync(join(tmpdir(), "vigil-gateway-")), MIB, true);
}
