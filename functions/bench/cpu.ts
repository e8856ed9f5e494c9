/** Processor time of this process, and of a PostgreSQL server with everything that works for it. */
import { readdir, readFile } from "node:fs/promises";

/** Milliseconds. Linux tells them in ticks of a hundredth of a second; elsewhere the database's is 0. */
export type Cpu = { apiMs: number; databaseMs: number };

export async function cpuOf(postgresPid: number): Promise<Cpu> {
  const { user, system } = process.cpuUsage();
  const ids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const ticks = await Promise.all(ids.map((id) => ticksOf(id, postgresPid)));
  return { apiMs: (user + system) / 1000, databaseMs: ticks.reduce((sum, one) => sum + one, 0) * 10 };
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function ticksOf(id: string, postgresPid: number): Promise<number> {
  const text = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
  const isOurs = Number(id) === postgresPid || parent === postgresPid;
  return isOurs ? (user ?? 0) + (system ?? 0) : 0;
}
