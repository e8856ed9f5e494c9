/** What the pictures of one device have in common: a few kilobytes, whatever it sends. */
import { capture as limits } from "../limits.ts";
import { aheadOf, cameraOf, sizeOf, type Taken } from "./taken.ts";
import type { CaptureCode, CaptureReason } from "./wire.ts";

/** Something that pictures had, how often, and the number of the latest picture that had it. */
type Counted = { count: number; latest: number; isFirst: boolean };
export type Way = Counted & { encoder: string; size: string };
export type Camera = Counted & { camera: string };

/** Plain JSON. */
export type DeviceProfile = {
  v: 1;
  /** How many were learned from. */
  pictures: number;
  ways: readonly Way[];
  /** As EXIF names them; an empty name: it names none. */
  cameras: readonly Camera[];
  /** How each of the latest files contradicted itself or its event; the newest last. */
  contradicted: readonly (readonly CaptureCode[])[];
  /** Of the latest pictures: how far EXIF's time was ahead of the device's, taken as UTC where it has no zone. */
  aheadMs: readonly number[];
};

export const nothingKnown: DeviceProfile = Object.freeze({
  v: 1,
  pictures: 0,
  ways: [],
  cameras: [],
  contradicted: [],
  aheadMs: [],
});

export function isUsual(profile: DeviceProfile, { isFirst, count }: Counted): boolean {
  return isFirst || count >= limits.usualMin || profile.pictures < limits.enrolledMin;
}

/** Half of the device's latest pictures are like that. */
export function isHabit({ contradicted }: DeviceProfile, code: CaptureCode): boolean {
  return contradicted.filter((codes) => codes.includes(code)).length >= limits.habitMin;
}

/**
 * @param found all contradictions of the picture
 * @param told those that are not the device's habits
 */
export function learn(
  profile: DeviceProfile,
  picture: Taken,
  { found, told }: { found: readonly CaptureReason[]; told: readonly CaptureReason[] },
): DeviceProfile {
  const number = profile.pictures + 1;
  const once = { count: 1, latest: number, isFirst: profile.pictures < limits.enrolledMin };
  const way = { encoder: picture.traits.encoder, size: sizeOf(picture.traits), ...once };
  const ahead = aheadOf(picture);
  // A time that disagrees says nothing of the clock, until it is how the clock goes.
  const isClock = ahead !== undefined && !told.some(({ code }) => code.startsWith("time-"));
  return {
    v: 1,
    pictures: number,
    ways: counted(profile.ways, way, ({ encoder, size }) => `${encoder} ${size}`),
    cameras: counted(profile.cameras, { camera: cameraOf(picture.traits), ...once }, ({ camera }) => camera),
    contradicted: [...profile.contradicted, found.map(({ code }) => code)].slice(-2 * limits.habitMin),
    aheadMs: isClock ? [...profile.aheadMs, ahead].slice(-limits.clocksMax) : profile.aheadMs,
  };
}

function counted<Thing extends Counted>(
  known: readonly Thing[],
  seen: Thing,
  name: (one: Thing) => string,
): Thing[] {
  const before = known.find((one) => name(one) === name(seen));
  const rest = known.filter((one) => one !== before);
  const now = before ? { ...before, count: before.count + 1, latest: seen.latest } : seen;
  return [now, ...rest].toSorted((a, b) => b.latest - a.latest).slice(0, limits.waysMax);
}
