/** The title of a digest: one line that could be a notification. */
import { isLifeSafety } from "../event/wire.ts";
import type { Departure } from "../standing.ts";
import { isNeverLeftOut, isRecognition, type Look, type PlaceLooks, type Sighting } from "./describe-look.ts";
import { isReported } from "./describe-sentences.ts";
import { departedTitle } from "./describe-standing.ts";
import { phraseOf } from "./phrase.ts";
import type { Telling } from "./telling-en.ts";
import { capitalise, shorten } from "./words.ts";

const titleCharsMax = 80;

/** How many labels a title names before it says "more": fewer where there is no room. */
const labelsChoices = [3, 2, 1] as const;

/** A place or a site that is named at more length is cut, so that what happened there has room. */
const placeCharsMax = 36;

export function titleOf(
  looks: readonly Look[],
  places: readonly PlaceLooks[],
  { siteName, departures, telling }: { siteName: string; departures: readonly Departure[]; telling: Telling },
): string {
  const alarm =
    looks.find(({ moment }) => isLifeSafety({ type: moment.eventType })) ?? looks.find(isReported);
  const alarmPlace = alarm ? shorten(alarm.where, placeCharsMax) : "";
  const prefix = alarm
    ? `${telling.alarm(alarm.moment.eventType)}${alarmPlace === "" ? "" : ` ${alarmPlace}`}: `
    : "";
  const site = shorten(telling.title.site(siteName), placeCharsMax);
  /** A place that has just been named is "there". */
  const placeOf = ({ place, where }: PlaceLooks) => {
    if (place.phrase === "") return site;
    return place.phrase === alarm?.place.phrase ? telling.title.there : shorten(where, placeCharsMax);
  };
  const told = places.filter((group) => group.news.length > 0);
  const [only] = places;
  const rest =
    told.length > 0
      ? newsTitle(told, { placeOf, charsMax: titleCharsMax - prefix.length, telling })
      : emptyTitle(looks, departures, { where: only && places.length === 1 ? placeOf(only) : site, telling });
  return shorten(capitalise(prefix + rest), titleCharsMax);
}

/** Where there is no picture at all: the first sentence of the session's assessment. */
export function titleOfSession(summary: string): string {
  return shorten(summary.split(/\.(?: |$)/)[0] ?? "", titleCharsMax);
}

type Room = { placeOf: (group: PlaceLooks) => string; charsMax: number; telling: Telling };

/** The most that fits: every place, or else the first of them and how many more there are. A place is never cut off. */
function newsTitle(told: readonly PlaceLooks[], { placeOf, charsMax, telling }: Room): string {
  const [first, ...others] = told;
  if (!first) return "";
  const whole = (labels: number) =>
    told.map((group) => `${brief(group.news, labels, telling)} ${placeOf(group)}`).join(", ");
  const where = telling.title.elsewhere(others.length);
  const peopled = others.some((group) => group.news.some(({ label }) => label === "person"));
  const shortened = (labels: number) =>
    `${brief(first.news, labels, telling)} ${placeOf(first)}${others.length === 0 ? "" : `, ${peopled ? telling.title.peopleAndMore : telling.title.more} ${where}`}`;
  const choices = labelsChoices.flatMap((labels) => [whole(labels), shortened(labels)]);
  const place = placeOf(first);
  const fits = [...choices, `${briefest(first.news, telling)} ${place}`].find(
    (text) => text.length <= charsMax,
  );
  return (
    fits ?? `${shorten(briefest(first.news, telling), Math.max(1, charsMax - place.length - 1))} ${place}`
  );
}

/** Where not all that is never left out has room: the first of it, and people. */
function briefest(news: readonly Sighting[], telling: Telling): string {
  const named = news.filter(({ label }, index) => index === 0 || label === "person");
  return `${named.map((sighting) => phraseOf([sighting], telling)).join(", ")}${named.length < news.length ? telling.title.andMore : ""}`;
}

/** At least what is never left out stands before "and more". */
function brief(news: readonly Sighting[], labels: number, telling: Telling): string {
  const named = Math.max(labels, news.filter(isNeverLeftOut).length);
  if (news.length <= named) return phraseOf(news, telling);
  return `${news
    .slice(0, named)
    .map((sighting) => phraseOf([sighting], telling))
    .join(", ")}${telling.title.andMore}`;
}

function emptyTitle(
  looks: readonly Look[],
  departures: readonly Departure[],
  { where, telling }: { where: string; telling: Telling },
): string {
  const { title } = telling;
  const departed = departedTitle(looks, departures, { where, telling });
  if (departed !== undefined) return departed;
  if (looks.some((look) => look.sightings.some(({ told }) => told === "before"))) {
    return title.nothingNew(where);
  }
  if (looks.some((look) => look.sightings.length > 0)) return title.nobody(where);
  const known = looks.find((look) => look.state === "seen" && isRecognition(look.moment));
  if (known) return title.reported(known.moment.eventType, where);
  if (looks.some((look) => look.state === "seen")) return title.nothing(where);
  if (looks.some((look) => look.state === "unusable")) return title.nothingMadeOut(where);
  if (looks.some((look) => look.state === "deferred")) return title.deferred(where);
  return title.noneLookedAt(where);
}
