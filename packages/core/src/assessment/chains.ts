/** Patterns of several events that threaten: intrusion, coming in, forced entry, break-in, prowler. */
import * as Calm from "./calm.ts";
import type { Chain } from "./chain.ts";
import { petSureness } from "./presence.ts";
import { firstFrom, type Scene } from "./scene.ts";
import { isOutside, type Signal } from "./signal.ts";
import { thresholds } from "./weights.ts";

/** The signals that may be part of a chain, each kind in the order of time. */
type Links = {
  movements: readonly Signal[];
  openings: readonly Signal[];
  glass: readonly Signal[];
  /** Whether a homecoming explains these links. */
  isHomecoming: (links: readonly Signal[]) => boolean;
};

type Finder = (scene: Scene, links: Links) => Chain | undefined;

/** Every chain in the scene that nothing harmless explains, each kind once: the weightiest, the earliest of equals. */
export function find(scene: Scene, survey: Calm.Survey): Chain[] {
  if (scene.signals.length < 2) return [];
  const links: Links = {
    movements: scene.signals.filter((signal) => isLink(signal, scene)),
    openings: scene.signals.filter((signal) => signal.isOpening && !Calm.isChatter(signal, scene)),
    glass: scene.signals.filter((signal) => signal.type === "glass_break"),
    isHomecoming: (signals) => Calm.isHomecoming(signals, survey),
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

/** The last of a list at most `seconds` before a signal. */
function lastBefore(list: readonly Signal[], signal: Signal, seconds: number): Signal | undefined {
  const last = list[firstFrom(list, signal.at + 1) - 1];
  return last && signal.at - last.at <= seconds * 1000 ? last : undefined;
}

/** The first of a list at most `seconds` after a signal, other than `not`. */
function firstAfter(
  list: readonly Signal[],
  signal: Signal,
  seconds: number,
  not?: Signal,
): Signal | undefined {
  const position = firstFrom(list, signal.at);
  const first = list[position] === not ? list[position + 1] : list[position];
  return first && first.at - signal.at <= seconds * 1000 ? first : undefined;
}

/** Movement outside, a door or a window, then movement that is not outside again, each within 30 s of the last. */
function intrusion(scene: Scene, { movements, openings, isHomecoming }: Links): Chain | undefined {
  const { chains } = scene.weights;
  const outside = movements.filter(isOutside);
  const arriving = movements.filter(({ place }) => place.kind !== "perimeter" && place.kind !== "public");
  let worst: Chain | undefined;
  for (const opening of openings) {
    const before = lastBefore(outside, opening, thresholds.stepSeconds);
    const after = before && firstAfter(arriving, opening, thresholds.stepSeconds, before);
    if (!after) continue;
    const links = [before, opening, after];
    const ordinary = isOrdinaryEntrance(opening) ? chains.ordinaryEntrance : 1;
    const weight = chains.intrusion * ordinary * unexplained(scene, opening);
    if (worst && worst.weight >= weight) continue;
    // Residents have keys: nobody comes home through a window.
    if (opening.type === "door" && isHomecoming(links)) continue;
    const way = opening.type === "window" ? "a window" : "a door";
    const text = `Movement, then ${way}, then movement again: as when someone gets in.`;
    worst = { code: "intrusion", text, weight, links };
  }
  return worst;
}

function isOrdinaryEntrance(opening: Signal): boolean {
  return opening.type === "door" && ["front_door", "porch", "garage"].includes(opening.place.name);
}

/** Movement at the edge, then inside, while nobody is home: no sensor saw the way in. */
function cameIn(scene: Scene, { movements, isHomecoming }: Links): Chain | undefined {
  const edge = movements.filter(({ place }) => place.kind === "entry" || place.kind === "perimeter");
  for (const inside of movements) {
    if (isOutside(inside) || inside.occupancy !== "empty") continue;
    const before = lastBefore(edge, inside, thresholds.stepSeconds);
    if (!before || isHomecoming([before, inside])) continue;
    return {
      code: "came-in",
      text: "Movement outside, then inside, while nobody is home.",
      weight: scene.weights.chains.cameIn,
      links: [before, inside],
    };
  }
  return undefined;
}

/** Three or more doors or windows opened within 15 s, and not one loose contact. */
function forcedEntry(scene: Scene, { openings }: Links): Chain | undefined {
  let worst: Chain | undefined;
  for (const [position, start] of openings.entries()) {
    const end = firstFrom(openings, start.at + thresholds.forcedEntrySeconds * 1000 + 1);
    if (end - position < thresholds.forcedEntryOpenings) continue;
    const weight = scene.weights.chains.forcedEntry * unexplained(scene, start);
    if (worst && worst.weight >= weight) continue;
    worst = {
      code: "forced-entry",
      text: "Doors or windows moved again and again within seconds, as when someone forces them.",
      weight,
      links: openings.slice(position, end),
    };
  }
  return worst;
}

/** Breaking glass, then movement within 20 s; residents who are up may well move inside when a glass breaks. */
function breakIn(scene: Scene, { glass, movements }: Links): Chain | undefined {
  const outside = movements.filter(isOutside);
  for (const broken of glass) {
    const suspects = broken.occupancy === "up" ? outside : movements;
    const after = firstAfter(suspects, broken, thresholds.breakInSeconds);
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
function prowler(scene: Scene, { movements, isHomecoming }: Links): Chain | undefined {
  const roaming = movements.filter(
    (movement) =>
      movement.place.kind !== "public" &&
      movement.place.kind !== "unknown" &&
      (isOutside(movement) || movement.occupancy === "empty") &&
      !Calm.isWind(movement, scene),
  );
  const latest = new Map<string, Signal>();
  let worst: Chain | undefined;
  for (const movement of roaming) {
    latest.set(movement.place.name, movement);
    const links = [...latest.values()].filter(
      (seen) => movement.at - seen.at <= thresholds.prowlerSeconds * 1000,
    );
    const weight = scene.weights.chains.prowler * unexplained(scene, movement);
    if (links.length < thresholds.prowlerPlaces || (worst && worst.weight >= weight)) continue;
    if (isHomecoming(links)) continue;
    const text = "Movement in several places within a minute, as when someone looks for a way in.";
    worst = { code: "prowler", text, weight, links };
  }
  return worst;
}
