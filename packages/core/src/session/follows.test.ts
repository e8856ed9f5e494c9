import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findIncident, incidentGapMs } from "./follows.ts";

const noon = Date.UTC(2026, 6, 2, 12);
const lengthMsMax = 15 * 60_000;

function session(id: string, fromSeconds: number, untilSeconds: number) {
  return {
    id,
    firstEventAt: new Date(noon + fromSeconds * 1000),
    lastEventAt: new Date(noon + untilSeconds * 1000),
    state: "closed" as const,
  };
}

describe("which session another goes on with", () => {
  const first = session("a", 0, 20);

  it("goes on with one that ended a minute before, and not a second more", () => {
    assert.equal(incidentGapMs, 60_000);
    assert.equal(findIncident([first], session("b", 80, 90), lengthMsMax)?.id, "a");
    assert.equal(findIncident([first], session("b", 81, 90), lengthMsMax), undefined);
  });

  it("goes on with the latest of several", () => {
    const earlier = [first, session("b", 5, 30), session("c", 2, 10)];
    assert.equal(findIncident(earlier, session("d", 60, 70), lengthMsMax)?.id, "b");
  });

  it("stands by itself where both together were too long, where the other began later, and beside itself", () => {
    assert.equal(findIncident([first], session("b", 30, 901), lengthMsMax), undefined);
    assert.equal(findIncident([session("z", 40, 50)], session("b", 30, 60), lengthMsMax), undefined);
    assert.equal(findIncident([first], first, lengthMsMax), undefined);
  });
});
