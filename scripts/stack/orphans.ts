/**
 * The processes of this stack, noted in a file, so that those that a killed stack left running can be ended: by a second
 * Ctrl-C, or by the next start.
 */
import * as z from "zod";
import { identify, isAlive, type ProcessIdentity } from "../local/process-identity.ts";
import { until } from "../local/until.ts";
import { readJson, writeSecretJson } from "./keep-json.ts";
import { paths } from "./paths.ts";

/** SIGQUIT is PostgreSQL's immediate shutdown: it ends all of its processes, and the next start recovers. */
const EndSignal = z.enum(["SIGKILL", "SIGQUIT"]);
type EndSignal = z.infer<typeof EndSignal>;
const Noted = z.record(z.string(), z.object({ pid: z.int(), startedAt: z.string(), signal: EndSignal }));

const endMsMax = 10_000;

export type ProcessNotes = { note(name: string, pid: number, signal?: EndSignal): Promise<void> };

/** Starts an empty list of processes. A process of the same name replaces the one before. */
export async function noteProcesses(file = paths.processes): Promise<ProcessNotes> {
  const noted: z.infer<typeof Noted> = {};
  let written = writeSecretJson(file, noted);
  await written;
  return {
    async note(name, pid, signal = "SIGKILL") {
      noted[name] = { ...identify(pid), signal };
      // One after the other, so that the file ends with the latest list.
      written = written.then(() => writeSecretJson(file, noted));
      await written;
    },
  };
}

async function end(orphan: ProcessIdentity, signal: EndSignal): Promise<void> {
  // Without a start time a process cannot be told from a later one with its id.
  if (orphan.startedAt === "" || !isAlive(orphan)) return;
  process.kill(orphan.pid, signal);
  await until(() => (isAlive(orphan) ? undefined : true), {
    withinMs: endMsMax,
    because: `process ${orphan.pid} of an earlier stack does not end; end it by hand`,
  });
}

/** Ends what is still running of the noted processes. */
export async function endNoted(file = paths.processes): Promise<void> {
  const noted = (await readJson(file, Noted)) ?? {};
  await Promise.all(Object.values(noted).map((one) => end(one, one.signal)));
}
