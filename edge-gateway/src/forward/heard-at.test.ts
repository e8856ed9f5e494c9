import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Boot } from "../store/item.ts";
import { heardAt } from "./heard-at.ts";

const hourMs = 3_600_000;
const now = Date.UTC(2026, 10, 27, 12);

function boot(number: number, part: Partial<Boot> = {}): Boot {
  return {
    number,
    label: `${number}-0000`,
    startedWallMs: 0,
    clockTrusted: true,
    anchor: null,
    lastMonotonicMs: 0,
    ...part,
  };
}

const present = boot(3, { anchor: { monotonicMs: 1_000, trueMs: now - 1_000 }, startedWallMs: now - 2_000 });

describe("when something was heard", () => {
  it("is counted from the API's word in the same boot, whatever the wall clock said", () => {
    const at = { wallMs: 0, monotonicMs: 500 };
    assert.deepEqual(heardAt(at, 3, [present], now), { trueMs: now - 1_500, quality: "checked" });
  });

  it("is never later than now", () => {
    const at = { wallMs: 0, monotonicMs: 999_999 };
    assert.equal(heardAt(at, 3, [present], now).trueMs, now);
  });

  it("follows a sound wall clock in a boot that never reached the API", () => {
    const at = { wallMs: now - hourMs, monotonicMs: 5 };
    const { trueMs, quality } = heardAt(at, 2, [boot(2), present], now);
    assert.deepEqual({ trueMs, quality }, { trueMs: now - hourMs, quality: "unchecked" });
  });

  it("corrects a clock that is off by the same amount in every boot", () => {
    const ahead = 2 * hourMs;
    const later = { ...present, startedWallMs: now - 2_000 + ahead };
    const at = { wallMs: now - hourMs + ahead, monotonicMs: 5 };
    assert.equal(heardAt(at, 2, [boot(2), later], now).trueMs, now - hourMs);
  });

  it("lies before the next boot and after the one before, however wrong the clock was", () => {
    const first = boot(1, { anchor: { monotonicMs: 0, trueMs: now - 10 * hourMs }, lastMonotonicMs: hourMs });
    const boots = [first, boot(2), present];
    const wild = (wallMs: number) => heardAt({ wallMs, monotonicMs: 0 }, 2, boots, now).trueMs;
    assert.equal(wild(0), now - 9 * hourMs);
    assert.equal(wild(now + 1e12), now - 2_000);
  });

  it("is the latest possible time where the clock was useless", () => {
    const useless = boot(2, { clockTrusted: false, lastMonotonicMs: 9_000 });
    const at = { wallMs: 0, monotonicMs: 4_000 };
    assert.deepEqual(heardAt(at, 2, [useless, present], now), {
      trueMs: now - 2_000 - 5_000,
      quality: "estimated",
    });
  });
});
