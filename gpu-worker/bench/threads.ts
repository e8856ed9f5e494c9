/**
 * CPU time and memory of a worker by kind of thread, from /proc (Linux). Elsewhere the figures are absent.
 * The processes that it has started decode: each counts as one thread of that name.
 */
import { readdir, readFile } from "node:fs/promises";

/** CPU milliseconds by the name of the thread. */
export type ThreadCpu = Map<string, number>;

/** The kernel counts CPU time in ticks of 10 ms on every platform that Node runs on (USER_HZ = 100). */
const msPerTick = 10;

export async function readThreadCpu(pid: number): Promise<ThreadCpu> {
  const cpu = await readOwnThreads(pid);
  for (const child of await listChildren(pid)) {
    const ms = [...(await readOwnThreads(child)).values()].reduce((sum, one) => sum + one, 0);
    cpu.set("decode", (cpu.get("decode") ?? 0) + ms);
  }
  return cpu;
}

/** Processes that the main thread has started (proc(5), task/tid/children). */
async function listChildren(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text.split(" ").filter(Boolean).map(Number);
}

async function readOwnThreads(pid: number): Promise<ThreadCpu> {
  const cpu: ThreadCpu = new Map();
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  for (const task of tasks) {
    const stat = await readFile(`/proc/${pid}/task/${task}/stat`, "utf8").catch(() => undefined);
    if (stat === undefined) continue;
    // The name stands in parentheses and may hold spaces; utime and stime are fields 14 and 15 (proc(5)).
    const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const kind = task === String(pid) ? "main" : name;
    cpu.set(kind, (cpu.get(kind) ?? 0) + (Number(fields[11]) + Number(fields[12])) * msPerTick);
  }
  return cpu;
}

/** What was used between two readings. */
export function since(before: ThreadCpu, after: ThreadCpu): ThreadCpu {
  return new Map([...after].map(([name, ms]) => [name, ms - (before.get(name) ?? 0)]));
}

/** Resident memory of the process and of those that it has started, in bytes; 0 where it cannot be read. */
export async function readRss(pid: number): Promise<number> {
  const all = await Promise.all([pid, ...(await listChildren(pid))].map(readOwnRss));
  return all.reduce((sum, bytes) => sum + bytes, 0);
}

async function readOwnRss(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
