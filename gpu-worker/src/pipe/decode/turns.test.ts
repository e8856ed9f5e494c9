import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { createTurns, type Turn } from "./turns.ts";

type Named = Turn & { name: string };

/** One process, and pictures that take as long as they say. Answers the order in which they were decoded. */
function play(
  pictures: readonly (Named & { ms: number; at: number })[],
): { name: string; waitedMs: number }[] {
  let now = 0;
  const turns = createTurns<Named & { ms: number; at: number }>(() => now);
  const coming = pictures.toSorted((one, other) => one.at - other.at);
  const served: { name: string; waitedMs: number }[] = [];
  while (coming.length > 0 || turns.next) {
    while (coming[0] && coming[0].at <= now) turns.add(coming.shift() as (typeof coming)[number]);
    const next = turns.next;
    if (!next) {
      now = coming[0]?.at ?? now;
      continue;
    }
    const end = turns.begin(next);
    served.push({ name: next.name, waitedMs: now - next.at });
    now += next.ms;
    end();
  }
  return served;
}

const of = (accountId: string, ms: number, at = 0, priority = 2) => ({
  name: accountId,
  accountId,
  priority,
  ms,
  at,
});

describe("turns at the decoder", () => {
  it("go by what accounts have used, and not by how much they ask for", () => {
    const order = play([
      ...Array.from({ length: 20 }, () => of("busy", 10)),
      of("quiet", 10, 5),
      of("quiet", 10, 5),
    ]);
    assert.deepEqual(
      order.slice(0, 5).map(({ name }) => name),
      ["busy", "quiet", "busy", "quiet", "busy"],
    );
  });

  it("go to whoever came first where accounts stand alike, and to the urgent before", () => {
    const order = play([of("a", 10), of("b", 10), of("urgent", 10, 0, 1), of("c", 10, 0, 4)]);
    assert.deepEqual(
      order.map(({ name }) => name),
      ["urgent", "a", "b", "c"],
    );
  });

  it("give no credit for silence", () => {
    const order = play([
      ...Array.from({ length: 100 }, () => of("busy", 100)),
      ...Array.from({ length: 5 }, () => of("late", 100, 5_000)),
    ]);
    const late = order.map(({ name }, index) => ({ name, index })).filter(({ name }) => name === "late");
    assert.ok((late[4]?.index ?? 0) - (late[0]?.index ?? 0) >= 8, "the late one takes turns too");
  });

  it("let a quiet account wait for the picture under way, and for none after it, however costly others' are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ ms: fc.integer({ min: 1, max: 10_000 }), at: fc.nat(5_000) }), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.integer({ min: 5_000, max: 100_000 }),
        (hostile, at) => {
          const order = play([...hostile.map((one) => of("hostile", one.ms, one.at)), of("quiet", 10, at)]);
          const quiet = order.find(({ name }) => name === "quiet");
          assert.ok(quiet && quiet.waitedMs <= 10_000, `${quiet?.waitedMs} ms`);
        },
      ),
    );
  });
});
