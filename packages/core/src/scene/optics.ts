/** Whether a camera sees as it usually does: by the statistics of its pictures, one after the other. Pure. */
import type { Flaw, PictureStatistics } from "../digest/wire.ts";
import type { Light } from "./object.ts";

/** What is kept of a camera's pictures. Times are RFC 3339, UTC. */
export type Optics = {
  /** When its newest picture was taken. */
  until: string;
  /** Its usual sharpness in each light, and from how many pictures that is known. */
  usual: Readonly<Record<Light, { sharpness: number; pictures: number }>>;
  /** The picture that it shows, since when without a change, and how often it was looked at. */
  same: { bands: PictureStatistics["bands"]; since: string; pictures: number };
  /** How many pictures in a row were so. */
  runs: Readonly<Record<"blurred" | "overexposed", number>>;
};

export type OpticsPicture = { at: Date; statistics: PictureStatistics; flaws: readonly Flaw[] };

/** A lens that is out of focus, or behind a cloth, leaves less than this of the usual sharpness. */
const blurredShare = 0.25;
const usualPicturesMin = 5;
const usualPicturesMax = 50;
/** So many bands with something in them must be the same, and all but so many of those that there are. */
const sameBandsMin = 5;
const otherBandsMax = 2;
/** Nothing that lives before a sensor that works is the same to the last level for so long. */
const frozenMsMin = 60 * 60 * 1000;
const frozenPicturesMin = 3;
const runMin = 3;

export function lightOf({ monochrome }: Pick<PictureStatistics, "monochrome">): Light {
  return monochrome ? "night" : "day";
}

/** Pictures in the order of time; one that is older than what is known changes nothing. */
export function observeOptics(known: Optics | null, { at, statistics, flaws }: OpticsPicture): Optics {
  const until = at.toISOString();
  const { bands } = statistics;
  const none = { sharpness: 0, pictures: 0 };
  const before = known ?? {
    until,
    usual: { day: none, night: none },
    same: { bands, since: until, pictures: 0 },
    runs: { blurred: 0, overexposed: 0 },
  };
  if (known && until < known.until) return known;
  const isBlurred = flaws.includes("blurred") || isDefocused(before, statistics);
  const isSame = areSame(before.same.bands, bands);
  return {
    until,
    usual: isBlurred || flaws.length > 0 ? before.usual : usualAfter(before.usual, statistics),
    same: isSame
      ? { ...before.same, pictures: before.same.pictures + 1 }
      : { bands, since: until, pictures: 1 },
    runs: {
      blurred: isBlurred ? before.runs.blurred + 1 : 0,
      overexposed: flaws.includes("overexposed") ? before.runs.overexposed + 1 : 0,
    },
  };
}

function usualAfter(usual: Optics["usual"], statistics: PictureStatistics): Optics["usual"] {
  const light = lightOf(statistics);
  const pictures = Math.min(usualPicturesMax, usual[light].pictures + 1);
  const sharpness = usual[light].sharpness + (statistics.sharpness - usual[light].sharpness) / pictures;
  return { ...usual, [light]: { sharpness: Math.round(sharpness * 100) / 100, pictures } };
}

function isDefocused({ usual }: Pick<Optics, "usual">, statistics: PictureStatistics): boolean {
  const { sharpness, pictures } = usual[lightOf(statistics)];
  return pictures >= usualPicturesMin && statistics.sharpness < blurredShare * sharpness;
}

/** A clock that is written over a picture that stands still changes a band or two. */
function areSame(a: PictureStatistics["bands"], b: PictureStatistics["bands"]): boolean {
  const compared = a.filter((band, index) => band !== null || (b[index] ?? null) !== null).length;
  const same = a.filter((band, index) => band !== null && band === b[index]).length;
  return same >= sameBandsMin && compared - same <= otherBandsMax;
}

/** What limits a picture beside what the worker says of it alone: the usual view of its camera tells. */
export function flawsBeside(optics: Optics, { at, statistics, flaws }: OpticsPicture): Flaw[] {
  const { same } = optics;
  const isFrozen =
    same.pictures >= frozenPicturesMin &&
    areSame(same.bands, statistics.bands) &&
    at.getTime() - Date.parse(same.since) >= frozenMsMin;
  const isBlurred = !flaws.includes("blurred") && flaws.length === 0 && isDefocused(optics, statistics);
  return [...(isBlurred ? (["blurred"] as const) : []), ...(isFrozen ? (["frozen"] as const) : [])];
}

/** What is wrong with the camera, as its newest pictures show. */
export function faultsOf({
  until,
  same,
  runs,
}: Optics): Record<"blurred" | "overexposed" | "frozen", boolean> {
  return {
    blurred: runs.blurred >= runMin,
    overexposed: runs.overexposed >= runMin,
    frozen: same.pictures >= frozenPicturesMin && Date.parse(until) - Date.parse(same.since) >= frozenMsMin,
  };
}
