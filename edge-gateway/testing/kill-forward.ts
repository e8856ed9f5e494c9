/** For tests: kills the forward path at chosen steps, lets it go on, and looks at what reached the real API. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import type { ServedApi } from "../../functions/testing/served-api.ts";
import { itemOf, type Order } from "./forward-victim.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const victim = fileURLToPath(new URL("./forward-victim.ts", import.meta.url));
const victimMsMax = 300_000;

const Line = z.union([
  z.object({ recorded: z.string() }),
  z.object({ steps: z.int(), balance: z.unknown() }),
]);

type Life = { recorded: string[]; steps: number | undefined };

/** Runs a victim to its end, whichever that is. */
async function live(order: Partial<Order> & Omit<Order, "killAfterMs">, program = victim): Promise<Life> {
  const child = spawn(process.execPath, [program, JSON.stringify(order)], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: victimMsMax,
    killSignal: "SIGKILL",
  });
  let output = "";
  let faults = "";
  child.stdout.on("data", (piece: Buffer) => (output += piece.toString()));
  child.stderr.on("data", (piece: Buffer) => (faults += piece.toString()));
  const { promise, resolve, reject } = Promise.withResolvers<number | string>();
  child.once("error", reject);
  child.once("close", (code, signal) => resolve(signal ?? code ?? 1));
  const end = await promise;
  const wasToDie = order.killAt !== undefined;
  assert.ok(end === 0 || (wasToDie && end === "SIGKILL"), `the victim ended with ${end}: ${faults}`);
  // A line that was cut by the kill says nothing.
  const whole = output
    .slice(0, output.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "");
  const lines = whole.map((line) => Line.parse(JSON.parse(line)));
  return {
    recorded: lines.flatMap((line) => ("recorded" in line ? [line.recorded] : [])),
    steps: lines.find((line) => "steps" in line)?.steps,
  };
}

export type KillSetup = {
  api: ServedApi;
  key: string;
  items: number;
  /** The victim's program, where it is not the source. */
  program?: string;
};

/** How many steps a life has that nobody cuts short. */
export async function countSteps({ api, key, items, program }: KillSetup, seed: number): Promise<number> {
  using folder = temporaryFolder();
  const { steps } = await live({ url: api.url, key, directory: folder.path, seed, items }, program);
  assert.ok(steps !== undefined);
  return steps;
}

export type Kills = { first: number; second: number; afterMs: number };

/**
 * Two kills, then a whole life on the same store.
 * @returns how many events were recorded for good, and how many arrived
 * @throws AssertionError when one is lost, doubled, or lacks evidence
 */
export async function killTwice(
  setup: KillSetup,
  seed: number,
  kills: Kills,
): Promise<{ recorded: number; arrived: number }> {
  const { api, key, items, program } = setup;
  using folder = temporaryFolder();
  const base = { url: api.url, key, directory: folder.path, seed };
  const { recorded } = await live(
    { ...base, items, killAt: kills.first, killAfterMs: kills.afterMs },
    program,
  );
  await live({ ...base, items: 0, killAt: kills.second, killAfterMs: kills.afterMs }, program);
  await live({ ...base, items: 0 }, program);
  const arrived = await arrivals(setup, seed);
  for (const id of recorded) assert.ok(arrived.includes(id), `seed ${seed}: ${id} is lost`);
  return { recorded: recorded.length, arrived: arrived.length };
}

/** What the API has of a seed's events; each is there once, with every piece of its evidence. */
async function arrivals({ api }: KillSetup, seed: number): Promise<string[]> {
  const rows = await api.base.owner<{ client_id: string; copies: number; ready: number }[]>`
    select e.client_id, count(distinct e.id)::int as copies,
      (count(m.id) filter (where m.state = 'ready'))::int as ready
    from event e left join moment m on m.event_id = e.id
    where e.client_id like ${`kill.${seed}.%`} group by e.client_id`;
  for (const { client_id, copies, ready } of rows) {
    const index = Number(client_id.split(".")[2]);
    assert.equal(copies, 1, `seed ${seed}: ${client_id} is there ${copies} times`);
    assert.equal(ready, itemOf(seed, index).evidence.length, `seed ${seed}: evidence of ${client_id}`);
  }
  return rows.map(({ client_id }) => client_id);
}
