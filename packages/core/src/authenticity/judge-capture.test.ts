import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgeCapture } from "./judge-capture.ts";
import { type DeviceProfile, nothingKnown } from "./profile.ts";
import type { Taken } from "./taken.ts";
import type { ExifFacts, Traits } from "./wire.ts";

const start = Date.parse("2026-05-01T12:00:00Z");
const minute = 60_000;

type Change = Partial<Omit<Taken, "traits">> & { traits?: Partial<Traits>; exif?: ExifFacts };

/** The picture of a minute. */
function picture(number: number, { traits, exif, ...rest }: Change = {}): Taken {
  const at = new Date(start + number * minute);
  return {
    traits: { encoder: "jpeg a", width: 1920, height: 1080, ...(exif ? { exif } : {}), ...traits },
    name: `${number}.jpg`,
    contentType: "image/jpeg",
    capturedAt: at,
    receivedAt: new Date(at.getTime() + 2_000),
    skewMs: 0,
    ...rest,
  };
}

function sent(pictures: readonly Taken[], from: DeviceProfile = nothingKnown) {
  let profile = from;
  const said = pictures.map((one) => {
    const verdict = judgeCapture(one, profile);
    profile = verdict.profile;
    return verdict.capture;
  });
  return { profile, said };
}
const many = (count: number, change: (number: number) => Change = () => ({})) =>
  Array.from({ length: count }, (_, number) => picture(number, change(number)));
const codes = ({ reasons }: { reasons: { code: string }[] }) => reasons.map(({ code }) => code);
const clock = (number: number, offMs = 0) =>
  new Date(start + number * minute + offMs).toISOString().slice(0, 19);

describe("what is said of a picture's file", () => {
  it("is nothing before enough of its device's were seen, then that it is as they are, however it is turned", () => {
    const { said, profile } = sent(many(11));
    assert.deepEqual(said[9], { status: "cannot-tell", why: "not-enrolled", reasons: [] });
    assert.deepEqual(said[10], { status: "consistent", reasons: [] });
    const upright = picture(20, { traits: { width: 1080, height: 1920 } });
    assert.equal(judgeCapture(upright, profile).capture.status, "consistent");
  });

  it("is that another way of encoding is new, until it came ten times", () => {
    const { profile } = sent(many(20));
    const updated = Array.from({ length: 12 }, (_, number) =>
      picture(30 + number, { traits: { encoder: "jpeg b" } }),
    );
    const { said } = sent(updated, profile);
    assert.ok(said.slice(0, 10).every((one) => one.status === "novel" && codes(one)[0] === "encoder-new"));
    assert.equal(said[10]?.status, "consistent");
    const small = judgeCapture(picture(60, { traits: { width: 640, height: 360 } }), profile);
    assert.deepEqual(codes(small.capture), ["size-new"]);
  });

  it("is nothing of a device whose pictures are all encoded otherwise, and what is kept of it is bounded", () => {
    const { said, profile } = sent(many(500, (number) => ({ traits: { encoder: `jpeg ${number % 40}` } })));
    assert.equal(said.at(-1)?.why, "varies");
    assert.ok(JSON.stringify(profile).length < 8_000);
  });

  it("is what contradicts itself, of the very first picture on", () => {
    const wrong = [
      picture(1, { name: "door.png" }),
      picture(1, { name: "bell.wav" }),
      picture(1, { exif: { width: 4000, height: 3000 } }),
      picture(1, { traits: { thumbnailLikeness: 0.1 } }),
      picture(1, { exif: { takenAt: clock(3 * 24 * 60) } }),
    ];
    assert.deepEqual(
      wrong.map((one) => codes(judgeCapture(one, nothingKnown).capture)[0]),
      ["name-differs", "name-differs", "exif-size-differs", "thumbnail-differs", "time-ahead"],
    );
    const right = [
      picture(1, { name: "door.JPEG" }),
      picture(1, { name: "no ending" }),
      picture(1, { exif: { width: 1088, height: 1920 } }),
      picture(1, { traits: { thumbnailLikeness: 0.9 } }),
      picture(1, { exif: { takenAt: clock(13 * 60) } }),
      picture(1, { exif: { takenAt: clock(-8_000_000) } }),
    ];
    for (const one of right) assert.equal(judgeCapture(one, nothingKnown).capture.status, "cannot-tell");
  });

  it("is not what a device always does", () => {
    const { said } = sent(many(25, () => ({ exif: { width: 4000, height: 3000 } })));
    assert.equal(said[9]?.status, "contradicts");
    assert.ok(said.slice(10).every(({ status }) => status === "consistent"));
  });

  it("is another camera than all before, by its own words", () => {
    const { profile } = sent(many(12, () => ({ exif: { make: "Door & Co", model: "D7" } })));
    const other = judgeCapture(picture(20, { exif: { make: "Phone & Co", model: "P1" } }), profile).capture;
    assert.deepEqual(codes(other), ["camera-differs"]);
    assert.equal(judgeCapture(picture(20), profile).capture.status, "consistent", "that names none");
  });

  it("is a time that the device's clock does not explain, however wrong that clock is", () => {
    const years = -20 * 365 * 24 * 60 * minute;
    const { said, profile } = sent(many(12, (number) => ({ exif: { takenAt: clock(number, years) } })));
    assert.ok(
      said.every(({ status }) => status !== "contradicts"),
      "a clock that nobody set runs all the same",
    );
    const old = picture(2 * 24 * 60, { exif: { takenAt: clock(3, years) } });
    assert.deepEqual(codes(judgeCapture(old, profile).capture), ["time-differs"]);
    const summer = picture(400, { exif: { takenAt: clock(460, years) } });
    assert.equal(judgeCapture(summer, profile).capture.status, "consistent");
    const corrected = picture(400, { exif: { takenAt: clock(400 + 300, years) }, skewMs: 300 * minute });
    assert.equal(
      judgeCapture(corrected, profile).capture.status,
      "consistent",
      "the event's clock was learned",
    );
    // Nothing is learned from the times that disagree, until it is how the clock goes.
    const again = Array.from({ length: 12 }, (_, number) => ({
      ...old,
      capturedAt: new Date(old.capturedAt.getTime() + number * minute),
    }));
    const { said: later } = sent(again, profile);
    assert.ok(later.slice(0, 10).every((one) => codes(one)[0] === "time-differs"));
    assert.notEqual(later[10]?.status, "contradicts");
  });
});
