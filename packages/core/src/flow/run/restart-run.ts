/** A run that began with a model which is in use no longer begins again with the one that is. */
import { inAccount } from "../../db/index.ts";
import * as Model from "../../model/index.ts";
import type { ModelName } from "../../review/wire.ts";
import * as Run from "../../run/index.ts";
import type { Services } from "../services.ts";

/**
 * All of a run is looked at with one model, and nobody runs the old one any more. What it saw stays, should it come back.
 * @param model what the worker runs that asks for the run's items
 * @returns whether it begins again
 */
export async function restartRun(
  services: Services,
  { accountId, runId, model }: { accountId: string; runId: string; model: ModelName },
): Promise<boolean> {
  const isOther = (found: Run.Run) => found.model !== null && found.model.sha256 !== model.sha256;
  const seen = await inAccount(services.database, accountId, (tx) => Run.get(tx, runId));
  if (!isOther(seen)) return false;
  if ((await Model.current(services.database.sql))?.sha256 !== model.sha256) return false;
  return inAccount(services.database, accountId, async (tx, sql) => {
    await Run.lockChunks(sql, runId);
    const found = await Run.get(tx, runId);
    if (!isOther(found) || !["listing", "running"].includes(found.state)) return false;
    await Run.restart(sql, runId, model);
    return true;
  });
}
