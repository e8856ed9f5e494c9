/** Whether what stands in a place is what stood there before: by its place, and by what it looks like. */
import type { Colour } from "../colour.ts";
import type { Detection } from "../digest/wire.ts";
import type { SceneObject } from "./object.ts";
import { covered, iou } from "./overlap.ts";

/** What is known of a thing. `isSettled`: it was seen to stay, and did not only come by. */
export type Kept = Pick<SceneObject, "label" | "box" | "hashes"> & { isSettled: boolean };

/**
 * Boxes of one parked car in pictures of differing noise, light and compression overlap by .54 at the least, and by .8
 * mostly; their hashes differ by 8 to 17 bits on average, of small cars by up to 35; those of two cars by 32.
 */
const settledIou = 0.5;
const fleetingIou = 0.7;
/** A large box is drawn more exactly, and its hash says more. */
const largeArea = 0.02;
const hashBitsMax = { large: 24, small: 28, fleeting: 22 } as const;
const hashesMax = 4;

/** A box that somebody hides a part of is smaller, and lies inside. */
const insideMin = 0.9;
const leftShare = { min: 0.35, max: 0.8 };

const vehicles: ReadonlySet<string> = new Set(["car", "truck", "bus", "train", "boat", "airplane"]);

/** How much a thing resembles what is kept, 0 (it is another) to 1. A detector calls one van a car and a truck. */
export function isSame(kept: Kept, thing: Detection): number {
  const isOneKind = kept.label === thing.label || (vehicles.has(kept.label) && vehicles.has(thing.label));
  if (!isOneKind) return 0;
  const overlap = iou(kept.box, thing.box);
  const left = covered(kept.box, thing.box);
  const isPart =
    kept.isSettled &&
    covered(thing.box, kept.box) >= insideMin &&
    left >= leftShare.min &&
    left <= leftShare.max;
  if (overlap < (kept.isSettled ? settledIou : fleetingIou) && !isPart) return 0;
  const bits = distanceOf(kept, thing);
  if (bits !== undefined && !isPart && bits > bitsMaxOf(kept)) return 0;
  return Math.max(overlap, 0.01) * (bits === undefined ? 1 : 1 - bits / 128);
}

function bitsMaxOf({ box: [, , width, height], isSettled }: Kept): number {
  if (!isSettled) return hashBitsMax.fleeting;
  return width * height >= largeArea ? hashBitsMax.large : hashBitsMax.small;
}

/** To the nearest of its latest looks; undefined where one of them has none. */
function distanceOf(kept: Kept, { appearance }: Detection): number | undefined {
  if (!appearance || kept.hashes.length === 0) return undefined;
  return Math.min(...kept.hashes.map((hash) => differingBits(hash, appearance.hash)));
}

function differingBits(a: string, b: string): number {
  return [0, 8].reduce((sum, from) => {
    const [one, other] = [a, b].map((hash) => Number.parseInt(hash.slice(from, from + 8), 16));
    return sum + bitCount((one ?? 0) ^ (other ?? 0));
  }, 0);
}

/** Population count of 32 bits. Source: H. S. Warren, "Hacker's Delight", 5-1. */
function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** What is kept of a thing's look: its latest hashes that differ from each other, and a vote for its colour. */
export function lookOf(
  { hashes, colours }: Pick<SceneObject, "hashes" | "colours">,
  { appearance }: Detection,
): Pick<SceneObject, "hashes" | "colours"> {
  if (!appearance) return { hashes, colours };
  const { hash, colour } = appearance;
  const isNew = hashes.every((known) => differingBits(known, hash) > 6);
  return {
    hashes: isNew ? [...hashes, hash].slice(-hashesMax) : hashes,
    colours: colour === undefined ? colours : { ...colours, [colour]: (colours[colour] ?? 0) + 1 },
  };
}

/** How many of its pictures must tell a colour, and what part of them the same one. */
const votesMin = 2;
const agreeingShare = 0.7;

/** The colour that its pictures agree on. */
export function colourOf(colours: SceneObject["colours"]): Colour | null {
  const votes = Object.entries(colours) as [Colour, number][];
  const all = votes.reduce((sum, [, count]) => sum + count, 0);
  const [most] = votes.toSorted((a, b) => b[1] - a[1]);
  return most && all >= votesMin && most[1] >= agreeingShare * all ? most[0] : null;
}
