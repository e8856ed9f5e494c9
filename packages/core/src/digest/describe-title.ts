/** The title of a digest: one line that could be a notification. */
import { isLifeSafety } from "../event/wire.ts";
import type { Departure } from "../standing.ts";
import { isNeverLeftOut, isRecognition, type Look, type PlaceLooks, type Sighting } from "./describe-look.ts";
import { alarms, isReported } from "./describe-sentences.ts";
import { departedTitle } from "./describe-standing.ts";
import { at, phraseOf } from "./phrase.ts";
import { capitalise, number, shorten } from "./words.ts";
import * as Things from "./words-things.ts";

const titleCharsMax = 80;

/** How many labels a title names before it says "more": fewer where there is no room. */
const labelsChoices = [3, 2, 1] as const;

/** A place or a site that is named at more length is cut, so that what happened there has room. */
const placeCharsMax = 36;

export function titleOf(
  looks: readonly Look[],
  places: readonly PlaceLooks[],
  { siteName, departures }: { siteName: string; departures: readonly Departure[] },
): string {
  const alarm =
    looks.find(({ moment }) => isLifeSafety({ type: moment.eventType })) ?? looks.find(isReported);
  const alarmPlace = alarm ? at(shorten(alarm.place.phrase, placeCharsMax)) : "";
  const prefix = alarm ? `${alarms[alarm.moment.eventType] ?? "An alarm"}${alarmPlace}: ` : "";
  const site = shorten(`at ${siteName}`, placeCharsMax);
  /** A place that has just been named is "there". */
  const placeOf = ({ place }: PlaceLooks) => {
    if (place.phrase === "") return site;
    return place.phrase === alarm?.place.phrase ? "there" : shorten(place.phrase, placeCharsMax);
  };
  const told = places.filter((group) => group.news.length > 0);
  const [only] = places;
  const rest =
    told.length > 0
      ? newsTitle(told, { placeOf, charsMax: titleCharsMax - prefix.length })
      : emptyTitle(looks, departures, only && places.length === 1 ? placeOf(only) : site);
  return shorten(capitalise(prefix + rest), titleCharsMax);
}

/** Where there is no picture at all: the first sentence of the session's assessment. */
export function titleOfSession(summary: string): string {
  return shorten(summary.split(/\.(?: |$)/)[0] ?? "", titleCharsMax);
}

type Room = { placeOf: (group: PlaceLooks) => string; charsMax: number };

/** The most that fits: every place, or else the first of them and how many more there are. A place is never cut off. */
function newsTitle(told: readonly PlaceLooks[], { placeOf, charsMax }: Room): string {
  const [first, ...others] = told;
  if (!first) return "";
  const whole = (labels: number) =>
    told.map((group) => `${brief(group.news, labels)} ${placeOf(group)}`).join(", ");
  const where = others.length === 1 ? "elsewhere" : `in ${number(others.length)} other places`;
  const peopled = others.some((group) => group.news.some(({ label }) => label === "person"));
  const shortened = (labels: number) =>
    `${brief(first.news, labels)} ${placeOf(first)}${others.length === 0 ? "" : `, ${peopled ? "people and more" : "more"} ${where}`}`;
  const choices = labelsChoices.flatMap((labels) => [whole(labels), shortened(labels)]);
  const place = placeOf(first);
  const fits = [...choices, `${briefest(first.news)} ${place}`].find((text) => text.length <= charsMax);
  return fits ?? `${shorten(briefest(first.news), Math.max(1, charsMax - place.length - 1))} ${place}`;
}

/** Where not all that is never left out has room: the first of it, and people. */
function briefest(news: readonly Sighting[]): string {
  const named = news.filter(({ label }, index) => index === 0 || label === "person");
  return `${named.map((sighting) => phraseOf([sighting])).join(", ")}${named.length < news.length ? " and more" : ""}`;
}

/** At least what is never left out stands before "and more". */
function brief(news: readonly Sighting[], labels: number): string {
  const named = Math.max(labels, news.filter(isNeverLeftOut).length);
  if (news.length <= named) return phraseOf(news);
  return `${news
    .slice(0, named)
    .map((sighting) => phraseOf([sighting]))
    .join(", ")} and more`;
}

function emptyTitle(looks: readonly Look[], departures: readonly Departure[], where: string): string {
  const departed = departedTitle(looks, departures);
  if (departed !== undefined) return `${departed} ${where}`;
  if (looks.some((look) => look.sightings.some(({ told }) => told === "before"))) {
    return `nothing new ${where}`;
  }
  if (looks.some((look) => look.sightings.length > 0)) return `nobody to be seen ${where}`;
  const known = looks.find((look) => look.state === "seen" && isRecognition(look.moment));
  if (known) return `${Things.some(known.moment.eventType, 1)} reported ${where}, not to be made out`;
  if (looks.some((look) => look.state === "seen")) return `nothing to be seen ${where}`;
  if (looks.some((look) => look.state === "unusable")) return `nothing can be made out ${where}`;
  if (looks.some((look) => look.state === "deferred")) return `pictures ${where} still to be looked at`;
  return `no picture ${where} could be looked at`;
}
