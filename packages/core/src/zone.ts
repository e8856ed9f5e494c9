/**
 * Zones are free text that installers type ("Front Door", "garden cam 2"). This file reads one: a stable name,
 * what kind of place it is, and how to say it in a sentence.
 */

/** `entry`: a way in. `perimeter`: private ground outside. `interior`: inside. `public`: where strangers may be. */
export type PlaceKind = "entry" | "perimeter" | "interior" | "public" | "unknown";

export type Place = {
  /** Canonical where the zone is known (`front_door`), otherwise the text itself in snake_case; `unknown` for none. */
  name: string;
  kind: PlaceKind;
  /** For the end of a sentence: "at the front door"; empty when there is no zone. */
  phrase: string;
};

type Preposition = "at" | "in" | "on";
type Entry = { kind: PlaceKind; preposition: Preposition; aliases: readonly string[] };

/** Canonical names, and the other words that people use for the same place. */
const places: Readonly<Record<string, Entry>> = {
  front_door: {
    kind: "entry",
    preposition: "at",
    aliases: [
      "frontdoor",
      "main_door",
      "main_entrance",
      "entrance",
      "doorbell",
      "doorstep",
      "front_entrance",
    ],
  },
  back_door: {
    kind: "entry",
    preposition: "at",
    aliases: ["backdoor", "rear_door", "patio_door", "rear_entrance"],
  },
  side_door: {
    kind: "entry",
    preposition: "at",
    aliases: ["sidedoor", "side_entrance", "side_gate", "gate"],
  },
  garage: { kind: "entry", preposition: "in", aliases: ["carport", "garage_door"] },
  porch: { kind: "entry", preposition: "on", aliases: ["veranda", "front_porch"] },
  backyard: {
    kind: "perimeter",
    preposition: "in",
    aliases: [
      "back_yard",
      "back_garden",
      "garden",
      "rear_garden",
      "patio",
      "terrace",
      "deck",
      "pool",
      "shed",
    ],
  },
  side_yard: { kind: "perimeter", preposition: "in", aliases: ["side_garden", "side_passage", "alley"] },
  front_yard: { kind: "perimeter", preposition: "in", aliases: ["frontyard", "front_garden", "lawn"] },
  driveway: {
    kind: "perimeter",
    preposition: "at",
    aliases: ["drive", "parking", "car_park", "forecourt", "yard"],
  },
  street: { kind: "public", preposition: "in", aliases: ["road", "pavement", "sidewalk", "lane", "kerb"] },
  living_room: {
    kind: "interior",
    preposition: "in",
    aliases: [
      "livingroom",
      "lounge",
      "sitting_room",
      "dining_room",
      "conservatory",
      "study",
      "office",
      "shop_floor",
    ],
  },
  bedroom: { kind: "interior", preposition: "in", aliases: ["nursery", "guest_room", "master_bedroom"] },
  kitchen: { kind: "interior", preposition: "in", aliases: ["utility_room", "pantry"] },
  hallway: {
    kind: "interior",
    preposition: "in",
    aliases: ["hall", "corridor", "landing", "stairs", "staircase", "basement", "cellar", "attic", "loft"],
  },
};

/** What a single word says of a place whose name is not in the table. */
const hints: readonly { words: readonly string[]; kind: PlaceKind; preposition: Preposition }[] = [
  { words: ["door", "gate", "window", "entrance", "entry", "shutter"], kind: "entry", preposition: "at" },
  {
    words: ["room", "floor", "bathroom", "toilet", "till", "store", "stock"],
    kind: "interior",
    preposition: "in",
  },
  { words: ["garden", "yard", "fence", "wall", "roof", "balcony"], kind: "perimeter", preposition: "at" },
  { words: ["street", "road", "path"], kind: "public", preposition: "in" },
];

/** Where usage differs from the canonical place's own preposition. */
const exceptions: Readonly<Record<string, Preposition>> = {
  patio: "on",
  terrace: "on",
  deck: "on",
  lawn: "on",
  landing: "on",
  stairs: "on",
  staircase: "on",
  pavement: "on",
  sidewalk: "on",
  pool: "at",
  shed: "at",
  garage_door: "at",
  car_park: "in",
};

/** Parts of a name that say which camera it is, not where. */
const noise: ReadonlySet<string> = new Set(["cam", "camera", "zone", "sensor", "the", "my", "area"]);

const nowhere: Place = Object.freeze({ name: "unknown", kind: "unknown", phrase: "" });

const canonical: ReadonlyMap<string, Place> = new Map(
  Object.entries(places).flatMap(([name, { kind, preposition, aliases }]) =>
    [name, ...aliases].map((alias): [string, Place] => [
      alias,
      Object.freeze({
        name,
        kind,
        phrase: `${exceptions[alias] ?? preposition} the ${alias.replaceAll("_", " ")}`,
      }),
    ]),
  ),
);

/** Longest first, so that "garage_door_cam" is read as a garage door before it is read as a garage. */
const namesByLength = [...canonical.keys()].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));

/** Texts read before: a site names the same few zones in every event. Pure values only, and bounded. */
const readBefore = new Map<string, Place>();
const readBeforeMax = 1_000;

/** Reads a zone as it was reported; null and blank text are the unknown place. Never throws. */
export function read(zone: string | null): Place {
  if (zone === null) return nowhere;
  const known = canonical.get(zone) ?? readBefore.get(zone);
  if (known) return known;
  const place = Object.freeze(readFreeText(zone));
  if (readBefore.size >= readBeforeMax) readBefore.clear();
  readBefore.set(zone, place);
  return place;
}

function readFreeText(zone: string): Place {
  const tokens = zone
    .normalize("NFKC")
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== "" && !noise.has(token));
  if (tokens.length === 0) return nowhere;
  const slug = tokens.join("_");
  const known = canonical.get(slug) ?? placeInside(slug);
  if (known) return known;
  const words = tokens.join(" ");
  const hint = hints.find((candidate) => tokens.some((token) => candidate.words.includes(token)));
  return hint
    ? { name: slug, kind: hint.kind, phrase: `${hint.preposition} the ${words}` }
    : { name: slug, kind: "unknown", phrase: `in the zone "${words}"` };
}

function placeInside(slug: string): Place | undefined {
  const name = namesByLength.find((candidate) => `_${slug}_`.includes(`_${candidate}_`));
  return name === undefined ? undefined : canonical.get(name);
}
