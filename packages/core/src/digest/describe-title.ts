/** The title of a digest: one line that could be a notification. */
import { isLifeSafety } from "../event/wire.ts";
import { isClaim, isNews, type Look, mostAtOnce, type Scene, type Sighting } from "./describe-look.ts";
import { alarms, phraseOf } from "./describe-sentences.ts";
import { capitalise, number, shorten } from "./words.ts";
import * as Things from "./words-things.ts";

export const titleCharsMax = 80;

/** Labels that a title names before it says "more". */
const titleLabelsMax = 3;

export function titleOf(looks: readonly Look[], scenes: readonly Scene[], siteName: string): string {
  const alarm = looks.find(({ moment }) => isLifeSafety({ type: moment.eventType }));
  const prefix = alarm ? `${alarms[alarm.moment.eventType] ?? "An alarm"}${at(alarm.place.phrase)}: ` : "";
  /** A place that has just been named is "there". */
  const placeOf = ({ place }: Scene) =>
    place.phrase === "" ? `at ${siteName}` : place.phrase === alarm?.place.phrase ? "there" : place.phrase;
  const told = scenes.filter((scene) => scene.news.length > 0);
  const [only] = scenes;
  const rest =
    told.length > 0
      ? newsTitle(looks, told, { placeOf, charsMax: titleCharsMax - prefix.length })
      : emptyTitle(looks, only && scenes.length === 1 ? placeOf(only) : `at ${siteName}`);
  return shorten(capitalise(prefix + rest), titleCharsMax);
}

/** Where there is no picture at all: the first sentence of the session's assessment. */
export function titleOfSession(summary: string): string {
  return shorten(summary.split(/\.(?: |$)/)[0] ?? "", titleCharsMax);
}

function newsTitle(
  looks: readonly Look[],
  told: readonly Scene[],
  { placeOf, charsMax }: { placeOf: (scene: Scene) => string; charsMax: number },
): string {
  const whole = told.map((scene) => `${brief(scene.news)} ${placeOf(scene)}`).join(", ");
  if (told.length === 1 || whole.length <= charsMax) return whole;
  return `${brief(mostAtOnce(looks).filter(isNews))} in ${number(told.length)} places`;
}

function brief(news: readonly Sighting[]): string {
  if (news.length <= titleLabelsMax) return phraseOf(news);
  return `${news
    .slice(0, titleLabelsMax)
    .map((sighting) => phraseOf([sighting]))
    .join(", ")} and more`;
}

function emptyTitle(looks: readonly Look[], where: string): string {
  if (looks.some((look) => look.sightings.length > 0)) return `nobody to be seen ${where}`;
  const claim = looks.find((look) => look.state === "seen" && isClaim(look.moment));
  if (claim) return `${Things.some(claim.moment.eventType, 1)} reported ${where}, not to be made out`;
  if (looks.some((look) => look.state === "seen")) return `nothing to be seen ${where}`;
  if (looks.some((look) => look.state === "unusable")) return `nothing can be made out ${where}`;
  if (looks.some((look) => look.state === "deferred")) return `pictures ${where} still to be looked at`;
  return `no picture ${where} could be looked at`;
}

function at(phrase: string): string {
  return phrase === "" ? "" : ` ${phrase}`;
}
