/** Children that a killed stack left running. PostgreSQL is not among them: its own start replaces a left one. */
import * as z from "zod";
import { isAlive, type ProcessIdentity } from "../local/process-identity.ts";
import { until } from "../local/until.ts";
import { readJson, writeSecretJson } from "./keep-json.ts";
import { places } from "./places.ts";

const Children = z.array(z.object({ pid: z.int(), startedAt: z.string() }));

export async function noteChildren(children: readonly ProcessIdentity[]): Promise<void> {
  await writeSecretJson(places.children, children);
}

/** Ends what is still running of an earlier stack, so that its worker does not take this one's jobs. */
export async function endOrphans(): Promise<void> {
  for (const orphan of (await readJson(places.children, Children)) ?? []) {
    // Without a start time a process cannot be told from a later one with its id.
    if (orphan.startedAt === "" || !isAlive(orphan)) continue;
    process.kill(orphan.pid, "SIGKILL");
    await until(() => (isAlive(orphan) ? undefined : true), {
      withinMs: 5_000,
      because: `process ${orphan.pid} of an earlier stack does not end`,
    });
  }
  await noteChildren([]);
}
