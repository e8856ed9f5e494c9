/** Patterns of several events that threaten: intrusion, coming in, forced entry, break-in, prowler. */
import { petSureness } from "./presence.ts";
import { isOutside, type Scene, type Signal } from "./scene.ts";
import { thresholds } from "./weights.ts";

export type Chain = {
  code: "intrusion" | "came-in" | "forced-entry" | "break-in" | "prowler";
  text: string;
  weight: number;
  links: readonly Signal[];
};

type Finder = (scene: Scene, links: Links) => Chain | undefined;

/** The signals that may be part of a chain, each kind in the order of time. */
type Links = { movements: readonly Signal[]; openings: readonly Signal[]; glass: readonly Signal[] };

/** Every chain in the scene, each kind at most once: its earliest occurrence of greatest weight. */
export function find(scene: Scene): Chain[] {
  if (scene.signals.length < 2) return [];
  const links: Links = {
    movements: scene.signals.filter((signal) => isLink(signal, scene)),
    openings: scene.signals.filter((signal) => signal.isOpening),
    glass: scene.signals.filter((signal) => signal.type === "glass_break"),
  };
  const finders: Finder[] = [intrusion, forcedEntry, breakIn, prowler, cameIn];
  const chains = finders.flatMap((finder) => finder(scene, links) ?? []);
  // An intrusion already tells how they came in.
  const intruded = chains.some((chain) => chain.code === "intrusion");
  return intruded ? chains.filter((chain) => chain.code !== "came-in") : chains;
}

/** Movement that is neither doubtful, nor a pet, nor a person whom the device recognises. */
function isLink(signal: Signal, scene: Scene): boolean {
  return (
    signal.isMovement &&
    !signal.recognised &&
    (signal.confidence ?? 1) >= thresholds.chainConfidenceMin &&
    petSureness(signal, scene).sure === 0
  );
}

/** How much of a chain residents leave unexplained. */
function unexplained(scene: Scene, signal: Signal): number {
  if (signal.occupancy === "up") return scene.weights.chains.residentsUp;
  if (signal.occupancy === "unknown") return scene.weights.chains.residentsUnknown;
  return 1;
}

function within(later: Signal, earlier: Signal, seconds: number): boolean {
  return later.at >= earlier.at && later.at - earlier.at <= seconds * 1000;
}

/** Movement outside, a door or a window, then movement that is not outside again, each within 30 s of the last. */
function intrusion(scene: Scene, { movements, openings }: Links): Chain | undefined {
  const { chains } = scene.weights;
  let worst: Chain | undefined;
  for (const opening of openings) {
    const before = movements.findLast(
      (movement) => isOutside(movement) && within(opening, movement, thresholds.stepSeconds),
    );
    const after = movements.find(
      (movement) =>
        movement !== before &&
        movement.place.kind !== "perimeter" &&
        movement.place.kind !== "public" &&
        within(movement, opening, thresholds.stepSeconds),
    );
    if (!before || !after) continue;
    const weight =
      chains.intrusion *
      (isOrdinaryEntrance(opening) ? chains.ordinaryEntrance : 1) *
      unexplained(scene, opening);
    if (worst && worst.weight >= weight) continue;
    const way = opening.type === "window" ? "a window" : "a door";
    worst = {
      code: "intrusion",
      text: `Movement, then ${way}, then movement again: as when someone gets in.`,
      weight,
      links: [before, opening, after],
    };
  }
  return worst;
}

function isOrdinaryEntrance(opening: Signal): boolean {
  return opening.type === "door" && ["front_door", "porch", "garage"].includes(opening.place.name);
}

/** Movement at the edge, then inside, while nobody is home: no sensor saw the way in. */
function cameIn(scene: Scene, { movements }: Links): Chain | undefined {
  for (const inside of movements) {
    if (isOutside(inside) || inside.occupancy !== "empty") continue;
    const before = movements.findLast(
      (movement) =>
        (movement.place.kind === "entry" || movement.place.kind === "perimeter") &&
        within(inside, movement, thresholds.stepSeconds),
    );
    if (!before) continue;
    return {
      code: "came-in",
      text: "Movement outside, then inside, while nobody is home.",
      weight: scene.weights.chains.cameIn,
      links: [before, inside],
    };
  }
  return undefined;
}

/** Three or more doors or windows opened within 15 s. */
function forcedEntry(scene: Scene, { openings }: Links): Chain | undefined {
  const need = thresholds.forcedEntryOpenings;
  for (let first = 0; first + need <= openings.length; first++) {
    const run = openings.slice(first, first + need);
    const [start, end] = [run[0], run.at(-1)];
    if (!start || !end || !within(end, start, thresholds.forcedEntrySeconds)) continue;
    return {
      code: "forced-entry",
      text: "Doors or windows moved again and again within seconds, as when someone forces them.",
      weight: scene.weights.chains.forcedEntry * unexplained(scene, start),
      links: openings.filter((opening) => within(opening, start, thresholds.forcedEntrySeconds)),
    };
  }
  return undefined;
}

/** Breaking glass, then movement within 20 s; residents who are up may well move inside when a glass breaks. */
function breakIn(scene: Scene, { glass, movements }: Links): Chain | undefined {
  for (const broken of glass) {
    const after = movements.find(
      (movement) =>
        (broken.occupancy !== "up" || isOutside(movement)) &&
        within(movement, broken, thresholds.breakInSeconds),
    );
    if (!after) continue;
    return {
      code: "break-in",
      text: "Glass broke, and then something moved.",
      weight: scene.weights.chains.breakIn * unexplained(scene, broken),
      links: [broken, after],
    };
  }
  return undefined;
}

/** Movement in three or more places within 60 s; inside only counts while nobody is home, the street never. */
function prowler(scene: Scene, { movements }: Links): Chain | undefined {
  const roaming = movements.filter(
    (movement) =>
      movement.place.kind !== "public" &&
      movement.place.kind !== "unknown" &&
      (isOutside(movement) || movement.occupancy === "empty"),
  );
  const latest = new Map<string, Signal>();
  for (const movement of roaming) {
    latest.set(movement.place.name, movement);
    const close = [...latest.values()].filter((seen) => within(movement, seen, thresholds.prowlerSeconds));
    if (close.length < thresholds.prowlerPlaces) continue;
    return {
      code: "prowler",
      text: "Movement in several places within a minute, as when someone looks for a way in.",
      weight: scene.weights.chains.prowler * unexplained(scene, movement),
      links: close,
    };
  }
  return undefined;
}
