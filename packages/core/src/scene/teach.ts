import type { Box, Detection } from "../digest/wire.ts";
import { keptOf } from "./learn.ts";
import type { SceneObject } from "./object.ts";
import { colourOf, isSame } from "./recognise.ts";
import type { SceneObjectView } from "./wire.ts";

type Taught = { id: string; label: string; box: Box; name: string | null; at: Date; momentId: string | null };

/** What somebody says belongs there, before any picture has shown it. */
export function taughtObject({ id, label, box, name, at, momentId }: Taught): SceneObject {
  const unseen = { seen: 0, looked: 0, missed: 0 };
  return {
    id,
    label,
    box,
    confidence: 1,
    hashes: [],
    colours: {},
    name,
    arrivedAt: at,
    arrival: "always",
    arrivedIn: null,
    arrivedMomentId: momentId,
    lastSeenAt: at,
    lastMomentId: momentId,
    goneAt: null,
    goneIn: null,
    goneMomentId: null,
    tally: { day: unseen, night: unseen },
    evidence: momentId === null ? [] : [{ momentId, at: at.toISOString() }],
  };
}

/** What stands where something is drawn. */
export function findAt<One extends SceneObject>(objects: readonly One[], drawn: Detection): One | undefined {
  return objects.find((object) => isSame({ ...keptOf(object), hashes: [], isSettled: true }, drawn) > 0);
}

export function viewOf(object: SceneObject): SceneObjectView {
  const { id, label, name, colours, box, arrivedAt, arrival, lastSeenAt, evidence } = object;
  return {
    id,
    label,
    name,
    colour: colourOf(colours),
    box,
    arrivedAt: arrivedAt.toISOString(),
    arrival,
    lastSeenAt: lastSeenAt.toISOString(),
    momentIds: evidence.map(({ momentId }) => momentId),
  };
}
