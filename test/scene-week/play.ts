/** The week, visit by visit: filmed, looked at as a worker looks, learned from and told as the API does. */
import type { Detection } from "@vigil/core/digest/wire";
import { evidence, review } from "@vigil/core/limits";
import { systemClock } from "@vigil/core/platform/clock";
import { load } from "../../gpu-worker/src/model/index.ts";
import { prepareOnce } from "../../gpu-worker/src/model/prepare-once.ts";
import { describeThings } from "../../gpu-worker/src/pipe/appearance/index.ts";
import { decode } from "../../gpu-worker/src/pipe/decode/index.ts";
import { createDetector } from "../../gpu-worker/src/pipe/infer/index.ts";
import { oneLabelEach } from "../../packages/core/src/digest/one-label.ts";
import { type CameraLook, learn, type SceneMemory } from "../../packages/core/src/scene/learn.ts";
import { lightOf } from "../../packages/core/src/scene/optics.ts";
import { tellOf } from "../../packages/core/testing/camera-week.ts";
import { randomOf } from "../../packages/core/testing/picture-heads.ts";
import type { Film, Random, VehicleName } from "./film.ts";

const weekHours = 168;
const hourMs = 3_600_000;
const monday = Date.parse("2026-06-01T00:00:00Z");

/** From and until which hour of the week. */
export type Stay = { vehicle: VehicleName; fromHour: number; untilHour: number };

export type Visit = {
  hour: number;
  isNight: boolean;
  /** Whether people are in its pictures. */
  peopled: boolean;
  title: string;
  sentences: string[];
  objects: number;
};

export type Week = { visits: Visit[]; memory: SceneMemory; pictures: number; bytesMax: number };

type Looker = {
  look: (jpeg: Buffer) => Promise<{ detections: Detection[]; light: CameraLook["light"]; tells: boolean }>;
  close: () => Promise<void>;
};

export async function openLooker(name: string, cacheDir: string): Promise<Looker> {
  const options = { cacheDir, clock: systemClock, onLog: () => undefined };
  const model = await prepareOnce(await load(name, { cacheDir }), options);
  const detector = await createDetector({ model, provider: "cpu", lanes: 1, threads: 2, ...review });
  const shape = { ...model, contentType: "image/jpeg", pixelsMax: evidence.pixelsMax };
  return {
    look: async (jpeg) => {
      const image = await decode(jpeg, shape);
      const [seen] = await detector.detect([image]);
      if (!seen || "error" in seen) throw new Error("the detector failed on a picture");
      const detections = oneLabelEach(describeThings(seen.detections, image));
      return { detections, light: lightOf(image.statistics), tells: image.flaws.length === 0 };
    },
    close: () => detector.close(),
  };
}

type Playing = { film: Film; looker: Looker; stays: readonly Stay[]; seed: number; hours?: number };

/** Every forty minutes by day and every two hours at night the camera reports that something moved, mostly somebody. */
export async function playWeek({ film, looker, stays, seed, hours = weekHours }: Playing): Promise<Week> {
  const random = randomOf(seed);
  let memory: SceneMemory = { learnedUntil: null, learnedIn: null, objects: [] };
  const visits: Visit[] = [];
  let [ids, pictures, bytesMax] = [0, 0, 0];
  for (let hour = 0.2; hour < hours; ) {
    const isNight = hour % 24 < 6 || hour % 24 >= 21;
    const peopled = random() < 0.6;
    const reviewId = `review ${visits.length}`;
    const shot = await shoot({ film, looker, stays, random, hour, isNight, peopled, reviewId });
    pictures += shot.length;
    memory = learn(memory, shot, () => {
      ids += 1;
      return `object ${ids}`;
    });
    bytesMax = Math.max(bytesMax, JSON.stringify(memory).length);
    const { title, summary, timeline } = tellOf(shot, memory, reviewId);
    const sentences = [...summary, ...timeline].map(({ text }) => text);
    visits.push({ hour, isNight, peopled, title, sentences, objects: memory.objects.length });
    hour += (isNight ? 2 : 0.67) * (0.6 + random() * 0.8);
  }
  return { visits, memory, pictures, bytesMax };
}

type Shooting = Omit<Playing, "seed" | "hours"> & {
  random: Random;
  hour: number;
  isNight: boolean;
  peopled: boolean;
  reviewId: string;
};

/** One to four pictures, two seconds apart, of which those in which something can be made out are learned from. */
async function shoot(asked: Shooting): Promise<CameraLook[]> {
  const { film, looker, stays, random, hour, isNight, peopled, reviewId } = asked;
  const standing = stays
    .filter(({ fromHour, untilHour }) => fromHour <= hour && hour < untilHour)
    .map(({ vehicle }) => vehicle);
  const count = 1 + Math.floor(random() * 4);
  const framesApart = 4;
  const start = Math.floor(random() * (film.frames - count * framesApart));
  const looks: CameraLook[] = [];
  for (let step = 0; step < count; step += 1) {
    const frame = peopled ? start + step * framesApart : undefined;
    const { detections, light, tells } = await looker.look(
      await film.shoot({ frame, standing, isNight, random }),
    );
    if (!tells) continue;
    const at = new Date(monday + hour * hourMs + step * 2_000);
    looks.push({ momentId: `${reviewId}, picture ${step}`, reviewId, at, light, detections });
  }
  return looks;
}
