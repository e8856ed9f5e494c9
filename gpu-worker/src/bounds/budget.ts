/**
 * A bound on how much of something is in use at once: bytes held, images decoded, connections open.
 *
 * Whoever must wait is served by priority and age.
 *
 * @example
 *   const connections = createBudget({ name: "connections", total: 32 });
 *   const giveBack = await connections.take(1, { priority: job.priority });
 *   try { ... } finally { giveBack(); }
 */
import assert from "node:assert/strict";
import { onlyOnce } from "./only-once.ts";
import { rankOf } from "./rank.ts";

export type GiveBack = () => void;

export interface Budget {
  /** Resolves once `amount` is free. Rejects with the signal's reason when it fires while waiting. */
  take(amount: number, options: { priority: number; signal?: AbortSignal | undefined }): Promise<GiveBack>;
  readonly used: number;
  readonly waiting: number;
}

type Waiter = { amount: number; rank: number; grant: () => void };

export function createBudget(options: { name: string; total: number; now?: () => number }): Budget {
  const { name, total, now = Date.now } = options;
  assert.ok(total > 0, `the budget for ${name} must be positive, got ${total}`);
  const waiters: Waiter[] = [];
  let used = 0;

  function giveBackOnce(amount: number): GiveBack {
    return onlyOnce(() => {
      used -= amount;
      serve();
    });
  }

  /** In order of rank; a large request at the head is not overtaken by small ones behind it. */
  function serve(): void {
    for (let head = waiters[0]; head && used + head.amount <= total; head = waiters[0]) {
      waiters.shift();
      used += head.amount;
      head.grant();
    }
  }

  function enqueue(waiter: Waiter): void {
    let index = waiters.length;
    while (index > 0 && (waiters[index - 1]?.rank ?? 0) > waiter.rank) index -= 1;
    waiters.splice(index, 0, waiter);
  }

  return {
    async take(amount, { priority, signal }) {
      assert.ok(amount <= total, `${name}: ${amount} can never be free, the whole budget is ${total}`);
      signal?.throwIfAborted();
      if (waiters.length === 0 && used + amount <= total) {
        used += amount;
        return giveBackOnce(amount);
      }
      return new Promise((resolve, reject) => {
        const waiter: Waiter = {
          amount,
          rank: rankOf(priority, now()),
          grant() {
            signal?.removeEventListener("abort", leave);
            resolve(giveBackOnce(amount));
          },
        };
        function leave(): void {
          waiters.splice(waiters.indexOf(waiter), 1);
          reject(signal?.reason as Error);
          serve();
        }
        signal?.addEventListener("abort", leave, { once: true });
        enqueue(waiter);
      });
    },
    get used() {
      return used;
    },
    get waiting() {
      return waiters.length;
    },
  };
}
