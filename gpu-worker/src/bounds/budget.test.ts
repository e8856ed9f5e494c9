import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { createBudget } from "./budget.ts";

describe("a budget", () => {
  it("never gives out more than it has, and serves everybody in the end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5, max: 20 }),
        fc.array(
          fc.record({ amount: fc.integer({ min: 1, max: 5 }), priority: fc.integer({ min: 1, max: 4 }) }),
          {
            maxLength: 40,
          },
        ),
        async (total, wishes) => {
          const budget = createBudget({ name: "things", total });
          let used = 0;
          let served = 0;
          await Promise.all(
            wishes.map(async ({ amount, priority }) => {
              const giveBack = await budget.take(amount, { priority });
              used += amount;
              assert.ok(used <= total, `${used} of ${total} are in use`);
              await Promise.resolve();
              used -= amount;
              served += 1;
              giveBack();
              giveBack();
            }),
          );
          assert.equal(served, wishes.length);
          assert.equal(budget.used, 0);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("serves the urgent first, but lets nobody wait for ever", async () => {
    let now = 0;
    const budget = createBudget({ name: "things", total: 1, now: () => now });
    const order: string[] = [];
    const held = await budget.take(1, { priority: 1 });
    const wait = (name: string, priority: number) =>
      budget.take(1, { priority }).then((giveBack) => {
        order.push(name);
        return giveBack();
      });
    const waits = [wait("patient", 4), wait("urgent", 1)];
    now = 10_000;
    waits.push(wait("urgent, ten seconds later", 1));
    held();
    await Promise.all(waits);
    assert.deepEqual(order, ["urgent", "patient", "urgent, ten seconds later"]);
  });

  it("forgets who gives up waiting, and serves those behind", async () => {
    const budget = createBudget({ name: "things", total: 2 });
    const held = await budget.take(1, { priority: 1 });
    const impatient = new AbortController();
    const large = budget.take(2, { priority: 1, signal: impatient.signal });
    const small = budget.take(1, { priority: 2 });
    assert.equal(budget.waiting, 2);
    impatient.abort(new Error("no more"));
    await assert.rejects(large, /no more/);
    (await small)();
    held();
    assert.equal(budget.used, 0);
  });

  it("refuses what can never be free", async () => {
    const budget = createBudget({ name: "things", total: 2 });
    await assert.rejects(budget.take(3, { priority: 1 }), /the whole budget is 2/);
  });
});
