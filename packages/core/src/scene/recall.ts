/** What the scene says of the things in a picture: which of them stood there before, and what has left. Pure. */
import type { Detection } from "../digest/wire.ts";
import type { Departure, Standing } from "../standing.ts";
import { keptOf } from "./learn.ts";
import type { SceneObject } from "./object.ts";
import { colourOf, isSame } from "./recognise.ts";

function standingOf(object: SceneObject): Standing {
  const { id, label, name, colours, arrivedAt, arrival } = object;
  return { objectId: id, label, name, colour: colourOf(colours), arrivedAt, arrival };
}

type Seen = { at: Date; reviewId: string };

/**
 * By detection, the object that it is and that stood there before this review told of its camera. No object is two things of
 * a picture. Of people and animals there is never one.
 */
export function recognise<Thing extends Detection>(
  things: readonly Thing[],
  objects: readonly SceneObject[],
  { at, reviewId }: Seen,
): Map<Thing, Standing> {
  const stood = objects.filter(
    ({ arrivedAt, arrivedIn, goneAt }) =>
      arrivedIn !== reviewId && arrivedAt <= at && (goneAt === null || at <= goneAt),
  );
  const recognised = new Map<Thing, Standing>();
  const taken = new Set<string>();
  for (const thing of things.toSorted((a, b) => b.confidence - a.confidence)) {
    const [best] = stood
      .filter(({ id }) => !taken.has(id))
      .map((object) => ({ object, likeness: isSame(keptOf(object), thing) }))
      .filter(({ likeness }) => likeness > 0)
      .toSorted((a, b) => b.likeness - a.likeness);
    if (!best) continue;
    taken.add(best.object.id);
    recognised.set(thing, standingOf(best.object));
  }
  return recognised;
}

/** What this review tells the departure of. */
export function departuresIn(
  objects: readonly (SceneObject & { deviceId: string })[],
  reviewId: string,
): Departure[] {
  return objects.flatMap((object) => {
    const { goneIn, goneMomentId, deviceId, lastSeenAt } = object;
    if (goneIn !== reviewId || goneMomentId === null) return [];
    return [{ ...standingOf(object), deviceId, lastSeenAt, momentId: goneMomentId }];
  });
}
