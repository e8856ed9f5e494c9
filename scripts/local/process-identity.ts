/** Tells a process from a later one that got the same id. */
import { readFileSync } from "node:fs";

export type ProcessIdentity = { pid: number; startedAt: string };

/** When the process started, in clock ticks since boot (proc(5), `stat`, field 22); "" where /proc is absent. */
function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

export function identify(pid: number): ProcessIdentity {
  return { pid, startedAt: startedAt(pid) };
}

export function isAlive(identity: ProcessIdentity): boolean {
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // A process of another user exists, but may not be signalled.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startedAt(identity.pid) === identity.startedAt;
}
