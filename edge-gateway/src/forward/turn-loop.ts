/** Takes one turn after another: life-safety has a loop of its own, which waits for no other. */
import { setTimeout as pause } from "node:timers/promises";
import { accept } from "@vigil/core/limits";
import type { Clock } from "../clock.ts";
import type { Store } from "../store/index.ts";
import type { Item } from "../store/item.ts";
import { later, type Reply } from "./api.ts";
import type { Link } from "./link.ts";
import { type TurnParts, takeTurn } from "./turn.ts";
import { createWaiting } from "./waiting.ts";

/** Evidence of one turn: some seconds on a slow line, so that URLs of a minute suffice. */
const evidenceBytesMax = 4 * 1024 * 1024;
/** Without a word from the store's side, it is looked at this often. */
const idleMs = 30_000;

export type TurnLoop = {
  /** Runs until the signal fires. Rejects when the store fails. */
  run(signal: AbortSignal): Promise<void>;
  wake(): void;
  /** Resolves once it has nothing to do but wait. */
  idle(): Promise<void>;
};

export type TurnLoopOptions = Omit<TurnParts, "onLater" | "onDone" | "now" | "store"> & {
  urgent: boolean;
  store: TurnParts["store"] & Pick<Store, "turn">;
  clock: Clock;
  random: () => number;
  link: Link;
  /** Undefined before the API has told it. */
  trueNow: () => number | undefined;
  /** Resolves when this loop may go before the other. */
  inTurn: () => Promise<void>;
};

export function createTurnLoop(options: TurnLoopOptions): TurnLoop {
  const { urgent, store, clock, random, link, api } = options;
  const waiting = createWaiting(clock, random);
  let itemsMax: number = accept.batchEventsMax;
  let busy: PromiseWithResolvers<void> | undefined;
  let wakeUp = new AbortController();

  function rest(): void {
    busy?.resolve();
    busy = undefined;
  }

  async function sleep(signal: AbortSignal): Promise<void> {
    rest();
    const ms = Math.min(idleMs, waiting.nextMs() ?? idleMs);
    await pause(ms, undefined, { signal: AbortSignal.any([signal, wakeUp.signal]) }).catch(() => undefined);
  }

  /** What has failed before goes alone, so that it takes nothing else down with it. */
  function choose(items: readonly Item[]): readonly Item[] {
    const [first] = items;
    if (first && waiting.has(first.id)) return [first];
    return items.filter(({ id }) => !waiting.has(id));
  }

  /** Posts and delivers these items, and tells the link how it went. */
  async function attempt(items: readonly Item[]): Promise<void> {
    const now = options.trueNow();
    if (now === undefined) return tell(await api.ping(), []);
    tell(await takeTurn({ ...options, ...outcomes, now: () => now }, items), items);
  }

  function tell(blocked: Reply<void> | undefined, items: readonly Item[]): void {
    if (blocked === undefined || blocked.kind === "answer") {
      itemsMax = Math.min(accept.batchEventsMax, itemsMax * 2);
      return link.succeeded();
    }
    if (blocked.kind === "unauthorised") return link.refused(blocked.detail);
    const wait = blocked.kind === "later" ? blocked : later("that is not Vigil's API");
    // One of many may be what it stumbles over: smaller batches find it, and let the others pass.
    itemsMax = Math.max(1, Math.floor(items.length / 2));
    if (wait.blame === "item" && items.length === 1) link.succeeded();
    else link.failed(wait.why, wait.retryAfterMs);
  }

  const outcomes: Pick<TurnParts, "onLater" | "onDone"> = {
    onLater: (id, _why, retryAfterMs) => waiting.put(id, retryAfterMs),
    onDone: (id) => waiting.done(id),
  };

  async function work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // What is recorded from here on wakes the loop, even if this question misses it.
      wakeUp = new AbortController();
      const bounds = { urgent, itemsMax, evidenceBytesMax, except: waiting.ids() };
      const items = choose(await store.turn(bounds));
      if (items.length === 0) {
        await sleep(signal);
        continue;
      }
      busy ??= Promise.withResolvers();
      await options.inTurn();
      await link.ready(signal);
      if (!signal.aborted) await attempt(items);
    }
  }

  return {
    run: (signal) => work(signal).finally(rest),
    wake: () => wakeUp.abort(),
    idle: async () => busy?.promise,
  };
}
