import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EventInput, isLifeSafety } from "@vigil/core/event/wire";
import { photographNames } from "./photographs.ts";
import { stories } from "./stories.ts";

const events = stories.flatMap((story) => story.events);
const shown = new Set(events.flatMap(({ photographs = [] }) => photographs));

describe("the sample feed", () => {
  it("begins with people", () => {
    assert.ok(stories[0]?.events.some(({ type, photographs }) => type === "person" && photographs));
  });

  it("covers people, vehicles, an animal, an empty frame, a burst, a doorbell sequence and a life-safety event", () => {
    for (const type of ["person", "vehicle", "animal"]) {
      assert.ok(
        events.some((event) => event.type === type),
        type,
      );
    }
    assert.ok(shown.has("empty-garden"));
    assert.ok(events.some(({ burst = 1 }) => burst >= 3));
    const rings = stories.find((story) => story.events[0]?.type === "doorbell");
    assert.equal(rings?.events[1]?.type, "motion");
    assert.equal(rings?.events[1]?.zone, rings?.events[0]?.zone);
    assert.ok(events.some((event) => isLifeSafety(event)));
  });

  it("plays in the accounts of all tiers, and in both ways of sending", () => {
    assert.deepEqual(new Set(stories.map(({ tier }) => tier)), new Set(["lite", "guardian", "pro"]));
    assert.deepEqual(
      new Set(
        events.filter(({ photographs }) => photographs).map(({ transport = "multipart" }) => transport),
      ),
      new Set(["multipart", "upload"]),
    );
  });

  it("shows every photograph of its list", () => {
    assert.deepEqual(shown, new Set(photographNames));
  });

  it("sends events that the API accepts", () => {
    for (const { afterMs: _, photographs: _names, burst: _count, transport: _how, ...event } of events) {
      EventInput.parse({ ...event, id: "feed-1", occurredAt: new Date().toISOString() });
    }
  });
});
