/** What detectors name, as people say it: the 80 COCO classes, and a rule for any other label. */
import { number } from "./words.ts";

/** What stands about anyway is `background`. */
export type Kind = "person" | "vehicle" | "animal" | "belonging" | "background";

const kinds: Readonly<Record<Exclude<Kind, "background">, readonly string[]>> = {
  person: ["person"],
  vehicle: ["bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat"],
  animal: ["bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe"],
  belonging: ["backpack", "handbag", "suitcase", "package", "parcel", "knife", "baseball bat"],
};
const kindByLabel: ReadonlyMap<string, Kind> = new Map(
  Object.entries(kinds).flatMap(([kind, labels]) =>
    labels.map((label): [string, Kind] => [label, kind as Kind]),
  ),
);

/** What is met before cameras: what a member may say that something is. */
export const thingsMet: readonly string[] =
  "person,dog,cat,bird,horse,car,truck,bus,motorcycle,bicycle,backpack,handbag,suitcase,package,umbrella,bench,chair,potted plant".split(
    ",",
  );

/** The order in which a sentence lists them. */
export const kindOrder: readonly Kind[] = ["person", "animal", "vehicle", "belonging", "background"];

export function kindOf(label: string): Kind {
  return kindByLabel.get(label) ?? "background";
}

/** The labels of a kind, or the label itself. */
export function labelsOf(seen: string): readonly string[] {
  return Object.hasOwn(kinds, seen) ? kinds[seen as keyof typeof kinds] : [seen];
}

/** Animals that live with people: seen alone, they explain a movement. A bear does not. */
const tame: ReadonlySet<string> = new Set(["bird", "cat", "dog", "horse", "sheep", "cow"]);

export function isTame(label: string): boolean {
  return tame.has(label);
}

/** Everyday British words for labels that are abbreviated, American or irregular: one, many. */
const words: Readonly<Record<string, readonly [one: string, many: string]>> = {
  person: ["person", "people"],
  airplane: ["aeroplane", "aeroplanes"],
  sheep: ["sheep", "sheep"],
  mouse: ["mouse", "mice"],
  knife: ["knife", "knives"],
  skis: ["pair of skis", "pairs of skis"],
  scissors: ["pair of scissors", "pairs of scissors"],
  broccoli: ["head of broccoli", "heads of broccoli"],
  couch: ["sofa", "sofas"],
  tv: ["television", "televisions"],
  "cell phone": ["mobile phone", "mobile phones"],
  remote: ["remote control", "remote controls"],
  refrigerator: ["fridge", "fridges"],
  "hair drier": ["hairdryer", "hairdryers"],
  donut: ["doughnut", "doughnuts"],
  "sports ball": ["ball", "balls"],
};

export function one(label: string): string {
  return Object.hasOwn(words, label) ? (words[label]?.[0] ?? label) : label.replaceAll("_", " ");
}

export function many(label: string): string {
  if (Object.hasOwn(words, label)) return words[label]?.[1] ?? label;
  const singular = one(label);
  if (/(?:s|x|z|ch|sh)$/.test(singular)) return `${singular}es`;
  return /[^aeiou]y$/.test(singular) ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}

export function withArticle(label: string): string {
  const singular = one(label);
  return `${/^[aeiou]/.test(singular) ? "an" : "a"} ${singular}`;
}

/** `a truck`, `two people`, `13 cars`: for running text. */
export function some(label: string, count: number): string {
  return count === 1 ? withArticle(label) : `${number(count)} ${many(label)}`;
}

/** `one truck`, `two people`: where the number is the point. */
export function exactly(label: string, count: number): string {
  return `${number(count)} ${count === 1 ? one(label) : many(label)}`;
}
