/**
 * Malformed input, noted for whoever looks for a bad cable: 80 characters of each, in files of at most 1 MiB, five of
 * them. Never waits for the disk, and writes at most 50 lines a second: a flood is counted, not copied.
 */
import { appendFile, mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";

const fileBytesMax = 1024 * 1024;
const filesMax = 5;
const linesPerSecondMax = 50;
/** A disk that hangs does not fill the memory. */
const linesWaitingMax = 1_000;
const name = (index: number) => (index === 0 ? "malformed.log" : `malformed.${index}.log`);

export type MalformedLog = {
  note: (at: Date, device: string, reason: string, excerpt: string) => void;
  /** Waits until what was noted is written, or has failed. */
  close: () => Promise<void>;
};

export function createMalformedLog(
  folder: string | undefined,
  onFault: (error: unknown) => void,
): MalformedLog {
  let lines: string[] = [];
  let [second, inSecond, suppressed] = [0, 0, 0];
  let writing: Promise<void> | undefined;
  let bytes: number | undefined;

  async function turn(directory: string): Promise<void> {
    for (let index = filesMax - 1; index > 0; index--) {
      const older = join(directory, name(index));
      await rename(join(directory, name(index - 1)), older).catch(ignoreMissing);
    }
    bytes = 0;
  }

  async function write(directory: string): Promise<void> {
    await mkdir(directory, { recursive: true });
    while (lines.length > 0) {
      const text = lines.join("");
      lines = [];
      bytes ??= await stat(join(directory, name(0))).then(
        ({ size }) => size,
        () => 0,
      );
      if (bytes + text.length > fileBytesMax) await turn(directory);
      await appendFile(join(directory, name(0)), text);
      bytes = (bytes ?? 0) + Buffer.byteLength(text);
    }
  }

  function start(): void {
    if (!folder || writing) return;
    writing = write(folder)
      .catch(onFault)
      .finally(() => {
        writing = undefined;
      });
  }

  return {
    note(at, device, reason, excerpt) {
      if (!folder) return;
      const now = Math.floor(at.getTime() / 1_000);
      if (now !== second) [second, inSecond] = [now, 0];
      if (++inSecond > linesPerSecondMax || lines.length >= linesWaitingMax) {
        suppressed++;
        return;
      }
      const more = suppressed > 0 ? ` (${suppressed} more were not noted)` : "";
      suppressed = 0;
      lines.push(`${at.toISOString()} ${device} ${reason} ${JSON.stringify(excerpt)}${more}\n`);
      start();
    },
    async close() {
      await writing;
    },
  };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
