import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { isNews, type Said, statuses, tierOf } from "./status.ts";

const said = fc.record({
  tier: fc.constantFrom("lite" as const, "guardian" as const, "pro" as const),
  status: fc.constantFrom(...statuses),
  saidAt: fc.integer({ min: 0, max: 1_000 }).map((seconds) => new Date(seconds * 1000)),
});

const fold = (list: readonly Said[]) =>
  list.reduce<Said | undefined>((known, next) => (isNews(known, next) ? next : known), undefined);

describe("what is known of a subscription", () => {
  it("is the same in whichever order its events come, where their times differ", () => {
    const events = fc.uniqueArray(said, { selector: ({ saidAt }) => saidAt.getTime(), minLength: 1 });
    const orders = events.chain((list) => {
      // An ended subscription never comes back: at most the newest event ends it.
      const newest = Math.max(...list.map(({ saidAt }) => saidAt.getTime()));
      const sane = list.map((one) =>
        one.status === "ended" && one.saidAt.getTime() < newest ? { ...one, status: "paying" as const } : one,
      );
      return fc.tuple(
        fc.constant(sane),
        fc.shuffledSubarray(sane, { minLength: sane.length, maxLength: sane.length }),
      );
    });
    fc.assert(
      fc.property(orders, ([list, other]) =>
        assert.deepEqual(
          fold(other),
          fold([...list].toSorted((a, b) => a.saidAt.getTime() - b.saidAt.getTime())),
        ),
      ),
    );
  });

  it("changes nothing when an event comes again", () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1 }), (list) => {
        const last = list.at(-1);
        assert.deepEqual(fold(last ? [...list, last] : list), fold(list));
      }),
    );
  });

  it("never comes back once it has ended, also within the second", () => {
    const at = new Date(1_000);
    const ended: Said = { tier: "pro", status: "ended", saidAt: at };
    assert.equal(isNews(ended, { ...ended, status: "paying", saidAt: new Date(9_000) }), false);
    assert.equal(isNews({ ...ended, status: "paying", saidAt: new Date(9_000) }, ended), true);
  });

  it("is newer than what the subscription began with, also within the second", () => {
    const paying: Said = { tier: "pro", status: "paying", saidAt: new Date(1_000) };
    const began: Said = { ...paying, status: "suspended" };
    assert.equal(isNews(undefined, began, { isFirst: true }), true);
    assert.equal(isNews(paying, began, { isFirst: true }), false);
    assert.equal(isNews(began, paying), true);
  });
});

describe("the tier of an account", () => {
  it("is the best that is paid for, and lite where none is", () => {
    assert.equal(tierOf([]), "lite");
    assert.equal(tierOf([{ tier: "pro", status: "suspended" }]), "lite");
    assert.equal(
      tierOf([
        { tier: "guardian", status: "paying" },
        { tier: "pro", status: "paying" },
        { tier: "pro", status: "ended" },
      ]),
      "pro",
    );
  });
});
