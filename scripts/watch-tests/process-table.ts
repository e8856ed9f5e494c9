/** The processes of this machine, as far as this user may see them. */
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

export type TableRow = {
  pid: number;
  parent: number;
  /** Tells the process from a later one with its id: clock ticks since boot, or what `ps` prints. */
  startedAt: string;
  args: string[];
};

/** From /proc (proc(5)); from `ps` where there is none. */
export async function readProcessTable(): Promise<TableRow[]> {
  const names = await readdir("/proc").catch(() => undefined);
  if (names === undefined) return listWithPs();
  const rows = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(readRow));
  return rows.filter((row) => row !== undefined);
}

/** Undefined for a process that has ended meanwhile, or that has ended and is not yet collected. */
async function readRow(pid: string): Promise<TableRow | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name stands in parentheses and may hold spaces; state, parent and start are fields 3, 4 and 22.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z") return undefined;
    const args = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0").filter(Boolean);
    return { pid: Number(pid), parent: Number(fields[1]), startedAt: fields[19] ?? "", args };
  } catch {
    return undefined;
  }
}

async function listWithPs(): Promise<TableRow[]> {
  const { stdout } = await promisify(execFile)("ps", ["-axo", "pid=,ppid=,stat=,lstart=,command="]);
  // lstart is five words, such as `Fri Nov 27 10:16:05 2026`.
  const line = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/;
  return stdout.split("\n").flatMap((text) => {
    const [, pid, parent, state = "", startedAt = "", command = ""] = line.exec(text) ?? [];
    if (pid === undefined || state.startsWith("Z")) return [];
    return [{ pid: Number(pid), parent: Number(parent), startedAt, args: command.split(" ") }];
  });
}

/** All that a process has started, directly or not; parents before their children. */
export function descendantsOf(pid: number, table: readonly TableRow[]): TableRow[] {
  const found: TableRow[] = [];
  for (let parents = [pid]; parents.length > 0; ) {
    const children = table.filter((row) => parents.includes(row.parent));
    found.push(...children);
    parents = children.map((row) => row.pid);
  }
  return found;
}

/** Whether the process was started with this variable (`NAME=value`), or by one that was; Linux only. */
export async function hasVariable({ pid }: TableRow, variable: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
  return environment.split("\0").includes(variable);
}
