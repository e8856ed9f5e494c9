/** Once a minute: whether the ledger balances, and what the processes take of memory. */
import { setTimeout as pause } from "node:timers/promises";
import { OperatorLedgerView } from "@vigil/core/ledger/wire";
import { terminal } from "../../scripts/terminal.ts";
import type { Cast } from "../deliver-kill/cast.ts";
import type { World } from "../walk/world.ts";
import { type VictimName, type Victims, victimNames } from "./victims.ts";

export type Minute = {
  minute: number;
  balanced: boolean;
  accepted: number;
  underWay: number;
  /** Bytes. */
  memory: Record<VictimName, number>;
  /** How often each had been killed by then. */
  kills: Record<VictimName, number>;
};

type Watching = { world: World; cast: Cast; victims: Victims; startMs: number; signal: AbortSignal };

export async function watchMinutes(watching: Watching): Promise<Minute[]> {
  const seen: Minute[] = [];
  for (let minute = 1; ; minute += 1) {
    const dueMs = watching.startMs + minute * 60_000;
    await pause(Math.max(0, dueMs - Date.now()), undefined, { signal: watching.signal }).catch(
      () => undefined,
    );
    if (watching.signal.aborted) return seen;
    const now = await look(watching, minute);
    seen.push(now);
    terminal.line(
      `  minute ${minute}: ledger ${now.balanced ? "balanced" : "NOT balanced"}, ${now.accepted} events, ${now.underWay} reviews and deliveries under way`,
    );
  }
}

export async function readLedger({
  world,
  cast,
}: Pick<Watching, "world" | "cast">): Promise<OperatorLedgerView> {
  const answer = await cast.ask("/operator/v1/ledger", { key: world.base.seeded.operatorToken });
  return OperatorLedgerView.parse(await answer.json());
}

async function look({ world, cast, victims }: Watching, minute: number): Promise<Minute> {
  const ledger = await readLedger({ world, cast });
  const line = (noun: string) => ledger.lines.find((one) => one.noun === noun);
  const sizes = await Promise.all(
    victimNames.map(async (name) => [name, await victims[name].memory()] as const),
  );
  return {
    minute,
    balanced: ledger.balanced,
    accepted: line("events")?.accepted ?? 0,
    underWay: (line("reviews")?.underWay ?? 0) + (line("deliveries")?.underWay ?? 0),
    memory: Object.fromEntries(sizes) as Minute["memory"],
    kills: Object.fromEntries(victimNames.map((name) => [name, victims[name].kills])) as Minute["kills"],
  };
}
