/** Patterns of several events that threaten: intrusion, coming in, forced entry, break-in, prowler. */
import * as Calm from "./calm.ts";
import type { Chain } from "./chain.ts";
import { petSureness } from "./presence.ts";
import { isOutside, type Signal } from "./signal.ts";
import { firstFrom, type Situation } from "./situation.ts";
import { thresholds } from "./weights.ts";

/** The signals that may be part of a chain, each kind in the order of time. */
type Links = {
  movements: readonly Signal[];
  openings: readonly Signal[];
  glass: readonly Signal[];
  /** Whether a homecoming explains these links. */
  isHomecoming: (links: readonly Signal[]) => boolean;
};

/** Every chain in the situation that nothing harmless explains, each kind once: the weightiest, the earliest of equals. */
export function find(situation: Situation, survey: Calm.Survey): Chain[] {
  if (situation.signals.length < 2) return [];
  const links: Links = {
    movements: situation.signals.filter((signal) => isLink(signal, situation)),
    openings: situation.signals.filter((signal) => signal.isOpening && !Calm.isChatter(signal, situation)),
    glass: situation.signals.filter((signal) => signal.type === "glass_break"),
    isHomecoming: (signals) => Calm.isHomecoming(signals, survey),
  };
  const ways = [intrusion, entered, cameIn].flatMap((finder) => finder(situation, links) ?? []);
  // They came in once: the weightiest of the ways tells how.
  const [way] = ways.toSorted((a, b) => b.weight - a.weight);
  const others = [forcedEntry, breakIn, prowler].flatMap((finder) => finder(situation, links) ?? []);
  const chains = [...(way ? [way] : []), ...others];
  // Whoever is in, or goes round the house, has come up to it: it is told where that weighs less.
  const cameUp = approach(situation, links);
  const weight = chains.reduce((sum, chain) => sum + chain.weight, 0);
  return cameUp && cameUp.weight > weight ? [cameUp] : chains;
}

/** Movement that is neither doubtful, nor ruled out by its pictures, nor a pet, nor a person whom the device recognises. */
function isLink(signal: Signal, situation: Situation): boolean {
  return (
    signal.isMovement &&
    !signal.recognised &&
    !signal.deserted &&
    (signal.peopled || (signal.confidence ?? 1) >= thresholds.chainConfidenceMin) &&
    petSureness(signal, situation).sure === 0
  );
}

/** How much of a chain residents leave unexplained. */
function unexplained(situation: Situation, signal: Signal): number {
  if (signal.occupancy === "up") return situation.weights.chains.residentsUp;
  if (signal.occupancy === "unknown") return situation.weights.chains.residentsUnknown;
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
function intrusion(situation: Situation, { movements, openings, isHomecoming }: Links): Chain | undefined {
  const { chains } = situation.weights;
  const outside = movements.filter(isOutside);
  const arriving = movements.filter(({ place }) => place.kind !== "perimeter" && place.kind !== "public");
  let worst: Chain | undefined;
  for (const opening of openings) {
    const before = lastBefore(outside, opening, thresholds.stepSeconds);
    const after = before && firstAfter(arriving, opening, thresholds.stepSeconds, before);
    if (!after) continue;
    const links = [before, opening, after];
    const ordinary = isOrdinaryEntrance(opening) ? chains.ordinaryEntrance : 1;
    const weight = chains.intrusion * ordinary * unexplained(situation, opening);
    if (worst && worst.weight >= weight) continue;
    // Residents have keys: nobody comes home through a window.
    if (opening.type === "door" && isHomecoming(links)) continue;
    const way = opening.type === "window" ? "a window" : "a door";
    const text = `Movement, then ${way}, then movement again: as when someone gets in.`;
    worst = { code: "intrusion", text, weight, links };
  }
  return worst;
}

const callersUse: ReadonlySet<string> = new Set(["front_door", "porch", "garage"]);

function isOrdinaryEntrance(opening: Signal): boolean {
  return opening.type === "door" && callersUse.has(opening.place.name);
}

/** A way in opens, then something moves inside: somebody has come in, although no camera saw them outside. */
function entered(situation: Situation, { movements, openings, isHomecoming }: Links): Chain | undefined {
  const { chains } = situation.weights;
  const inside = movements.filter((movement) => !isOutside(movement));
  let worst: Chain | undefined;
  for (const opening of openings) {
    const after = firstAfter(inside, opening, thresholds.enteredSeconds);
    if (!after) continue;
    const ordinary = isOrdinaryEntrance(opening) ? chains.ordinaryEntrance : 1;
    const weight = chains.entered * ordinary * unexplainedInside(situation, after);
    if (worst && worst.weight >= weight) continue;
    if (opening.type === "door" && isHomecoming([opening, after])) continue;
    const way = opening.type === "window" ? "A window" : "A door";
    const text = `${way} opened, and then something moved inside.`;
    worst = { code: "entered", text, weight, links: [opening, after] };
  }
  return worst;
}

/** Residents open doors and move inside by day and by night; somebody whom the device does not know is none of them. */
function unexplainedInside(situation: Situation, movement: Signal): number {
  const { residentsUp, residentsUnknown } = situation.weights.chains;
  if (movement.occupancy === "empty") return 1;
  if (movement.stranger) return movement.occupancy === "up" ? residentsUnknown : 1;
  return movement.occupancy === "unknown" ? residentsUnknown : residentsUp;
}

/** From the ground to a door that callers do not use, while nobody is about to see it. */
function approach(situation: Situation, { movements, isHomecoming }: Links): Chain | undefined {
  const ground = movements.filter(({ place }) => place.kind === "perimeter");
  for (const movement of movements) {
    const { place, occupancy } = movement;
    if (place.kind !== "entry" || callersUse.has(place.name) || occupancy === "up") continue;
    const before = lastBefore(ground, movement, thresholds.stepSeconds);
    if (!before || isHomecoming([before, movement])) continue;
    return {
      code: "approach",
      text: "Someone came across the ground to a door that callers do not use.",
      weight: situation.weights.chains.approach * unexplained(situation, movement),
      links: [before, movement],
    };
  }
  return undefined;
}

/** Movement at the edge, then inside, while nobody is home: no sensor saw the way in. */
function cameIn(situation: Situation, { movements, isHomecoming }: Links): Chain | undefined {
  const { chains } = situation.weights;
  const edge = movements.filter(({ place }) => place.kind === "entry" || place.kind === "perimeter");
  let worst: Chain | undefined;
  for (const inside of movements) {
    if (isOutside(inside) || inside.occupancy !== "empty") continue;
    const before = lastBefore(edge, inside, thresholds.stepSeconds);
    if (!before || isHomecoming([before, inside])) continue;
    const weight = chains.cameIn * (callersUse.has(before.place.name) ? chains.ordinaryEntrance : 1);
    if (worst && worst.weight >= weight) continue;
    const text = "Movement outside, then inside, while nobody is home.";
    worst = { code: "came-in", text, weight, links: [before, inside] };
  }
  return worst;
}

/** Three or more doors or windows opened within 15 s, and not one loose contact. */
function forcedEntry(situation: Situation, { openings }: Links): Chain | undefined {
  let worst: Chain | undefined;
  for (const [position, start] of openings.entries()) {
    const end = firstFrom(openings, start.at + thresholds.forcedEntrySeconds * 1000 + 1);
    if (end - position < thresholds.forcedEntryOpenings) continue;
    const weight = situation.weights.chains.forcedEntry * unexplained(situation, start);
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
function breakIn(situation: Situation, { glass, movements }: Links): Chain | undefined {
  const outside = movements.filter(isOutside);
  for (const broken of glass) {
    const suspects = broken.occupancy === "up" ? outside : movements;
    const after = firstAfter(suspects, broken, thresholds.breakInSeconds);
    if (!after) continue;
    return {
      code: "break-in",
      text: "Glass broke, and then something moved.",
      weight: situation.weights.chains.breakIn * unexplained(situation, broken),
      links: [broken, after],
    };
  }
  return undefined;
}

/**
 * Movement in three or more places within 60 s, or at so many ways in within 120 s; inside only counts while nobody is home,
 * the street never. In an empty house two rooms are enough where the device does not know who it sees.
 */
function prowler(situation: Situation, { movements, isHomecoming }: Links): Chain | undefined {
  const roaming = movements.filter(
    (movement) =>
      movement.place.kind !== "public" &&
      movement.place.kind !== "unknown" &&
      (isOutside(movement) || movement.occupancy === "empty") &&
      !Calm.isWind(movement, situation),
  );
  const latest = new Map<string, Signal>();
  let worst: Chain | undefined;
  for (const movement of roaming) {
    latest.set(movement.place.name, movement);
    const seen = [...latest.values()];
    const within = (seconds: number) => seen.filter(({ at }) => movement.at - at <= seconds * 1000);
    const tried = within(thresholds.triedSeconds).filter(({ place }) => place.kind === "entry");
    const places = within(thresholds.prowlerSeconds);
    const rooms = within(thresholds.triedSeconds).filter((one) => one.stranger && !isOutside(one));
    const links =
      [places, tried].find((each) => each.length >= thresholds.prowlerPlaces) ??
      (rooms.length >= thresholds.strangerRooms ? rooms : undefined);
    const weight = situation.weights.chains.prowler * unexplained(situation, movement);
    if (!links || (worst && worst.weight >= weight)) continue;
    if (isHomecoming(links)) continue;
    const text = "Movement in one place after another, as when someone looks for a way in.";
    worst = { code: "prowler", text, weight, links };
  }
  return worst;
}
