/**
 * For tests, run as a process of its own: records events and forwards them, and kills itself with SIGKILL at a given step.
 * A step is each moment before and after each thing that the forward path awaits: every verb of the store, every request.
 *
 * Prints a JSON line for each event that was recorded for good, and one with the number of steps when it is done.
 */
import { setTimeout as pause } from "node:timers/promises";
import * as z from "zod";
import { systemClock } from "../src/clock.ts";
import { openForward } from "../src/forward/index.ts";
import { createLog } from "../src/log.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { heard, picture } from "./event-items.ts";

export const Order = z.object({
  url: z.string(),
  key: z.string(),
  directory: z.string(),
  seed: z.int(),
  /** Events to record; 0 forwards only what an earlier run left. */
  items: z.int(),
  /** Infinity is not JSON: absent lives on. */
  killAt: z.int().optional(),
  /** Milliseconds after the step: in the middle of what the store's thread or the network does. */
  killAfterMs: z.number().default(0),
});
export type Order = z.infer<typeof Order>;

/** What the event of a place in the series is, in every run the same. */
export function itemOf(seed: number, index: number) {
  const pictures = (seed + index) % 3;
  return heard(`kill.${seed}.${index}`, {
    urgent: index % 4 === 0,
    heard: { type: index % 4 === 0 ? "smoke" : "temperature", zone: "kitchen", attributes: { seed, index } },
    evidence: Array.from({ length: pictures }, (_, which) =>
      picture(`${which}.png`, seed * 1_000 + index * 10 + which, 16),
    ),
  });
}

function createSteps({ killAt, killAfterMs }: Order) {
  let steps = 0;
  return {
    count: () => steps,
    async at(): Promise<void> {
      steps += 1;
      if (steps !== killAt) return;
      if (killAfterMs === 0) process.kill(process.pid, "SIGKILL");
      else setTimeout(() => process.kill(process.pid, "SIGKILL"), killAfterMs);
    },
  };
}

type Steps = ReturnType<typeof createSteps>;

/** The same function, with a step before and one after. */
function stepped<A extends unknown[], R>(steps: Steps, work: (...args: A) => Promise<R>) {
  return async (...args: A): Promise<R> => {
    await steps.at();
    const result = await work(...args);
    await steps.at();
    return result;
  };
}

function steppedStore(store: Store, steps: Steps): Store {
  const verbs = Object.entries(store).map(([name, value]) => [
    name,
    typeof value === "function" ? stepped(steps, value as (...args: unknown[]) => Promise<unknown>) : value,
  ]);
  return Object.fromEntries(verbs) as Store;
}

async function suffer(order: Order): Promise<void> {
  const steps = createSteps(order);
  const plain = await openStore({ directory: order.directory, ballastBytes: 4_096 });
  const store = steppedStore(plain, steps);
  await plain.start(Date.now(), "0a1b");
  const forward = openForward({
    url: order.url,
    key: order.key,
    store,
    clock: systemClock,
    random: () => 0,
    log: createLog({ level: "silent" }),
    onAccepted: () => {},
    onLink: () => {},
    fetch: stepped(steps, globalThis.fetch),
  });
  for (let index = 0; index < order.items; index += 1) {
    const item = itemOf(order.seed, index);
    await store.record(item);
    process.stdout.write(`${JSON.stringify({ recorded: item.id })}\n`);
    forward.wake(item.urgent);
  }
  while ((await plain.balance()).kept > 0) await pause(5);
  const balance = await plain.balance();
  await forward.stop();
  await plain.close();
  process.stdout.write(`${JSON.stringify({ steps: steps.count(), balance })}\n`);
}

const [, , order] = process.argv;
if (order?.startsWith("{")) await suffer(Order.parse(JSON.parse(order)));
