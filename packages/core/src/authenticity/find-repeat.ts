/** Whether a picture shows what one before it showed, although its bytes are others. */
import { replay as limits } from "../limits.ts";
import { prepare } from "./fit-levels.ts";
import {
  backdropOf,
  compare,
  differenceOf,
  fits,
  isEmpty,
  type Motion,
  motionIn,
  type Sketch,
} from "./sketch.ts";
import type { Unrepeatable } from "./wire.ts";

/** A picture, and what moved in it before one of the backdrops. */
export type Past = { momentId: string; capturedAt: Date; backdropId: string; motion: Motion };

/** What is known of a camera's pictures. */
export type Known = { past: readonly Past[]; backdrops: ReadonlyMap<string, Sketch> };

export type Verdict =
  | { status: "repeat"; of: Past; likeness: number }
  | { status: "none-found" }
  | { status: "cannot-tell"; why: Unrepeatable };

/** `npm run replay` measures what this finds, and what it takes for a repeat that is none. */
const likenessMin = 0.8;
/** A thing of which less is left before another backdrop stands there. */
const shareMin = 0.5;

export function findRepeat(picture: { sketch: Sketch; capturedAt: Date }, known: Known): Verdict {
  const before = known.past.filter(
    ({ capturedAt }) => picture.capturedAt.getTime() - capturedAt.getTime() >= limits.apartMsMin,
  );
  if (before.length === 0) return { status: "cannot-tell", why: "nothing-before" };
  const prepared = prepare(picture.sketch);
  const differences = new Map(
    [...known.backdrops].map(([id, backdrop]) => [id, differenceOf(prepared, backdrop)]),
  );
  const fitting = [...differences].filter(([, difference]) => fits(difference));
  const matches = before.flatMap((one) => {
    const difference = differences.get(one.backdropId);
    if (!difference) return [];
    const { likeness } = compare(one.motion, prepared, difference);
    return likeness >= likenessMin ? [{ of: one, likeness }] : [];
  });
  // What has become part of another backdrop is no passer-by, but something that stands there, perhaps every evening.
  const isPassing = ({ of }: { of: Past }) =>
    fitting.every(
      ([id, difference]) =>
        id === of.backdropId || compare(of.motion, prepared, difference).share >= shareMin,
    );
  const [latest] = matches
    .filter(isPassing)
    .toSorted((a, b) => b.of.capturedAt.getTime() - a.of.capturedAt.getTime());
  if (latest) return { status: "repeat", ...latest };
  return fitting.some(([, difference]) => isEmpty(difference))
    ? { status: "cannot-tell", why: "nothing-moves" }
    : { status: "none-found" };
}

/** What was before the camera while these pictures were taken; undefined when they are too few to say. */
export function findBackdrop(sketches: readonly Sketch[]): Sketch | undefined {
  return sketches.length < limits.backdropPicturesMin ? undefined : backdropOf(sketches);
}

export function motionBefore(backdrop: Sketch, sketch: Sketch): Motion | undefined {
  return motionIn(differenceOf(prepare(sketch), backdrop));
}
