/**
 * A process beside the one that accepts, as in the cloud: told by `custody.bench.ts` to append what is owed, or to only take
 * as much of the machine: of a processor, and of PostgreSQL on a table that nobody else uses. That tells an answer that waits for
 * the log from one that shares the machine with it.
 */
import { createHash } from "node:crypto";
import { connect, openSql } from "../src/db/index.ts";
import { appendToLog } from "../src/flow/index.ts";
import { custody } from "../src/limits.ts";
import { createTestServices } from "../testing/services.ts";

export type Order = { kind: "append" } | { kind: "share"; cpuMs: number; leaves: number };
/** How much of a processor that took. */
export type Done = { leaves: number; cpuMs: number };

if (!process.send) throw new Error("append-beside.ts is started by custody.bench.ts");
const send = process.send.bind(process);
const [appUrl = "", ownerUrl = ""] = process.argv.slice(2);
const database = connect(appUrl, { connectionsMax: 2 });
const owner = openSql(ownerUrl, { connectionsMax: 1 });
const services = createTestServices({ database });

async function append(): Promise<number> {
  let leaves = 0;
  for (let some = await appendToLog(services); some > 0; some = await appendToLog(services)) leaves += some;
  return leaves;
}

async function compute(cpuMs: number): Promise<void> {
  const start = process.cpuUsage();
  const bytes = Buffer.alloc(64);
  for (;;) {
    for (let round = 0; round < 1_000; round += 1) createHash("sha256").update(bytes).digest();
    const { user, system } = process.cpuUsage(start);
    if ((user + system) / 1_000 >= cpuMs) return;
    await new Promise(setImmediate);
  }
}

/** What `append_to_log` writes, in as many statements, to rows of no log. */
async function share({ cpuMs, leaves }: { cpuMs: number; leaves: number }): Promise<number> {
  for (let left = leaves; left > 0; left -= custody.appendedAtOnceMax) {
    await compute((cpuMs * Math.min(left, custody.appendedAtOnceMax)) / leaves);
    await owner`update other_leaf set position = id where id in
      (select id from other_leaf where position is null order by id limit ${custody.appendedAtOnceMax})`;
  }
  return leaves;
}

async function carryOut(order: Order): Promise<void> {
  const start = process.cpuUsage();
  const leaves = await (order.kind === "append" ? append() : share(order));
  const { user, system } = process.cpuUsage(start);
  send({ leaves, cpuMs: (user + system) / 1_000 } satisfies Done);
}

process.on("message", (order: Order) => void carryOut(order));
process.on("disconnect", () => void Promise.all([database.close(), owner.end()]));
send({ leaves: 0, cpuMs: 0 } satisfies Done);
