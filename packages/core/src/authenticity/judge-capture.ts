/**
 * Whether a picture's file agrees with itself and with its event, and is as files of its device are. Learned as it goes: the
 * first pictures say what is usual, and what is new becomes usual once it came often. What is usual of a device
 * contradicts nothing, however odd it is: some cameras write a wrong size into every picture.
 */
import { capture as limits } from "../limits.ts";
import { findContradictions } from "./find-contradictions.ts";
import { type DeviceProfile, isHabit, isUsual, learn } from "./profile.ts";
import { sizeOf, type Taken } from "./taken.ts";
import type { Capture, CaptureReason } from "./wire.ts";

/**
 * @param profile of the pictures that the device sent before this one
 * @returns what is said of it, and the profile with it
 */
export function judgeCapture(
  picture: Taken,
  profile: DeviceProfile,
): { capture: Capture; profile: DeviceProfile } {
  const found = findContradictions(picture, profile);
  const told = found.filter(({ code }) => !isHabit(profile, code));
  const capture: Capture =
    told.length > 0 ? { status: "contradicts", reasons: told } : compareWithUsual(picture, profile);
  return { capture, profile: learn(profile, picture, { found, told }) };
}

function compareWithUsual(picture: Taken, profile: DeviceProfile): Capture {
  if (profile.pictures < limits.enrolledMin) {
    return { status: "cannot-tell", why: "not-enrolled", reasons: [] };
  }
  const encoders = new Set(profile.ways.map(({ encoder }) => encoder));
  if (encoders.size >= limits.waysOwnMax) return { status: "cannot-tell", why: "varies", reasons: [] };
  const news = findNews(picture, profile);
  return { status: news.length === 0 ? "consistent" : "novel", reasons: news };
}

function findNews({ traits }: Taken, profile: DeviceProfile): CaptureReason[] {
  const usual = profile.ways.filter((way) => isUsual(profile, way));
  if (!usual.some(({ encoder }) => encoder === traits.encoder)) {
    return [{ code: "encoder-new", detail: `encoded as ${traits.encoder}` }];
  }
  const size = sizeOf(traits);
  if (usual.some((way) => way.encoder === traits.encoder && way.size === size)) return [];
  return [{ code: "size-new", detail: `${traits.width} x ${traits.height} pixels` }];
}
