import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { types } from "../event/wire.ts";
import { type Candidate, selectMoments } from "./select-moments.ts";

const start = Date.UTC(2026, 5, 15, 12);

function moment(id: string, over: Partial<Candidate> & { seconds?: number } = {}): Candidate {
  const { seconds = 0, ...rest } = over;
  return {
    id,
    eventId: `evt_${id}`,
    deviceId: "driveway-camera",
    eventType: "motion",
    zone: "driveway",
    confidence: 0.8,
    capturedAt: new Date(start + seconds * 1000),
    sha256: `sha-${id}`,
    lifeSafety: false,
    priority: 3,
    localHour: 12,
    ...rest,
  };
}

const series = (count: number, everySeconds: number, over: Partial<Candidate> = {}, name = "car") =>
  Array.from({ length: count }, (_, index) =>
    moment(`${name}-${String(index).padStart(3, "0")}`, { ...over, seconds: index * everySeconds }),
  );
const idsOf = (list: readonly Candidate[]) => list.map(({ id }) => id);

const candidateArbitrary = fc.record({
  deviceId: fc.constantFrom("a", "b", "c"),
  eventType: fc.constantFrom(...types),
  zone: fc.constantFrom("front_door", "Garden Cam 2", "bedroom", null),
  confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  capturedAt: fc.integer({ min: 0, max: 600 }).map((seconds) => new Date(start + seconds * 1000)),
  sha256: fc.constantFrom("s1", "s2", "s3", "s4", "s5", "s6"),
  lifeSafety: fc.boolean(),
  priority: fc.integer({ min: 1, max: 4 }),
  localHour: fc.integer({ min: 0, max: 23 }),
});
const candidatesArbitrary = fc
  .array(candidateArbitrary, { maxLength: 60 })
  .map((list) =>
    list.map((candidate, index): Candidate => ({ id: `mom_${index}`, eventId: "evt_1", ...candidate })),
  );
const kArbitrary = fc.integer({ min: 0, max: 45 });

describe("selectMoments", () => {
  it("does not let twenty frames of a parked car crowd out the person", () => {
    for (const everySeconds of [0.5, 1, 30]) {
      const cars = series(20, everySeconds, { eventType: "vehicle", confidence: 0.95, priority: 2 });
      const person = moment("person", {
        deviceId: "door-camera",
        zone: "front_door",
        eventType: "person",
        confidence: 0.4,
        priority: 3,
        seconds: 5,
      });
      assert.ok(idsOf(selectMoments([...cars, person], 4).chosen).includes("person"), `${everySeconds} s`);
    }
  });

  it("finds the person before the same camera too", () => {
    const cars = series(20, 1, { eventType: "vehicle", confidence: 0.95, priority: 2 });
    const person = moment("person", { eventType: "person", confidence: 0.6, priority: 3, seconds: 60 });
    assert.ok(idsOf(selectMoments([...cars, person], 4).chosen).includes("person"));
  });

  it("gives every camera a look before one camera has many", () => {
    const many = series(30, 1, { deviceId: "a", zone: "front_door", eventType: "person", priority: 2 });
    const others = ["b", "c", "d"].map((deviceId, index) =>
      moment(`other-${deviceId}`, { deviceId, zone: `zone ${deviceId}`, seconds: index * 7 }),
    );
    const chosen = idsOf(selectMoments([...many, ...others], 8).chosen);
    for (const { id } of others) assert.ok(chosen.includes(id), `${id} in ${chosen.join(" ")}`);
  });

  it("spreads over time within one camera", () => {
    const { chosen } = selectMoments(series(60, 2), 4);
    const seconds = chosen.map(({ capturedAt }) => (capturedAt.getTime() - start) / 1000);
    for (const [index, at] of seconds.entries()) {
      if (index > 0) assert.ok(at - (seconds[index - 1] ?? 0) >= 15, seconds.join(", "));
    }
  });

  it("prefers another type, another zone, another camera to more of the same that is worth a little more", () => {
    const pairs: [string, Partial<Candidate>, Partial<Candidate>][] = [
      ["type", { eventType: "vehicle" }, { eventType: "motion" }],
      ["zone", { zone: "driveway", confidence: 0.9 }, { zone: "front_yard", confidence: 0.8 }],
      ["camera", { deviceId: "a", confidence: 0.9 }, { deviceId: "b", confidence: 0.1 }],
    ];
    for (const [name, same, other] of pairs) {
      const camera = (deviceId: string) => (name === "camera" ? {} : { deviceId });
      const moments = [
        moment("first", { ...same, ...camera("a"), confidence: 1, seconds: 600 }),
        moment("more", { ...same, ...camera("b"), seconds: 0 }),
        moment("other", { ...other, ...camera("c"), seconds: 0 }),
      ];
      const chosen = idsOf(selectMoments(moments, 2).chosen);
      assert.deepEqual(chosen.toSorted(), ["first", "other"], name);
    }
  });

  it("takes one picture twice only when nothing else is left", () => {
    const same = series(10, 20, { sha256: "one", eventType: "person", priority: 1 });
    const other = moment("other", { priority: 4, confidence: 0.1, seconds: 3 });
    assert.ok(idsOf(selectMoments([...same, other], 2).chosen).includes("other"));
    assert.equal(selectMoments([...same, other], 11).chosen.length, 11);
  });

  it("puts life-safety first", () => {
    const people = series(20, 5, { eventType: "person", priority: 2, deviceId: "b", zone: "front_door" });
    const smoke = moment("smoke", { eventType: "smoke", lifeSafety: true, priority: 1, seconds: 50 });
    assert.deepEqual(idsOf(selectMoments([...people, smoke], 1).chosen), ["smoke"]);
  });

  it("prefers, all else equal, a person, a higher priority, the night, the front door, the newer", () => {
    const pairs: [Partial<Candidate> & { seconds?: number }, Partial<Candidate> & { seconds?: number }][] = [
      [{ eventType: "person" }, { eventType: "vehicle" }],
      [{ eventType: "vehicle" }, { eventType: "motion" }],
      [{ confidence: 0.9 }, { confidence: 0.3 }],
      [{ priority: 2 }, { priority: 3 }],
      [{ localHour: 23 }, { localHour: 12 }],
      [{ localHour: 12 }, { localHour: 19 }],
      [{ zone: "Front Door" }, { zone: "bedroom" }],
      [{ seconds: 60 }, { seconds: 0 }],
    ];
    for (const [better, worse] of pairs) {
      const { chosen } = selectMoments([moment("a-worse", worse), moment("b-better", better)], 1);
      assert.deepEqual(idsOf(chosen), ["b-better"], JSON.stringify(better));
    }
  });

  it("takes a zone of any name for one that it does not know", () => {
    for (const zone of ["constructor", "toString", "__proto__"]) {
      const named = moment("a", { zone, deviceId: "b" });
      assert.deepEqual(idsOf(selectMoments([named, moment("b", { zone: "bedroom" })], 1).chosen), ["a"]);
      assert.deepEqual(idsOf(selectMoments([named, moment("b", { zone: "garage" })], 1).chosen), ["b"]);
    }
  });

  it("of equals takes the smaller id", () => {
    const twins = [moment("b"), moment("a"), moment("c")];
    assert.deepEqual(idsOf(selectMoments(twins, 1).chosen), ["a"]);
  });

  it("chooses exactly min(k, n), each once, and answers both parts in the order of time", () => {
    fc.assert(
      fc.property(candidatesArbitrary, kArbitrary, (candidates, k) => {
        const { chosen, left } = selectMoments(candidates, k);
        assert.equal(chosen.length, Math.min(k, candidates.length));
        assert.deepEqual(idsOf([...chosen, ...left]).toSorted(), idsOf(candidates).toSorted());
        for (const part of [chosen, left]) {
          const times = part.map(({ capturedAt }) => capturedAt.getTime());
          assert.deepEqual(
            times,
            times.toSorted((a, b) => a - b),
          );
        }
      }),
    );
  });

  it("does not depend on the order in which the candidates come", () => {
    const shuffled = candidatesArbitrary.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, kArbitrary, ([list, other], k) => {
        assert.deepEqual(selectMoments(list, k), selectMoments(other, k));
      }),
    );
  });

  it("keeps what it chose when k grows", () => {
    fc.assert(
      fc.property(candidatesArbitrary, kArbitrary, (candidates, k) => {
        const more = new Set(idsOf(selectMoments(candidates, k + 1).chosen));
        assert.ok(idsOf(selectMoments(candidates, k).chosen).every((id) => more.has(id)));
      }),
    );
  });

  it("never leaves a new picture for one that it already has", () => {
    fc.assert(
      fc.property(candidatesArbitrary, kArbitrary, (candidates, k) => {
        const { chosen, left } = selectMoments(candidates, k);
        const seen = new Set(chosen.map(({ sha256 }) => sha256));
        const repeats = chosen.length > seen.size;
        return !repeats || left.every(({ sha256 }) => seen.has(sha256));
      }),
    );
  });
});
