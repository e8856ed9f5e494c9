/**
 * A bound on how much of something is in use at once: bytes held, images decoded, connections open.
 *
 * Whoever must wait is served by priority and age. An owner who is named may hold no more than is left free for others
 * (dynamic thresholds; A. K. Choudhury, E. L. Hahne, 1998), so that one owner never holds all, and a newcomer need not
 * wait for those who hold much.
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

export type TakeOptions = { priority: number; owner?: string; signal?: AbortSignal | undefined };

export interface Budget {
  /** Resolves once `amount` is free. Rejects with the signal's reason when it fires while waiting. */
  take(amount: number, options: TakeOptions): Promise<GiveBack>;
  readonly used: number;
  readonly waiting: number;
}

type Waiter = { amount: number; owner: string | undefined; rank: number; grant: () => void };

export function createBudget(options: { name: string; total: number; now?: () => number }): Budget {
  const { name, total, now = Date.now } = options;
  assert.ok(total > 0, `the budget for ${name} must be positive, got ${total}`);
  const waiters: Waiter[] = [];
  const held = new Map<string, number>();
  let used = 0;

  function hold(amount: number, owner: string | undefined): GiveBack {
    used += amount;
    if (owner !== undefined) held.set(owner, (held.get(owner) ?? 0) + amount);
    return onlyOnce(() => {
      used -= amount;
      if (owner !== undefined) letGo(amount, owner);
      serve();
    });
  }

  function letGo(amount: number, owner: string): void {
    const left = (held.get(owner) ?? 0) - amount;
    if (left > 0) held.set(owner, left);
    else held.delete(owner);
  }

  const isFree = (amount: number) => used + amount <= total;

  function hasShare({ amount, owner }: Pick<Waiter, "amount" | "owner">): boolean {
    const own = owner === undefined ? 0 : (held.get(owner) ?? 0);
    return own === 0 || own + amount <= total - used;
  }

  /**
   * In order of rank; a large request at the head is not overtaken by small ones behind it. Whoever holds a full share
   * is passed over.
   */
  function serve(): void {
    for (;;) {
      const next = waiters.find(hasShare);
      if (!next || !isFree(next.amount)) return;
      waiters.splice(waiters.indexOf(next), 1);
      next.grant();
    }
  }

  function enqueue(waiter: Waiter): void {
    let index = waiters.length;
    while (index > 0 && (waiters[index - 1]?.rank ?? 0) > waiter.rank) index -= 1;
    waiters.splice(index, 0, waiter);
  }

  return {
    async take(amount, { priority, owner, signal }) {
      assert.ok(amount <= total, `${name}: ${amount} can never be free, the whole budget is ${total}`);
      signal?.throwIfAborted();
      const mayGo = isFree(amount) && hasShare({ amount, owner });
      if (mayGo && !waiters.some(hasShare)) return hold(amount, owner);
      return new Promise((resolve, reject) => {
        const waiter: Waiter = {
          amount,
          owner,
          rank: rankOf(priority, now()),
          grant() {
            signal?.removeEventListener("abort", leave);
            resolve(hold(amount, owner));
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
