/** What stands before the cameras as it did before, and what does so no more. */
import type { Colour } from "../colour.ts";
import { clockTime } from "../local-time.ts";
import type { Departure, Standing } from "../standing.ts";
import { type Look, type PlaceLooks, sureConfidence } from "./describe-look.ts";
import { sentence } from "./phrase.ts";
import type { Called, Since, Telling } from "./telling-en.ts";
import type { Sentence } from "./wire.ts";

/** For so long after it a time of day alone says which day is meant. */
const sameDayMsMax = 18 * 60 * 60 * 1000;
/** How many things are told of one by one. */
const singlyMax = 3;

type Seen = { look: Look; label: string; isSure: boolean; colour: Colour | undefined; standing: Standing };
/** In which words, and by which clock. */
type Manner = { timeZone: string; telling: Telling };

/** `The white truck that arrived at 14:02 is still there.` `Two cars were there before.` */
export function stillIn({ where, looks }: PlaceLooks, { timeZone, telling }: Manner): Sentence[] {
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
      const shown = shownAs(object);
      if (!first || !shown) return [];
      const text = telling.standing.stillThere(
        calledAs(shown, first.label),
        sinceOf(first.standing, first.look, timeZone),
        where,
      );
      return [sentence(text, looksAt(object))];
    }),
    ...(others.length === 0
      ? []
      : [
          sentence(
            telling.standing.thereBefore(summed(others, telling), others.length, where),
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

/** As far as a time of day alone says it. */
function sinceOf(standing: Standing, { moment }: Look, timeZone: string): Since | undefined {
  if (!isRecent(standing, moment.capturedAt)) return undefined;
  return { arrival: standing.arrival, minute: minute(standing.arrivedAt, timeZone) };
}

function calledAs({ name, colour }: Standing, label: string): Called {
  return { name, label, colour };
}

function summed(objects: readonly (readonly Seen[])[], telling: Telling): string {
  const byLabel = Map.groupBy(objects, ([first]) => first?.label ?? "");
  return telling.list(
    [...byLabel].map(([label, own]) => {
      const isSure = own.some((object) => object.some((one) => one.isSure));
      const what = telling.some(label, own.length);
      return isSure ? what : telling.unsure(what);
    }),
  );
}

function looksAt(seen: readonly Seen[]): Look[] {
  return [...new Set(seen.map(({ look }) => look))];
}

/** `The white truck that arrived at 14:02 is no longer at the driveway.` */
export function departedFrom(
  { where, looks }: PlaceLooks,
  departures: readonly Departure[],
  { timeZone, telling }: Manner,
): Sentence[] {
  const told = departuresAt(looks, departures);
  if (told.length > singlyMax) {
    const citing = [...new Set(told.map(({ look }) => look))];
    return [sentence(telling.standing.manyGone(told.length, where), citing)];
  }
  return told.map(({ departure, look }) => {
    const isNight = look.moment.finding.statistics?.monochrome === true;
    const what = calledAs(isNight ? { ...departure, colour: null } : departure, departure.label);
    return sentence(telling.standing.gone(what, sinceOf(departure, look, timeZone), where), [look]);
  });
}

/** For a title, where nothing else is new: `the truck`, `two things`. */
export function departedTitle(
  looks: readonly Look[],
  departures: readonly Departure[],
  { where, telling }: { where: string; telling: Telling },
): string | undefined {
  const told = departuresAt(looks, departures);
  if (told.length === 0) return undefined;
  const things = told.map(({ departure }) => calledAs(departure, departure.label));
  return telling.title.gone(things, where);
}

function departuresAt(looks: readonly Look[], departures: readonly Departure[]) {
  return departures.flatMap((departure) => {
    const look = looks.find(({ moment }) => moment.id === departure.momentId);
    return look ? [{ departure, look }] : [];
  });
}

/** `14:02`. */
function minute(instant: Date, timeZone: string): string {
  return clockTime(instant, timeZone).slice(0, 5);
}
