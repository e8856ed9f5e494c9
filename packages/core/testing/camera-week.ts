/**
 * A week of one camera, as a detector tells of it: things stand there for days, people pass, night falls, a van comes. Boxes,
 * confidences, hashes and misses vary as YOLOv8n's do over pictures of one car park and one street under changing noise,
 * light, compression and shifts of a pixel or two: by day 1.00 of the sure cars and .75 to .92 of the unsure ones were found,
 * in grey and a third of the light .58 to 1.00 and .21 to .50; boxes overlapped by .54 at the least and .85 mostly, and 4 to
 * 17 bits of a hash differed.
 */

import type { Colour } from "../src/colour.ts";
import { type Description, describe, type Moment } from "../src/digest/describe.ts";
import { oneLabelEach } from "../src/digest/one-label.ts";
import type { Box, Detection } from "../src/digest/wire.ts";
import { type CameraLook, learn, type SceneMemory } from "../src/scene/learn.ts";
import { departuresIn, recognise } from "../src/scene/recall.ts";
import { randomOf } from "./picture-heads.ts";
import { assessment } from "./tell.ts";

const hourMs = 3_600_000;
const monday = new Date("2026-06-01T00:00:00Z");

/** What stands there, from and until which hour of the week. */
export type Stay = {
  label: string;
  box: Box;
  confidence: number;
  colour: Colour;
  hash: string;
  fromHour: number;
  untilHour: number;
};

export type Visit = {
  at: Date;
  isNight: boolean;
  people: number;
  pictures: CameraLook[];
  description: Description;
};

export type Week = { visits: Visit[]; memory: SceneMemory; mostObjects: number };

type Random = () => number;

/** Close to normal, deviation 1: the sum of twelve (Irwin-Hall). */
function normal(random: Random): number {
  return Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, -6);
}

const between = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** How often such a thing is found. */
function foundShare(confidence: number, isNight: boolean): number {
  const day = confidence >= 0.65 ? 0.985 : confidence >= 0.45 ? 0.95 : 0.8;
  const night = confidence >= 0.65 ? 0.85 : confidence >= 0.45 ? 0.62 : 0.35;
  return isNight ? night : day;
}

function flipped(hash: string, random: Random, share: number): string {
  const bits = hash
    .split("")
    .flatMap((digit) => [8, 4, 2, 1].map((bit) => (Number.parseInt(digit, 16) & bit) > 0));
  const noisy = bits.map((bit) => (random() < share ? !bit : bit));
  return Array.from({ length: 16 }, (_, digit) =>
    noisy
      .slice(digit * 4, digit * 4 + 4)
      .reduce((sum, bit) => sum * 2 + Number(bit), 0)
      .toString(16),
  ).join("");
}

function jittered([x, y, width, height]: Box, random: Random): Box {
  const shift = (size: number) => normal(random) * size * 0.025;
  const left = between(x + shift(width), 0, 0.98);
  const top = between(y + shift(height), 0, 0.98);
  return [
    left,
    top,
    between(width + shift(width), 0.01, 1 - left),
    between(height + shift(height), 0.01, 1 - top),
  ];
}

/** What a detector makes of a thing that stands there; nothing where it misses it. */
function detect(stay: Stay, isNight: boolean, random: Random): Detection[] {
  if (random() > foundShare(stay.confidence, isNight)) return [];
  const confidence = between(stay.confidence - (isNight ? 0.12 : 0) + normal(random) * 0.05, 0.25, 0.98);
  const label = stay.label === "car" && random() < 0.04 ? "truck" : stay.label;
  const colour = !isNight && random() < 0.8 ? { colour: stay.colour } : {};
  return [
    {
      label,
      confidence,
      box: jittered(stay.box, random),
      appearance: { hash: flipped(stay.hash, random, 0.09), ...colour },
    },
  ];
}

function somebody(random: Random, step: number): Detection {
  const height = 0.25 + random() * 0.4;
  const box: Box = [between(0.05 + step * 0.12 + random() * 0.1, 0, 0.8), 0.3, 0.14, height];
  return { label: "person", confidence: 0.55 + random() * 0.4, box };
}

type Scenario = { stays: readonly Stay[]; seed: number; hours?: number };

/** Every forty minutes by day and every two hours at night something moves, mostly somebody. */
export function playWeek({ stays, seed, hours = 168 }: Scenario): Week {
  const random = randomOf(seed);
  let memory: SceneMemory = { learnedUntil: null, learnedIn: null, objects: [] };
  const visits: Visit[] = [];
  let [ids, mostObjects] = [0, 0];
  for (let hour = 0.2; hour < hours; ) {
    const isNight = hour % 24 < 6 || hour % 24 >= 21;
    const at = new Date(monday.getTime() + hour * hourMs);
    const people = random() < 0.6 ? 1 + Math.floor(random() * 2) : 0;
    const reviewId = `review ${visits.length}`;
    const count = 1 + Math.floor(random() * 7);
    const pictures = Array.from({ length: count }, (_, step): CameraLook => {
      const shown = stays.filter(({ fromHour, untilHour }) => fromHour <= hour && hour < untilHour);
      const others = Array.from({ length: people }, () => somebody(random, step));
      const oddity: Detection[] =
        random() < 0.02
          ? [{ label: "airplane", confidence: 0.3, box: [random() * 0.8, 0.05, 0.1, 0.05] }]
          : [];
      return {
        momentId: `${reviewId}, picture ${step}`,
        reviewId,
        at: new Date(at.getTime() + step * 3_000),
        light: isNight ? "night" : "day",
        detections: oneLabelEach([
          ...shown.flatMap((stay) => detect(stay, isNight, random)),
          ...others,
          ...oddity,
        ]),
      };
    });
    memory = learn(memory, pictures, () => {
      ids += 1;
      return `object ${ids}`;
    });
    mostObjects = Math.max(mostObjects, memory.objects.length);
    visits.push({ at, isNight, people, pictures, description: tellOf(pictures, memory, reviewId) });
    hour += (isNight ? 2 : 0.67) * (0.6 + random() * 0.8);
  }
  return { visits, memory, mostObjects };
}

export function tellOf(pictures: readonly CameraLook[], memory: SceneMemory, reviewId: string): Description {
  const moments = pictures.map((picture): Moment => {
    const { momentId: id, at, light, detections } = picture;
    const known = recognise(detections, memory.objects, { at, reviewId });
    const things = detections.map((thing) => {
      const standing = known.get(thing);
      return standing ? { ...thing, standing } : thing;
    });
    return {
      id,
      eventId: reviewId,
      capturedAt: at,
      zone: "driveway",
      deviceId: "camera",
      eventType: "motion",
      confidence: null,
      finding: { id, outcome: "reviewed", detections: things, statistics: statisticsOf(light) },
    };
  });
  const departures = departuresIn(
    memory.objects.map((object) => ({ ...object, deviceId: "camera" })),
    reviewId,
  );
  return describe({
    assessment,
    siteName: "Rose Cottage",
    timeZone: "UTC",
    moments,
    awaited: [],
    capabilities: { faces: false, reidentification: false, plates: false },
    departures,
  });
}

function statisticsOf(light: CameraLook["light"]) {
  const bands = Array.from({ length: 8 }, () => null);
  return { monochrome: light === "night", brightness: 90, overexposed: 0, sharpness: 30, bands };
}
