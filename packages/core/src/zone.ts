/**
 * Zones are free text that installers type ("Front Door", "garden cam 2"). This file reads one: a stable name,
 * what kind of place it is, and how to say it in a sentence.
 *
 * A zone is a name, not a bag of words: a kitchen door is a door, a living room's balcony is outside, and the
 * neighbour's driveway is not ours. What cannot be read is unknown, and weighs as much as no zone at all.
 */
import * as Names from "./zone-names.ts";

export type { PlaceKind } from "./zone-names.ts";

export type Place = {
  /** Canonical where the zone is known (`front_door`), otherwise the text itself in snake_case; `unknown` for none. */
  name: string;
  kind: Names.PlaceKind;
  /** For the end of a sentence: "at the front door"; empty when there is no zone. */
  phrase: string;
};

const nowhere: Place = Object.freeze({ name: "unknown", kind: "unknown", phrase: "" });

const canonical: ReadonlyMap<string, Place> = new Map(
  Object.entries(Names.places).flatMap(([name, { kind, preposition, said, meant }]) => {
    const withPreposition = (words: string) =>
      `${Names.exceptions[words] ?? preposition} the ${words.replaceAll("_", " ")}`;
    const first = said[0] ?? name;
    return [
      ...said.map((alias): [string, Place] => [
        alias,
        Object.freeze({ name, kind, phrase: withPreposition(alias) }),
      ]),
      ...meant.map((alias): [string, Place] => [
        alias,
        Object.freeze({ name, kind, phrase: withPreposition(first) }),
      ]),
    ];
  }),
);

/** The canonical name of a place that people call by exactly these words, in lower case; undefined for any others. */
export function knownName(words: readonly string[]): string | undefined {
  return canonical.get(words.join("_"))?.name;
}

/** What people call a place, by its canonical name; none for one that is not in the table. */
export function sayings(name: string): string[] {
  return Object.hasOwn(Names.places, name)
    ? (Names.places[name]?.said ?? []).map((said) => said.replaceAll("_", " "))
    : [];
}

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

/** A word of a zone, as it is looked up and as it is said. */
type Word = { key: string; said: string };

function readFreeText(zone: string): Place {
  const words = wordsOf(zone);
  const all = nameOf(words);
  if (all.length === 0) return nowhere;
  const known = canonical.get(slugOf(all));
  if (known) return known;
  // "Door to the garden", "porte de la cuisine": the place comes first.
  const turn = words.findIndex(({ key }) => Names.prepositions.has(key));
  const head = nameOf(words.slice(0, Math.max(turn, 0)));
  return readName(head, all) ?? readName(all, all) ?? unknownPlace(zone, all);
}

/** Without what says which camera it is, and without a leading article. */
function nameOf(words: readonly Word[]): Word[] {
  const name = words.filter(({ key }) => !Names.noise.has(key));
  const first = name.findIndex(({ key }) => !Names.articles.has(key));
  return first < 0 ? [] : name.slice(first);
}

function wordsOf(zone: string): Word[] {
  return zone
    .normalize("NFKC")
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replaceAll(/\bnext[\s_-]door(?:['’]s)?(?=[\s_-]\p{L})/giu, "nextdoor")
    .split(/[^\p{L}\p{N}'’]+/u)
    .flatMap((part) => {
      const key = part.toLowerCase().replaceAll(/['’]s?$|^['’]+/gu, (end) => (end.endsWith("s") ? "s" : ""));
      // French and Italian elide: "porte d'entrée".
      return /^(?:d|l|dell)['’]/i.test(part)
        ? part.split(/['’]/).map((piece) => ({ key: piece.toLowerCase(), said: piece.toLowerCase() }))
        : [{ key: key.replaceAll(/['’]/gu, ""), said: part }];
    })
    .filter(({ key }) => key !== "");
}

function slugOf(words: readonly Word[]): string {
  return words.map(({ key }) => key).join("_");
}

/** @param whole all that was written, which is what is said of a place that the table does not know */
function readName(words: readonly Word[], whole: readonly Word[]): Place | undefined {
  const theirs = words.findIndex(({ key }) => Names.neighbours.has(key));
  if (theirs >= 0 && !words.some(({ key }) => Names.boundaries.has(key))) {
    return { name: slugOf(whole), kind: "public", phrase: phraseOf("at", whole) };
  }
  const [first] = words;
  if (!first) return undefined;
  if (words.length > 1 && Names.headFirst.has(first.key)) return readName([first], whole);
  const opening = words.some(({ key }) => Names.openings.includes(key));
  const known = lastKnown(words, opening);
  if (known) return known.place;
  const hint = opening ? openingHint : hintOf(words);
  if (hint) return { name: slugOf(whole), kind: hint.kind, phrase: phraseOf(hint.preposition, whole) };
  const [only] = words.filter(({ key }) => Object.hasOwn(Names.sides, key));
  const side = only === undefined ? undefined : Names.sides[only.key];
  if (side) return side;
  const compound = compoundOf(words);
  return (
    compound && {
      name: slugOf(whole),
      kind: compound,
      phrase: `at "${whole.map(({ said }) => said).join(" ")}"`,
    }
  );
}

const openingHint = { kind: "entry", preposition: "at" } as const;

/**
 * The place of the table that the name ends in, if nothing after it says otherwise. Where there is an opening, only a
 * place that names it: a garden door is no garden.
 */
function lastKnown(words: readonly Word[], opening: boolean): { place: Place } | undefined {
  for (let end = words.length; end > 0; end -= 1) {
    for (let start = Math.max(0, end - 4); start < end; start += 1) {
      const named = words.slice(start, end);
      const place = canonical.get(slugOf(named));
      if (place && (!opening || named.some(({ key }) => Names.openings.includes(key)))) {
        // "Office gate" is more than a gate.
        const more = opening && named.length === 1 && words.length > 1;
        return more || isOutdoors(words, place) ? undefined : { place };
      }
    }
    const last = words[end - 1];
    if (!opening && last && hintOf([last])) return undefined;
  }
  return undefined;
}

/** "Outside stairs", "fire staircase": not inside. */
function isOutdoors(words: readonly Word[], { kind }: Place): boolean {
  return kind === "interior" && words.some(({ key }) => Names.outsideWords.has(key));
}

function hintOf(
  words: readonly Word[],
): { kind: Names.PlaceKind; preposition: Names.Preposition } | undefined {
  for (const { key } of words.toReversed()) {
    const hint = Names.hints.find((candidate) => candidate.words.includes(key));
    if (!hint) continue;
    const onOwnGround = hint.kind === "public" && words.some((word) => Names.privateGround.has(word.key));
    const outdoors = hint.kind === "interior" && words.some((word) => Names.outsideWords.has(word.key));
    return onOwnGround || outdoors ? { ...hint, kind: "perimeter" } : hint;
  }
  return words.some(({ key }) => Names.outsideWords.has(key) && key !== "fire")
    ? { kind: "perimeter", preposition: "at" }
    : undefined;
}

function compoundOf(words: readonly Word[]): Names.PlaceKind | undefined {
  for (const { key } of words.toReversed()) {
    const found = Names.endings.find(({ ending }) => key.length > ending.length && key.endsWith(ending));
    if (found) return found.kind;
  }
  return undefined;
}

/** `at the north fence`, `in room 4`, `in Anna's room`, `in the neighbour's driveway`. */
function phraseOf(preposition: Names.Preposition, words: readonly Word[]): string {
  const [first] = words;
  const last = words.at(-1);
  const owned = first !== undefined && /['’]s?$/.test(first.said) && !Names.commonOwners.has(ownerOf(first));
  const numbered = last !== undefined && /^\p{N}+$/u.test(last.key) && words.length > 1;
  return `${preposition} ${owned || numbered ? "" : "the "}${saidOf(words)}`;
}

function ownerOf({ key, said }: Word): string {
  return /['’]s$/.test(said) ? key.slice(0, -1) : key;
}

function saidOf(words: readonly Word[]): string {
  return words
    .map(({ said }) => {
      const owner =
        /['’]s?$/.test(said) && !Names.commonOwners.has(said.toLowerCase().replaceAll(/['’]s?$/gu, ""));
      if (said === "nextdoor") return "next-door";
      return owner ? said : said.toLowerCase();
    })
    .join(" ");
}

function unknownPlace(zone: string, words: readonly Word[]): Place {
  return { name: slugOf(words), kind: "unknown", phrase: `at "${zone.normalize("NFKC").trim()}"` };
}
