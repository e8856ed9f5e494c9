/** The summary of a digest: what was seen, where and when; what was not; what could not be looked at. */
import { type EventType, isLifeSafety } from "../event/wire.ts";
import { clockTime, zoneWords } from "../local-time.ts";
import type { Departure } from "../standing.ts";
import * as Zone from "../zone.ts";
import {
  isRecognition,
  type Look,
  mostAtOnce,
  type PlaceLooks,
  showsNews,
  sureConfidence,
} from "./describe-look.ts";
import { departedFrom, stillIn } from "./describe-standing.ts";
import { placesOf, waysOf } from "./describe-tracks.ts";
import { at, phraseOf, sentence } from "./phrase.ts";
import { scopeOf, tracksOf } from "./track.ts";
import type { Capabilities, Flaw, Sentence } from "./wire.ts";
import { capitalise, number, pictures } from "./words.ts";
import * as Things from "./words-things.ts";

/** A number plate that is read with less confidence is left out. */
const plateConfidenceMin = 0.5;

export const alarms: Readonly<Partial<Record<EventType, string>>> = {
  smoke: "Smoke",
  carbon_monoxide: "Carbon monoxide",
  gas: "Gas",
  flame: "A flame",
  glass_break: "Breaking glass",
  forced_entry: "A forced entry",
  temperature: "An unusual temperature",
};

/** What a sensor reported is told whatever its picture shows: the detector knows no heat. */
export function isReported({ moment }: Look): boolean {
  return isLifeSafety({ type: moment.eventType }) || moment.eventType === "temperature";
}

export type Telling = {
  capabilities: Capabilities;
  departures: readonly Departure[];
  /** IANA zone of the account. */
  timeZone: string;
};

export function sentencesOf(
  looks: readonly Look[],
  places: readonly PlaceLooks[],
  { capabilities, departures, timeZone }: Telling,
): Sentence[] {
  const standing = (group: PlaceLooks) => [
    ...departedFrom(group, departures, timeZone),
    ...stillIn(group, timeZone),
  ];
  const tracks = tracksOf(looks);
  const told = places.filter((group) => group.news.length > 0);
  return [
    ...alarmSentences(looks),
    ...told.flatMap((group, index) => [
      // The time zone is said once.
      newsOf(group, timeZone, index === 0 ? `, ${zoneWords(timeZone)}` : ""),
      ...presenceOf(group, capabilities),
      ...standing(group),
      ...alsoIn(group),
    ]),
    ...places
      .filter((group) => group.news.length === 0)
      .flatMap((group) => [...nothingIn(group), ...standing(group), ...reportedIn(group)]),
    ...waysOf(tracks, looks, { capabilities, timeZone }),
    ...placesOf(tracks, { capabilities, timeZone }),
    ...secondStage(looks, capabilities),
    ...shortcomings(looks),
  ];
}

/** What a device reported may be what stood there before. */
function showsFamiliar(look: Look): boolean {
  return look.sightings.some(({ told, subject }) => subject && told === "before");
}

function alarmSentences(looks: readonly Look[]): Sentence[] {
  const alarming = looks.filter(isReported);
  const groups = Map.groupBy(alarming, (look) => `${look.moment.eventType} ${look.place.phrase}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const what = alarms[first.moment.eventType] ?? "An alarm";
    return [sentence(`${what} was reported${at(first.place.phrase)}.`, group)];
  });
}

function newsOf({ place, looks, news }: PlaceLooks, timeZone: string, timeZoneSaid: string): Sentence {
  const showing = looks.filter(showsNews);
  const plural = news.length > 1 || news.some(({ sure, count }) => (sure || count) > 1);
  const text = `${phraseOf(news)} ${plural ? "were" : "was"} seen${at(place.phrase)} ${whenOf(showing, timeZone)}${timeZoneSaid}.`;
  return sentence(text, showing);
}

/** `at 18:02:10` or `between 18:02:10 and 18:02:19`. */
function whenOf(looks: readonly Look[], timeZone: string): string {
  const times = looks.map((look) => clockTime(look.moment.capturedAt, timeZone));
  const [first, last] = [times[0] ?? "", times.at(-1) ?? ""];
  return first === last ? `at ${first}` : `between ${first} and ${last}`;
}

/** In how many pictures there are people, and whether they are the same, where tracks tell. */
function presenceOf({ place, looks, news }: PlaceLooks, capabilities: Capabilities): Sentence[] {
  const seen = looks.filter((look) => look.state === "seen");
  const peopled = seen.filter((look) => peopleIn(look).length > 0);
  if (seen.length < 2 || peopled.length < 2) return [];
  const tracks = capabilities.reidentification ? tracksIn(peopled) : undefined;
  const atOnce = news.find((sighting) => sighting.label === "person")?.sure ?? 0;
  const who = tracks === 1 && atOnce === 1 ? "the same person" : "somebody";
  const share =
    peopled.length < seen.length
      ? `${number(peopled.length)} of ${pictures(seen.length)}`
      : seen.length === 2
        ? "both pictures"
        : `all ${pictures(seen.length)}`;
  const sentences = [sentence(`${who} is in ${share}${at(place.phrase)}.`, peopled)];
  if (tracks !== undefined && tracks > atOnce) {
    sentences.push(sentence(`by their looks they are ${number(tracks)} different people.`, peopled));
  }
  return sentences;
}

function peopleIn(look: Look) {
  return look.detections.filter(
    (detection) => detection.label === "person" && detection.confidence >= sureConfidence,
  );
}

/** How many individuals the tracks tell apart; undefined unless every person carries one. */
function tracksIn(looks: readonly Look[]): number | undefined {
  const tracks = looks.flatMap(peopleIn).map((person) => person.trackId);
  const scopes = new Set(tracks.map((track) => track && scopeOf(track)));
  return tracks.includes(undefined) || scopes.size > 1 ? undefined : new Set(tracks).size;
}

/** What is there beside the news, and interests less, or makes less sense there. */
function alsoIn({ place, looks }: PlaceLooks): Sentence[] {
  const also = mostAtOnce(looks).filter(
    ({ told, label, sure }) => told === "also" && sure > 0 && Things.kindOf(label) !== "background",
  );
  if (also.length === 0) return [];
  const named = new Set(also.map(({ label }) => label));
  const showing = looks.filter((look) => look.sightings.some(({ label }) => named.has(label)));
  return [sentence(`also seen${at(place.phrase)}: ${phraseOf(also)}.`, showing)];
}

function nothingIn({ place, looks }: PlaceLooks): Sentence[] {
  const seen = looks.filter((look) => look.state === "seen");
  if (seen.length === 0) return [];
  const most = mostAtOnce(seen);
  const background = most.filter((sighting) => sighting.sure > 0 && sighting.told === "also");
  const none = most.some(({ told }) => told === "before") ? "nothing new" : "nothing";
  const apart = background.length === 0 ? none : `${none} but ${phraseOf(background.slice(0, 3))}`;
  const many = seen.length === 1 ? "" : ` in ${pictures(seen.length)}`;
  return [sentence(`${apart} was seen${at(place.phrase)}${many}.`, seen)];
}

/** What a device stands by although no picture shows it. */
function reportedIn({ place, looks }: PlaceLooks): Sentence[] {
  const reported = Map.groupBy(
    looks.filter((look) => look.state === "seen" && isRecognition(look.moment) && !showsFamiliar(look)),
    (look) => look.moment.eventType,
  );
  return [...reported].map(([type, group]) =>
    sentence(
      `the camera reported ${Things.some(type, 1)}${at(place.phrase)}, which the ${group.length === 1 ? "picture does" : "pictures do"} not rule out.`,
      group,
    ),
  );
}

/** Faces and plates, as far as the worker can see them at all. */
function secondStage(looks: readonly Look[], capabilities: Capabilities): Sentence[] {
  const sentences: Sentence[] = [];
  const faced = looks.filter((look) => capabilities.faces && (look.moment.finding.faces?.count ?? 0) > 0);
  if (faced.length > 0) {
    const most = Math.max(...faced.map((look) => look.moment.finding.faces?.count ?? 0));
    sentences.push(
      sentence(`${number(most)} ${most === 1 ? "face is" : "faces are"} clear enough to see.`, faced),
    );
  }
  const plates = new Map<string, Look[]>();
  for (const look of capabilities.plates ? looks : []) {
    for (const { text, confidence } of look.moment.finding.plates ?? []) {
      if (confidence < plateConfidenceMin) continue;
      const before = plates.get(text) ?? [];
      if (!before.includes(look)) plates.set(text, [...before, look]);
    }
  }
  for (const [text, showing] of [...plates].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    sentences.push(sentence(`the number plate ${text} was read.`, showing));
  }
  return sentences;
}

/** What limits the digest: pictures that repeat, show too little, cannot be read, never came, or wait. */
function shortcomings(looks: readonly Look[]): Sentence[] {
  const groups: [Look[], (count: number) => string][] = [
    [
      looks.filter((look) => look.moment.finding.outcome === "duplicate"),
      (count) => `${pictures(count)} changed little from the one before.`,
    ],
    [
      looks.filter((look) => look.state === "unusable" && isBecause(look, "dark")),
      (count) => `${pictures(count)} ${count === 1 ? "is" : "are"} too dark to make anybody out.`,
    ],
    [
      looks.filter((look) => look.state === "unusable" && isBecause(look, "blank")),
      (count) =>
        `${pictures(count)} ${count === 1 ? "shows" : "show"} one colour and nothing else: is the lens covered, or the camera broken?`,
    ],
    [
      looks.filter((look) => look.flaws.includes("frozen")),
      (count) =>
        `${pictures(count)} ${count === 1 ? "is the one" : "are those"} that the camera has shown for hours, to the last dot: it stands still, and what happened is not to be seen.`,
    ],
    [
      looks.filter((look) => look.flaws.includes("blurred") && !look.flaws.includes("frozen")),
      (count) =>
        `${pictures(count)} ${count === 1 ? "is" : "are"} blurred: is the lens dirty, covered or out of focus? Not everybody may be made out.`,
    ],
    [
      looks.filter((look) => look.flaws.includes("overexposed") && !look.flaws.includes("frozen")),
      (count) =>
        `${pictures(count)} ${count === 1 ? "is" : "are"} as bright as can be for the most part. Not everybody may be made out.`,
    ],
    [
      looks.filter((look) => look.flaws.includes("damaged")),
      (count) =>
        `${pictures(count)} ${count === 1 ? "is" : "are"} cut off or damaged, and ${count === 1 ? "was" : "were"} looked at as far as ${count === 1 ? "it goes" : "they go"}.`,
    ],
    [looks.filter((look) => look.state === "unreadable"), (count) => `${pictures(count)} could not be read.`],
    [looks.filter((look) => look.state === "missing"), (count) => `${pictures(count)} never arrived.`],
    [
      looks.filter((look) => look.state === "deferred"),
      (count) => `${pictures(count)} ${count === 1 ? "is" : "are"} still to be looked at.`,
    ],
  ];
  return groups.flatMap(([group, text]) => (group.length === 0 ? [] : [sentence(text(group.length), group)]));
}

/** The lens or the light is to blame; not where the bytes of the picture are lost. */
function isBecause({ flaws }: Look, flaw: Flaw): boolean {
  return flaws.includes(flaw) && !flaws.includes("damaged");
}

/** What is still outstanding where the worker has not even been asked. */
export function awaitedSentence(awaited: readonly { id: string; zone: string | null }[]): Sentence[] {
  if (awaited.length === 0) return [];
  const places = new Set(awaited.map(({ zone }) => Zone.read(zone).phrase));
  const [only = ""] = places.size === 1 ? places : [];
  const text = `${pictures(awaited.length)}${at(only)} ${awaited.length === 1 ? "was" : "were"} announced and ${awaited.length === 1 ? "has" : "have"} not arrived yet.`;
  return [{ text: capitalise(text), momentIds: awaited.map(({ id }) => id) }];
}
