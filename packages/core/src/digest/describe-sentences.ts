/** The summary of a digest: what was seen, where and when; what was not; what could not be looked at. */
import { isLifeSafety } from "../event/wire.ts";
import { clockTime } from "../local-time.ts";
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
import { phraseOf, sentence } from "./phrase.ts";
import type { Telling } from "./telling-en.ts";
import { scopeOf, tracksOf } from "./track.ts";
import type { Capabilities, Flaw, Sentence } from "./wire.ts";
import { capitalise } from "./words.ts";
import * as Things from "./words-things.ts";

/** A number plate that is read with less confidence is left out. */
const plateConfidenceMin = 0.5;

/** What a sensor reported is told whatever its picture shows: the detector knows no heat. */
export function isReported({ moment }: Look): boolean {
  return isLifeSafety({ type: moment.eventType }) || moment.eventType === "temperature";
}

export type Told = {
  capabilities: Capabilities;
  departures: readonly Departure[];
  /** IANA zone of the account. */
  timeZone: string;
  telling: Telling;
};

export function sentencesOf(
  looks: readonly Look[],
  places: readonly PlaceLooks[],
  { capabilities, departures, timeZone, telling }: Told,
): Sentence[] {
  const standing = (group: PlaceLooks) => [
    ...departedFrom(group, departures, { timeZone, telling }),
    ...stillIn(group, { timeZone, telling }),
  ];
  const tracks = tracksOf(looks);
  const told = places.filter((group) => group.news.length > 0);
  return [
    ...alarmSentences(looks, telling),
    ...told.flatMap((group, index) => [
      // The time zone is said once.
      newsOf(group, { timeZone, telling }, index === 0 ? telling.inZone(timeZone) : ""),
      ...presenceOf(group, capabilities, telling),
      ...standing(group),
      ...alsoIn(group, telling),
    ]),
    ...places
      .filter((group) => group.news.length === 0)
      .flatMap((group) => [...nothingIn(group, telling), ...standing(group), ...reportedIn(group, telling)]),
    ...waysOf(tracks, looks, { timeZone, telling }),
    ...placesOf(tracks, { capabilities, telling }),
    ...secondStage(looks, capabilities, telling),
    ...shortcomings(looks, telling),
  ];
}

/** What a device reported may be what stood there before. */
function showsFamiliar(look: Look): boolean {
  return look.sightings.some(({ told, subject }) => subject && told === "before");
}

function alarmSentences(looks: readonly Look[], telling: Telling): Sentence[] {
  const alarming = looks.filter(isReported);
  const groups = Map.groupBy(alarming, (look) => `${look.moment.eventType} ${look.place.phrase}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return [sentence(telling.alarmed(first.moment.eventType, first.where), group)];
  });
}

function newsOf(
  { where, looks, news }: PlaceLooks,
  { timeZone, telling }: Pick<Told, "timeZone" | "telling">,
  zone: string,
): Sentence {
  const showing = looks.filter(showsNews);
  const plural = news.length > 1 || news.some(({ sure, count }) => (sure || count) > 1);
  const when = whenOf(showing, { timeZone, telling });
  return sentence(telling.seen({ what: phraseOf(news, telling), plural, where, when, zone }), showing);
}

/** `at 18:02:10` or `between 18:02:10 and 18:02:19`. */
function whenOf(looks: readonly Look[], { timeZone, telling }: Pick<Told, "timeZone" | "telling">): string {
  const times = looks.map((look) => clockTime(look.moment.capturedAt, timeZone));
  const [first, last] = [times[0] ?? "", times.at(-1) ?? ""];
  return first === last ? telling.at(first) : telling.between(first, last);
}

/** In how many pictures there are people, and whether they are the same, where tracks tell. */
function presenceOf(
  { where, looks, news }: PlaceLooks,
  capabilities: Capabilities,
  telling: Telling,
): Sentence[] {
  const seen = looks.filter((look) => look.state === "seen");
  const peopled = seen.filter((look) => peopleIn(look).length > 0);
  if (seen.length < 2 || peopled.length < 2) return [];
  const tracks = capabilities.reidentification ? tracksIn(peopled) : undefined;
  const atOnce = news.find((sighting) => sighting.label === "person")?.sure ?? 0;
  const who = tracks === 1 && atOnce === 1 ? telling.samePerson : telling.somebody;
  const share = { of: peopled.length, all: seen.length, where };
  const sentences = [sentence(telling.present(who, share), peopled)];
  if (tracks !== undefined && tracks > atOnce) {
    sentences.push(sentence(telling.different(tracks), peopled));
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
function alsoIn({ where, looks }: PlaceLooks, telling: Telling): Sentence[] {
  const also = mostAtOnce(looks).filter(
    ({ told, label, sure }) => told === "also" && sure > 0 && Things.kindOf(label) !== "background",
  );
  if (also.length === 0) return [];
  const named = new Set(also.map(({ label }) => label));
  const showing = looks.filter((look) => look.sightings.some(({ label }) => named.has(label)));
  return [sentence(telling.also(phraseOf(also, telling), where), showing)];
}

function nothingIn({ where, looks }: PlaceLooks, telling: Telling): Sentence[] {
  const seen = looks.filter((look) => look.state === "seen");
  if (seen.length === 0) return [];
  const most = mostAtOnce(seen);
  const background = most.filter((sighting) => sighting.sure > 0 && sighting.told === "also");
  const isNew = most.some(({ told }) => told === "before");
  const but = phraseOf(background.slice(0, 3), telling);
  return [sentence(telling.nothing({ isNew, but, where, count: seen.length }), seen)];
}

/** What a device stands by although no picture shows it. */
function reportedIn({ where, looks }: PlaceLooks, telling: Telling): Sentence[] {
  const reported = Map.groupBy(
    looks.filter((look) => look.state === "seen" && isRecognition(look.moment) && !showsFamiliar(look)),
    (look) => look.moment.eventType,
  );
  return [...reported].map(([type, group]) => sentence(telling.reported(type, where, group.length), group));
}

/** Faces and plates, as far as the worker can see them at all. */
function secondStage(looks: readonly Look[], capabilities: Capabilities, telling: Telling): Sentence[] {
  const sentences: Sentence[] = [];
  const faced = looks.filter((look) => capabilities.faces && (look.moment.finding.faces?.count ?? 0) > 0);
  if (faced.length > 0) {
    const most = Math.max(...faced.map((look) => look.moment.finding.faces?.count ?? 0));
    sentences.push(sentence(telling.faces(most), faced));
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
    sentences.push(sentence(telling.plate(text), showing));
  }
  return sentences;
}

/** What limits the digest: pictures that repeat, show too little, cannot be read, never came, or wait. */
function shortcomings(looks: readonly Look[], { shortcomings: told }: Telling): Sentence[] {
  const groups: [Look[], (count: number) => string][] = [
    [looks.filter((look) => look.moment.finding.outcome === "duplicate"), told.duplicate],
    [looks.filter((look) => look.state === "unusable" && isBecause(look, "dark")), told.dark],
    [looks.filter((look) => look.state === "unusable" && isBecause(look, "blank")), told.blank],
    [looks.filter((look) => look.flaws.includes("frozen")), told.frozen],
    [looks.filter(({ flaws }) => flaws.includes("blurred") && !flaws.includes("frozen")), told.blurred],
    [
      looks.filter(({ flaws }) => flaws.includes("overexposed") && !flaws.includes("frozen")),
      told.overexposed,
    ],
    [looks.filter((look) => look.flaws.includes("damaged")), told.damaged],
    [looks.filter((look) => look.state === "unreadable"), told.unreadable],
    [looks.filter((look) => look.state === "missing"), told.missing],
    [looks.filter((look) => look.state === "deferred"), told.deferred],
  ];
  return groups.flatMap(([group, text]) => (group.length === 0 ? [] : [sentence(text(group.length), group)]));
}

/** The lens or the light is to blame; not where the bytes of the picture are lost. */
function isBecause({ flaws }: Look, flaw: Flaw): boolean {
  return flaws.includes(flaw) && !flaws.includes("damaged");
}

/** What is still outstanding where the worker has not even been asked. */
export function awaitedSentence(
  awaited: readonly { id: string; zone: string | null }[],
  telling: Telling,
): Sentence[] {
  const [first] = awaited;
  if (!first) return [];
  const places = new Set(awaited.map(({ zone }) => Zone.read(zone).phrase));
  const where = places.size === 1 ? telling.place(Zone.read(first.zone), first.zone) : "";
  const text = telling.awaited(awaited.length, where);
  return [{ text: capitalise(text), momentIds: awaited.map(({ id }) => id) }];
}
