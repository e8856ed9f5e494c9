/** How much memory a process and those that it starts take together. */
import { readFile } from "node:fs/promises";
import { descendantsOf, readProcessTable } from "../../scripts/watch-tests/process-table.ts";

export type MemoryWatch = AsyncDisposable & {
  /** The most so far, in bytes: of each process that lives at a moment the peak of its life. 0 where there is no /proc. */
  readonly peakBytes: number;
};

const everyMs = 200;

export function watchMemory(pid: number): MemoryWatch {
  let peakBytes = 0;
  const ended = new AbortController();
  const watching = (async () => {
    while (!ended.signal.aborted) {
      const table = await readProcessTable();
      const ids = [pid, ...descendantsOf(pid, table).map((row) => row.pid)];
      const peaks = await Promise.all(ids.map(peakOf));
      peakBytes = Math.max(
        peakBytes,
        peaks.reduce((sum, bytes) => sum + bytes, 0),
      );
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  return {
    get peakBytes() {
      return peakBytes;
    },
    async [Symbol.asyncDispose]() {
      ended.abort();
      await watching;
    },
  };
}

/** `VmHWM` of proc(5); 0 for a process that has ended. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
