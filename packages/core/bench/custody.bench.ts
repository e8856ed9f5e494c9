/**
 * What the evidence log costs: accepting an event with a picture with the log and without it, while leaves are appended in this
 * process, in another one, and not at all; appending and signing; and proofs, with few leaves and with many.
 *
 *   npm run bench -- custody --leaves 1000000
 */
import "../../../scripts/help.ts";
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import * as Custody from "../src/custody/index.ts";
import { raw } from "../src/db/index.ts";
import { appendToLog, getConsistency, getCustodyOfEvent } from "../src/flow/index.ts";
import type { TestDatabase } from "../testing/database.ts";
import { image } from "../testing/images.ts";
import { createTestServices, type TestServices } from "../testing/services.ts";
import { percentile } from "../testing/simulate.ts";
import { arrange } from "../testing/walk.ts";
import type { Done, Order } from "./append-beside.ts";
import { onDatabase } from "./on-database.ts";

const { values } = parseArgs({ options: { leaves: { type: "string", default: "1000000" } } });
const leaves = Number(values.leaves);
const few = 10_000;
if (!Number.isInteger(leaves) || leaves < few || leaves > 10_000_000) {
  throw new RangeError(`--leaves must be ${few}..10000000, got ${values.leaves}`);
}
const turns = 24;
const eventsEach = 60;
const proofs = 200;

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Leaves of nobody's evidence, owed. */
async function owe({ owner, seeded }: TestDatabase, count: number, table = "log_leaf"): Promise<void> {
  const accountId = seeded.accounts[0]?.accountId ?? "";
  const salt = randomBytes(32);
  for (let left = count; left > 0; left -= 100_000) {
    await owner`insert into ${raw(table)} (account_id, subject, salt, statement)
      select ${accountId}, 'mom_' || n, ${salt}, convert_to(repeat('x', 400) || n, 'UTF8') from generate_series(1, ${Math.min(left, 100_000)}::int) n`;
  }
}

const beside = new URL("./append-beside.ts", import.meta.url);

/** A process that works while this one accepts. */
async function startBeside({ appUrl, ownerUrl, owner }: TestDatabase) {
  await owner`create table other_leaf (like log_leaf including all)`;
  const child = fork(beside, [appUrl, ownerUrl]);
  await once(child, "message");
  return {
    async order(order: Order): Promise<Done> {
      const done = once(child, "message") as Promise<[Done]>;
      child.send(order);
      return (await done)[0];
    },
    end: () => child.disconnect(),
  };
}

async function appendAll(services: TestServices): Promise<number> {
  let appended = 0;
  for (;;) {
    const some = await appendToLog(services);
    appended += some;
    if (some === 0) return appended;
  }
}

const ways = ["bare", "log", "here", "beside", "sharing"] as const;

/** @returns milliseconds an event with one picture, each turn's median */
async function accept(base: TestDatabase): Promise<Record<(typeof ways)[number], number[]>> {
  const walk = arrange(base, "pro");
  const picture = await image("a.jpg", 1);
  const median = async () => {
    const taken: number[] = [];
    for (let n = 0; n < eventsEach; n += 1) {
      walk.services.clock.advance(1_000);
      taken.push(await time(() => walk.post(walk.event({ type: "motion" }), [picture])));
    }
    return percentile(taken, 0.5);
  };
  const taken = Object.fromEntries(ways.map((way) => [way, []])) as unknown as Record<
    (typeof ways)[number],
    number[]
  >;
  const other = await startBeside(base);
  await median();
  for (let turn = 0; turn < turns; turn += 1) {
    taken.log.push(await median());
    await owe(base, few);
    const appending = appendAll(walk.services);
    taken.here.push(await median());
    await appending;
    await owe(base, few);
    const ordered = other.order({ kind: "append" });
    taken.beside.push(await median());
    const { cpuMs } = await ordered;
    await owe(base, few, "other_leaf");
    const shared = other.order({ kind: "share", cpuMs, leaves: few });
    taken.sharing.push(await median());
    await shared;
    await base.owner`alter table moment disable trigger moment_came_ready`;
    taken.bare.push(await median());
    await base.owner`alter table moment enable trigger moment_came_ready`;
  }
  other.end();
  return taken;
}

async function prove(base: TestDatabase, services: TestServices) {
  const walk = arrange(base, "guardian", services);
  const { id } = await walk.post(walk.event({ type: "motion" }), [await image("b.jpg", 2)]);
  await appendAll(services);
  const { size } = (await Custody.findNewest(base.database.sql)) ?? { size: 0 };
  const taken = { inclusion: [] as number[], consistency: [] as number[] };
  for (let n = 0; n < proofs; n += 1) {
    taken.inclusion.push(await time(() => getCustodyOfEvent(services, { accountId: walk.accountId, id })));
    const from = 1 + Math.floor(Math.random() * (size - 1));
    taken.consistency.push(await time(() => getConsistency(services, { from })));
  }
  return {
    size,
    inclusion: percentile(taken.inclusion, 0.5),
    consistency: percentile(taken.consistency, 0.5),
  };
}

await onDatabase(undefined, async (base) => {
  const services = createTestServices(base);
  const line = (cells: readonly string[]) =>
    process.stdout.write(`${cells.map((cell) => cell.padEnd(40)).join("")}\n`);
  await owe(base, few);
  const appendFew = await time(() => appendAll(services));
  line([`appending and signing ${few} leaves`, `${appendFew.toFixed(0)} ms`]);
  const before = await prove(base, services);
  const taken = await accept(base);
  const without = percentile(taken.bare, 0.5);
  line(["accepting an event with a picture", "median of medians, ms", "least and most", "ratio"]);
  const names = {
    bare: "without the log",
    log: "with it",
    here: "appending in the same process",
    beside: "appending in another process",
    sharing: "another process does as much elsewhere",
  };
  for (const way of ways) {
    const [name, all] = [names[way], taken[way]];
    const middle = percentile(all, 0.5);
    line([
      name,
      middle.toFixed(2),
      `${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)}`,
      (middle / without).toFixed(2),
    ]);
  }
  await owe(base, leaves);
  const appendMany = await time(() => appendAll(services));
  line([
    `appending ${leaves} leaves`,
    `${appendMany.toFixed(0)} ms`,
    `${((1_000 * leaves) / appendMany).toFixed(0)} a second`,
  ]);
  const after = await prove(base, services);
  line(["median, ms", `${before.size} leaves`, `${after.size} leaves`]);
  line(["proof of an event's picture", before.inclusion.toFixed(2), after.inclusion.toFixed(2)]);
  line(["proof that the log only grew", before.consistency.toFixed(2), after.consistency.toFixed(2)]);
});
