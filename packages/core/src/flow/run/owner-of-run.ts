import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";

/** The account of a run that somebody without an account names: a worker, a message. @throws `not-found` */
export async function ownerOfRun({ database }: Services, runId: string): Promise<string> {
  const [owner] = await database.sql<{ id: string | null }[]>`select account_of_run(${runId}) as id`;
  if (!owner?.id) throw problem("not-found", `no run ${runId}`);
  return owner.id;
}
