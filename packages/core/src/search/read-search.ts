/** Reads a question in words: when it happened, and what is looked for, each thing with the other words for it. */
import * as Zone from "../zone.ts";
import { readTimes, type Stretch } from "./read-times.ts";

/** Of each inner list, one alternative must be found, its words beside each other. */
export type Wanted = string[][][];

export type Question = {
  /** Null: at any time. Empty: at none that has passed yet. */
  stretches: Stretch[] | null;
  wanted: Wanted;
  /** What is looked for, as it was understood. */
  words: string;
};

/** Words that say nothing of what is looked for. */
const silent = new Set(
  (
    "a an the of at in on by to and or with was were is are be been did do does there here any anything me my our us show find " +
    "what who when where which happened happen happens seen see saw tell all every near during it that this those i we you"
  ).split(" "),
);

/** Other words for what detectors name. Somebody who asks for a man or a burglar asks for whoever was there. */
const meant: Readonly<Record<string, readonly string[]>> = {
  person: (
    "people persons man men woman women guy someone somebody anyone anybody visitor visitors intruder intruders " +
    "stranger strangers burglar burglars human humans"
  ).split(" "),
  vehicle: ["vehicles"],
  animal: ["animals"],
  truck: ["lorry", "lorries"],
  bicycle: ["bike", "bikes", "cyclist"],
  motorcycle: ["motorbike", "motorbikes"],
  package: ["parcel", "parcels", "delivery"],
};
const meaning: ReadonlyMap<string, string> = new Map(
  Object.entries(meant).flatMap(([label, others]) => others.map((other): [string, string] => [other, label])),
);

const placeWordsMax = 3;
const wantedMax = 12;

export function readSearch(question: string, clock: { now: Date; timeZone: string }): Question {
  const { stretches, rest } = readTimes(question, clock);
  const wanted: Wanted = [];
  for (let at = 0; at < rest.length && wanted.length < wantedMax; ) {
    const { alternatives, length } = readPlace(rest, at) ?? readWord(rest[at] ?? "");
    if (alternatives.length > 0) wanted.push(alternatives);
    at += length;
  }
  return { stretches, wanted, words: wanted.map(([first = []]) => first.join(" ")).join(", ") };
}

type Read = { alternatives: string[][]; length: number };

/** "Back door", whatever its installer called it. */
function readPlace(words: readonly string[], at: number): Read | undefined {
  for (let length = Math.min(placeWordsMax, words.length - at); length > 0; length -= 1) {
    const said = words.slice(at, at + length);
    const name = Zone.knownName(said);
    if (name === undefined) continue;
    const known = name.split("_");
    const same = known.join(" ") === said.join(" ");
    return { alternatives: same ? [known] : [said, known], length };
  }
  return undefined;
}

function readWord(word: string): Read {
  if (silent.has(word)) return { alternatives: [], length: 1 };
  const label = meaning.get(word);
  return { alternatives: label === undefined ? [[word]] : [[word], [label]], length: 1 };
}
