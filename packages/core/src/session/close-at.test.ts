import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { closeAt } from "./close-at.ts";
import { join } from "./join.ts";

const gapMs = 30_000;
const lengthMsMax = 15 * 60_000;
const noon = Date.UTC(2026, 5, 1, 12);
const at = (seconds: number) => new Date(noon + seconds * 1000);

describe("closeAt", () => {
  it("is one gap after the last receipt", () => {
    assert.deepEqual(closeAt({ openedAt: at(0), lastReceivedAt: at(20), gapMs, lengthMsMax }), at(50));
  });

  it("is at most the greatest length after the session was opened", () => {
    assert.deepEqual(closeAt({ openedAt: at(0), lastReceivedAt: at(899), gapMs, lengthMsMax }), at(900));
  });

  it("keeps one session open while a gateway that was offline for hours sends its burst", () => {
    const hour = 3600;
    const burst = Array.from({ length: 40 }, (_, index) => ({
      occurredAt: at(-6 * hour + index * 10),
      receivedAt: at(index * 0.5),
    }));
    const [first] = burst;
    assert.ok(first);
    let session = {
      id: "ses",
      firstEventAt: first.occurredAt,
      lastEventAt: first.occurredAt,
      state: "open" as const,
    };
    let closes = closeAt({
      openedAt: first.receivedAt,
      lastReceivedAt: first.receivedAt,
      gapMs,
      lengthMsMax,
    });
    for (const { occurredAt, receivedAt } of burst.slice(1)) {
      assert.ok(receivedAt < closes, `still open at ${receivedAt.toISOString()}`);
      assert.equal(join([session], occurredAt, { gapMs, lengthMsMax }).kind, "join");
      session = { ...session, lastEventAt: occurredAt };
      closes = closeAt({ openedAt: first.receivedAt, lastReceivedAt: receivedAt, gapMs, lengthMsMax });
    }
    assert.deepEqual(closes, at(19.5 + 30));
  });
});
