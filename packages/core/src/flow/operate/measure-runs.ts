/** How bulk work stands, measured by the sweep and kept in one row, so that to read it costs the same whatever there is. */
import { run as limits } from "../../limits.ts";
import type { End } from "../../run/wire.ts";
import type { Services } from "../services.ts";

/** Of all accounts. */
export type RunLevels = {
  at: string;
  /** Chunks that are not in the queue yet, and that are there or under way. */
  waiting: number;
  sent: number;
  /** When the oldest of them was named; null: there is none. */
  oldestAt: string | null;
  /** Runs that wait to be grouped. */
  toGroup: number;
  /** Of runs that were opened within a day, by how they ended. */
  items: Partial<Record<End | "open", number>>;
  /** Of these, those that look like an earlier one of their run. */
  alike: number;
};

const stateName = "runs";

/** @returns how many chunks have not ended */
export async function measureRuns({ database: { sql }, clock }: Services): Promise<number> {
  const at = clock.now();
  const since = new Date(at.getTime() - limits.levelsMs);
  const [row] = await sql<{ levels: Omit<RunLevels, "at"> }[]>`select run_levels(${since}) as levels`;
  if (!row) throw new Error("expected how runs stand");
  const levels: RunLevels = { at: at.toISOString(), ...row.levels };
  await sql.begin(async (tx) => {
    await tx`select lock_system_state(${stateName})`;
    await tx`select save_system_state(${stateName}, ${JSON.stringify(levels)}::jsonb, ${at})`;
  });
  return levels.waiting + levels.sent;
}

/** As the sweep found it last; undefined before the first time. */
export async function getRunLevels({ database }: Services): Promise<RunLevels | undefined> {
  const [row] = await database.sql<
    { value: RunLevels | null }[]
  >`select read_system_state(${stateName}) as value`;
  return row?.value ?? undefined;
}
