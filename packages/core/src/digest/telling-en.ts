/** What digests say, in English. Its type is that of every language: `telling-de.ts`. */
import type { Colour } from "../colour.ts";
import type { EventType } from "../event/wire.ts";
import { zoneWords } from "../local-time.ts";
import type { Standing } from "../standing.ts";
import type { Place } from "../zone.ts";
import { list, number, pictures } from "./words.ts";
import * as Things from "./words-things.ts";

/** How a thing that stood there is called: by its name, or by its colour and label. */
export type Called = { name: string | null; label: string; colour: Colour | null };
/** Since when it stands there, as far as a time of day says it. */
export type Since = { arrival: Standing["arrival"]; minute: string };
/** What the event's device reported. */
type Alarming = Partial<Record<EventType, string>>;

const alarms: Readonly<Alarming> = {
  smoke: "Smoke",
  carbon_monoxide: "Carbon monoxide",
  gas: "Gas",
  flame: "A flame",
  glass_break: "Breaking glass",
  forced_entry: "A forced entry",
  temperature: "An unusual temperature",
};

const be = (count: number) => (count === 1 ? "is" : "are");
const was = (count: number) => (count === 1 ? "was" : "were");

/** A place at the end of a sentence, or nothing. */
const at = (where: string) => (where === "" ? "" : ` ${where}`);

function sinceOf({ arrival, minute }: Since): string {
  return ` that ${arrival === "arrived" ? "arrived" : "was first seen"} at ${minute}`;
}

function called({ name, label, colour }: Called, since: string): string {
  if (name !== null) return `“${name}”${since === "" ? "" : `,${since.replace(" that", " which")},`}`;
  return `the ${colour === null ? "" : `${colour} `}${Things.one(label)}${since}`;
}

const naming = {
  list,
  some: Things.some,
  exactly: Things.exactly,
  unsure: (what: string) => `possibly ${what}`,
  inTheDistance: (what: string) => `${what} in the distance`,
  possibly: (what: string, count: number) => `${what} (possibly ${number(count)})`,
  place: (place: Place, _zone: string | null) => place.phrase,
};

const sentences = {
  alarm: (type: EventType) => alarms[type] ?? "An alarm",
  alarmed: (type: EventType, where: string) => `${alarms[type] ?? "An alarm"} was reported${at(where)}.`,
  at: (time: string) => `at ${time}`,
  between: (from: string, to: string) => `between ${from} and ${to}`,
  inZone: (timeZone: string) => `, ${zoneWords(timeZone)}`,
  seen: (told: { what: string; plural: boolean; where: string; when: string; zone: string }) =>
    `${told.what} ${told.plural ? "were" : "was"} seen${at(told.where)} ${told.when}${told.zone}.`,
  samePerson: "the same person",
  somebody: "somebody",
  present: (who: string, { of, all, where }: { of: number; all: number; where: string }) => {
    const both = all === 2 ? "both pictures" : `all ${pictures(all)}`;
    return `${who} is in ${of < all ? `${number(of)} of ${pictures(all)}` : both}${at(where)}.`;
  },
  different: (count: number) => `by their looks they are ${number(count)} different people.`,
  also: (what: string, where: string) => `also seen${at(where)}: ${what}.`,
  nothing: (told: { isNew: boolean; but: string; where: string; count: number }) => {
    const none = `${told.isNew ? "nothing new" : "nothing"}${told.but === "" ? "" : ` but ${told.but}`}`;
    return `${none} was seen${at(told.where)}${told.count === 1 ? "" : ` in ${pictures(told.count)}`}.`;
  },
  reported: (type: EventType, where: string, count: number) =>
    `the camera reported ${Things.some(type, 1)}${at(where)}, which the ${count === 1 ? "picture does" : "pictures do"} not rule out.`,
  faces: (count: number) => `${number(count)} ${count === 1 ? "face is" : "faces are"} clear enough to see.`,
  plate: (text: string) => `the number plate ${text} was read.`,
  awaited: (count: number, where: string) =>
    `${pictures(count)}${at(where)} ${was(count)} announced and ${count === 1 ? "has" : "have"} not arrived yet.`,
};

const shortcomings = {
  duplicate: (count: number) => `${pictures(count)} changed little from the one before.`,
  dark: (count: number) => `${pictures(count)} ${be(count)} too dark to make anybody out.`,
  blank: (count: number) =>
    `${pictures(count)} ${count === 1 ? "shows" : "show"} one colour and nothing else: is the lens covered, or the camera broken?`,
  frozen: (count: number) =>
    `${pictures(count)} ${count === 1 ? "is the one" : "are those"} that the camera has shown for hours, to the last dot: it stands still, and what happened is not to be seen.`,
  blurred: (count: number) =>
    `${pictures(count)} ${be(count)} blurred: is the lens dirty, covered or out of focus? Not everybody may be made out.`,
  overexposed: (count: number) =>
    `${pictures(count)} ${be(count)} as bright as can be for the most part. Not everybody may be made out.`,
  damaged: (count: number) =>
    `${pictures(count)} ${be(count)} cut off or damaged, and ${was(count)} looked at as far as ${count === 1 ? "it goes" : "they go"}.`,
  unreadable: (count: number) => `${pictures(count)} could not be read.`,
  missing: (count: number) => `${pictures(count)} never arrived.`,
  deferred: (count: number) => `${pictures(count)} ${be(count)} still to be looked at.`,
};

const standing = {
  stillThere: (what: Called, since: Since | undefined, where: string) =>
    `${called(what, since ? sinceOf(since) : "")} is still${at(where) || " there"}.`,
  thereBefore: (what: string, count: number, where: string) =>
    `${what}${at(where)} ${count > 1 ? "were" : "was"} there before.`,
  gone: (what: Called, since: Since | undefined, where: string) => {
    const before = what.name === null ? " that stood there before" : "";
    return `${called(what, since ? sinceOf(since) : before)} is no longer${at(where) || " there"}.`;
  },
  manyGone: (count: number, where: string) =>
    `${number(count)} things that stood there are no longer${at(where) || " there"}.`,
};

const ways = {
  cameFrom: (side: "left" | "right", time: string) => `came from the ${side} at ${time}`,
  wasInView: (seconds: number) => `was in view for ${number(seconds)} seconds`,
  leftTo: (side: "left" | "right", time: string) => `left to the ${side} at ${time}`,
  way: (label: string, where: string, parts: readonly string[]) =>
    `${Things.withArticle(label)}${at(where)} ${list(parts)}.`,
  onePersonAt: (where: string) => `by their looks it is one person, who was ${where}.`,
  peopleAt: (count: number, roaming: readonly string[]) =>
    `by their looks they are ${number(count)} people, ${list(roaming.map((where) => `one of them ${where}`))}.`,
  maybeSame: (from: string, to: string, seconds: number) =>
    `whoever was ${to} ${number(seconds)} ${seconds === 1 ? "second" : "seconds"} later may be the person ${from}: the pictures alone do not tell.`,
};

const timeline = {
  nothing: "nothing",
  nothingNew: "nothing new",
  pictures: (count: number, where: string) => `${pictures(count)}${at(where)}`,
  frozen: () => "the same for hours",
  damaged: () => "cut off or damaged",
  dark: () => "too dark to make anybody out",
  blank: () => "of one colour",
  blurred: () => "too blurred to make anybody out",
  bright: () => "too bright to make anybody out",
  unreadable: (_count: number) => "could not be read",
  missing: (_count: number) => "never arrived",
  deferred: (_count: number) => "still to be looked at",
};

const title = {
  site: (name: string) => `at ${name}`,
  there: "there",
  elsewhere: (count: number) => (count === 1 ? "elsewhere" : `in ${number(count)} other places`),
  more: "more",
  peopleAndMore: "people and more",
  andMore: " and more",
  gone: (things: readonly Called[], where: string) => {
    const [first] = things;
    if (!first || things.length > 1) return `${number(things.length)} things are no longer ${where}`;
    return `${called({ ...first, colour: null }, "")} is no longer ${where}`;
  },
  nothingNew: (where: string) => `nothing new ${where}`,
  nobody: (where: string) => `nobody to be seen ${where}`,
  reported: (type: EventType, where: string) =>
    `${Things.some(type, 1)} reported ${where}, not to be made out`,
  nothing: (where: string) => `nothing to be seen ${where}`,
  nothingMadeOut: (where: string) => `nothing can be made out ${where}`,
  deferred: (where: string) => `pictures ${where} still to be looked at`,
  noneLookedAt: (where: string) => `no picture ${where} could be looked at`,
};

export const tellingEn = { ...naming, ...sentences, shortcomings, standing, ways, timeline, title };
export type Telling = typeof tellingEn;
