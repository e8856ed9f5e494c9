/** The bounds of what is kept and learned of evidence: a part of `limits.ts`, by which they are reached. */
import assert from "node:assert/strict";

/** The evidence log. */
export const custody = Object.freeze({
  /** Leaves of one transaction, and how many of these one call appends. */
  appendedAtOnceMax: 4_096,
  roundsMax: 16,
  /** Signed states that are time-stamped in one turn, and for how long after they were signed that is tried. */
  stampedAtOnceMax: 5,
  stampedAfterMsMax: 24 * 60 * 60 * 1000,
  stampMsMax: 8_000,
  stampBytesMax: 32 * 1024,
  /** An authority's clock may be so far from ours. */
  stampClockMsMax: 5 * 60 * 1000,
});

/** The same picture sent again. */
export const replay = Object.freeze({
  /** Pictures that were taken within this time of each other may be the same one, told by two events. */
  apartMsMin: 60 * 1000,
  /** How far back is looked, and how long sketches are kept. */
  agoMsMax: 30 * 24 * 60 * 60 * 1000,
  /** A camera's pictures that one is compared with: the latest. */
  pastMax: 1_000,
  /** Pictures of the same light: a backdrop is made of those that were taken within this time of each other. */
  aroundMsMax: 15 * 60 * 1000,
  backdropPicturesMin: 5,
  backdropPicturesMax: 40,
  backdropsMax: 60,
});

/** What a device's pictures have in common. */
export const capture = Object.freeze({
  /** Nothing is new of a device before so many of its pictures were seen. */
  enrolledMin: 10,
  /** What is new then is usual once it came this often. */
  usualMin: 10,
  /** As many of the latest twice as many pictures that contradict themselves in one way are a habit of the device. */
  habitMin: 10,
  /** Ways of encoding, and cameras that EXIF names, that are kept of a device: of more, those that came longest ago are forgotten. */
  waysMax: 16,
  /** A device with as many ways of encoding has none that is its own. */
  waysOwnMax: 8,
  /** Differences between EXIF's time and the event's that are kept of a device: the latest. */
  clocksMax: 12,
  clocksMin: 5,
  /** EXIF's time has no zone, mostly, and may be of any; with a zone it is as exact as clocks are. */
  zonesMsMax: 26 * 60 * 60 * 1000,
  clockMsMax: 10 * 60 * 1000,
  /** Below this a small picture within a file shows something else than the picture. */
  thumbnailLikenessMin: 0.4,
});

/** Keys that a gateway signs evidence with: the latest are remembered. */
export const gateway = Object.freeze({ keysMax: 20 });

assert(capture.enrolledMin >= capture.clocksMin, "a device is enrolled when its clock is known");
assert(capture.waysMax > capture.waysOwnMax, "more ways are kept than a device may have of its own");
