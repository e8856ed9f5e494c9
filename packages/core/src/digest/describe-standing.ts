/** What stands before the cameras as it did before, and what does so no more. */
import { clockTime } from "../local-time.ts";
import type { Departure, Standing } from "../standing.ts";
import { type Look, type PlaceLooks, sureConfidence } from "./describe-look.ts";
import { at, sentence } from "./phrase.ts";
import type { Sentence } from "./wire.ts";
import { list, number } from "./words.ts";
import * as Things from "./words-things.ts";

/** For so long after it a time of day alone says which day is meant. */
const sameDayMsMax = 18 * 60 * 60 * 1000;
/** How many things are told of one by one. */
const singlyMax = 3;

type Seen = { look: Look; label: string; isSure: boolean; colour: string | undefined; standing: Standing };

/** `The white truck that arrived at 14:02 is still there.` `Two cars were there before.` */
export function stillIn({ place, looks }: PlaceLooks, timeZone: string): Sentence[] {
  const seen = looks.flatMap((look) =>
    look.detections.flatMap(({ label, confidence, standing, ignored, appearance }): Seen[] =>
      standing && !ignored
        ? [{ look, label, isSure: confidence >= sureConfidence, colour: appearance?.colour, standing }]
        : [],
    ),
  );
  const objects = [...Map.groupBy(seen, ({ standing }) => standing.objectId).values()];
  const singly = objects.filter(isToldSingly).slice(0, singlyMax);
  const others = objects.filter((object) => !singly.includes(object));
  return [
    ...singly.flatMap((object) => {
      const [first] = object;
      const what = first && nameOf(shownAs(object), first.label, sinceOf(first, timeZone));
      return what === undefined
        ? []
        : [sentence(`${what} is still${at(place.phrase) || " there"}.`, looksAt(object))];
    }),
    ...(others.length === 0
      ? []
      : [
          sentence(
            `${summed(others)}${at(place.phrase)} ${others.length > 1 ? "were" : "was"} there before.`,
            looksAt(others.flat()),
          ),
        ]),
  ];
}

function isToldSingly([first]: readonly Seen[]): boolean {
  return (
    first !== undefined &&
    first.isSure &&
    (first.standing.name !== null || isRecent(first.standing, first.look.moment.capturedAt))
  );
}

function isRecent({ arrivedAt, arrival }: Standing, now: Date): boolean {
  return arrival !== "always" && now.getTime() - arrivedAt.getTime() <= sameDayMsMax;
}

/** The colour is said where a picture that is cited shows it: at night none does. */
function shownAs(object: readonly Seen[]): Standing | undefined {
  const [first] = object;
  if (!first) return undefined;
  const { standing } = first;
  return object.some(({ colour }) => colour === standing.colour) ? standing : { ...standing, colour: null };
}

function sinceOf({ standing, look }: Seen, timeZone: string): string {
  return isRecent(standing, look.moment.capturedAt) ? ` ${arrivalOf(standing, timeZone)}` : "";
}

function nameOf(standing: Standing | undefined, label: string, since: string): string | undefined {
  if (!standing) return undefined;
  const { name } = standing;
  if (name !== null) return `“${name}”${since === "" ? "" : `,${since.replace(" that", " which")},`}`;
  return `the ${standing.colour === null ? "" : `${standing.colour} `}${Things.one(label)}${since}`;
}

function summed(objects: readonly (readonly Seen[])[]): string {
  const byLabel = Map.groupBy(objects, ([first]) => first?.label ?? "");
  return list(
    [...byLabel].map(([label, own]) => {
      const isSure = own.some((object) => object.some((one) => one.isSure));
      return `${isSure ? "" : "possibly "}${Things.some(label, own.length)}`;
    }),
  );
}

function looksAt(seen: readonly Seen[]): Look[] {
  return [...new Set(seen.map(({ look }) => look))];
}

/** `The white truck that arrived at 14:02 is no longer at the driveway.` */
export function departedFrom(
  { place, looks }: PlaceLooks,
  departures: readonly Departure[],
  timeZone: string,
): Sentence[] {
  const told = departuresAt(looks, departures);
  const where = `no longer${at(place.phrase) || " there"}`;
  if (told.length > singlyMax) {
    const citing = [...new Set(told.map(({ look }) => look))];
    return [sentence(`${number(told.length)} things that stood there are ${where}.`, citing)];
  }
  return told.flatMap(({ departure, look }) => {
    const isNight = look.moment.finding.statistics?.monochrome === true;
    const shown = isNight ? { ...departure, colour: null } : departure;
    const since = isRecent(departure, look.moment.capturedAt)
      ? ` ${arrivalOf(departure, timeZone)}`
      : departure.name === null
        ? " that stood there before"
        : "";
    const what = nameOf(shown, departure.label, since);
    return what === undefined ? [] : [sentence(`${what} is ${where}.`, [look])];
  });
}

/** For a title, where nothing else is new: `the truck`, `two things`. */
export function departedTitle(looks: readonly Look[], departures: readonly Departure[]): string | undefined {
  const told = departuresAt(looks, departures);
  const [first] = told;
  if (!first) return undefined;
  const { name, label } = first.departure;
  if (told.length > 1) return `${number(told.length)} things are no longer`;
  return `${name === null ? `the ${Things.one(label)}` : `“${name}”`} is no longer`;
}

function departuresAt(looks: readonly Look[], departures: readonly Departure[]) {
  return departures.flatMap((departure) => {
    const look = looks.find(({ moment }) => moment.id === departure.momentId);
    return look ? [{ departure, look }] : [];
  });
}

function arrivalOf({ arrival, arrivedAt }: Standing, timeZone: string): string {
  return `that ${arrival === "arrived" ? "arrived" : "was first seen"} at ${minute(arrivedAt, timeZone)}`;
}

/** `14:02`. */
function minute(instant: Date, timeZone: string): string {
  return clockTime(instant, timeZone).slice(0, 5);
}
