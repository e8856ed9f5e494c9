import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Flaw, PictureStatistics } from "../digest/wire.ts";
import { faultsOf, flawsBeside, type Optics, type OpticsPicture, observeOptics } from "./optics.ts";

const start = Date.parse("2026-06-01T08:00:00Z");

function bandsOf(seed: number): PictureStatistics["bands"] {
  return Array.from({ length: 8 }, (_, band) =>
    ((seed * 977 + band * 131) >>> 0).toString(16).padStart(8, "0"),
  );
}

/** A picture taken at a minute. */
function picture(minute: number, more: Partial<PictureStatistics> = {}, flaws: Flaw[] = []): OpticsPicture {
  const statistics = {
    monochrome: false,
    brightness: 100,
    overexposed: 0,
    sharpness: 40,
    bands: bandsOf(minute),
    ...more,
  };
  return { at: new Date(start + minute * 60_000), statistics, flaws };
}

function play(pictures: readonly OpticsPicture[], known: Optics | null = null): Optics {
  let optics = known;
  for (const one of pictures) optics = observeOptics(optics, one);
  assert.ok(optics);
  return optics;
}

const minutes = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index * 10);

describe("a camera's pictures", () => {
  it("are no fault while they change and are as sharp as usual, by day and at night", () => {
    const usual = play(
      minutes(60).map((minute, index) =>
        picture(minute, index % 2 === 0 ? {} : { monochrome: true, sharpness: 16 + (index % 5) }),
      ),
    );
    assert.deepEqual(faultsOf(usual), { blurred: false, overexposed: false, frozen: false });
  });

  it("are blurred when they lose most of their usual sharpness, until one has it again", () => {
    const usual = play(minutes(10).map((minute) => picture(minute)));
    const twice = play([picture(200, { sharpness: 9 }), picture(201, { sharpness: 8 })], usual);
    assert.equal(faultsOf(twice).blurred, false);
    const blurred = play([picture(202, { sharpness: 9 })], twice);
    assert.equal(faultsOf(blurred).blurred, true);
    assert.deepEqual(flawsBeside(blurred, picture(203, { sharpness: 9 })), ["blurred"]);
    assert.deepEqual(flawsBeside(blurred, picture(203, { sharpness: 11 })), []);
    assert.equal(faultsOf(play([picture(204)], blurred)).blurred, false);
  });

  it("do not take a blurred view for the usual one, however long it lasts", () => {
    const usual = play(minutes(10).map((minute) => picture(minute)));
    const weeks = play(
      minutes(2_000, 200).map((minute) => picture(minute, { sharpness: 9 })),
      usual,
    );
    assert.equal(faultsOf(weeks).blurred, true);
    assert.deepEqual(weeks.usual, usual.usual);
  });

  it("are overexposed, and blurred from the beginning, as the worker says", () => {
    const bright = play(minutes(3).map((minute) => picture(minute, { overexposed: 0.7 }, ["overexposed"])));
    assert.equal(faultsOf(bright).overexposed, true);
    const soft = play(minutes(3).map((minute) => picture(minute, { sharpness: 3 }, ["blurred"])));
    assert.equal(faultsOf(soft).blurred, true);
  });

  const still = { bands: bandsOf(7) };

  it("are frozen when they are the same to the last dot for an hour, though a clock runs in them", () => {
    const clock = (minute: number) =>
      still.bands.map((band, index) => (index === 0 ? `0000${1_000 + minute}` : band));
    const soon = play([0, 20, 40].map((minute) => picture(minute, { bands: clock(minute) })));
    assert.equal(faultsOf(soon).frozen, false);
    const frozen = play([picture(60, { bands: clock(60) })], soon);
    assert.equal(faultsOf(frozen).frozen, true);
    assert.deepEqual(flawsBeside(frozen, picture(60, { bands: clock(60) })), ["frozen"]);
    assert.equal(faultsOf(play([picture(61)], frozen)).frozen, false);
  });

  it("are not frozen where more changes in them than a clock", () => {
    const moving = minutes(30).map((minute) =>
      picture(minute, {
        bands: still.bands.map((band, index) => (index < 5 ? band : (bandsOf(minute)[index] ?? null))),
      }),
    );
    assert.equal(faultsOf(play(moving)).frozen, false);
  });

  it("are not frozen where a sensor's noise changes them, or where there is nothing to compare", () => {
    const noisy = minutes(30).map((minute) =>
      picture(minute, {
        bands: still.bands.map((band, index) => (index < 4 ? band : (bandsOf(minute)[index] ?? null))),
      }),
    );
    assert.equal(faultsOf(play(noisy)).frozen, false);
    const bands = Array.from({ length: 8 }, () => null);
    assert.equal(faultsOf(play(minutes(30).map((minute) => picture(minute, { bands })))).frozen, false);
  });

  it("tell nothing new when they come late", () => {
    const known = play(minutes(10).map((minute) => picture(minute)));
    const late = play([picture(5, { sharpness: 1 }), picture(80, { sharpness: 1 })], known);
    assert.deepEqual(late, known);
  });
});
