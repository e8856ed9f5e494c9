/** The title of a digest: one line that could be a notification. */
import { isLifeSafety } from "../event/wire.ts";
import { isNews, type Look, mostAtOnce, type Scene, type Sighting } from "./describe-look.ts";
import { alarms, phraseOf } from "./describe-sentences.ts";
import { capitalise, number, shorten } from "./words.ts";

export const titleCharsMax = 80;

/** Labels that a title names before it says "more". */
const titleLabelsMax = 3;

export function titleOf(looks: readonly Look[], scenes: readonly Scene[], siteName: string): string {
  const alarm = alarmOf(looks);
  const prefix = alarm === undefined ? "" : `${alarm}: `;
  const told = scenes.filter((scene) => scene.news.length > 0);
  const rest =
    told.length > 0
      ? newsTitle(looks, told, siteName, titleCharsMax - prefix.length)
      : emptyTitle(looks, scenes, siteName);
  return shorten(capitalise(prefix + rest), titleCharsMax);
}

/** Where there is no picture at all: the first sentence of the session's assessment. */
export function titleOfSession(summary: string): string {
  return shorten(summary.split(/\.(?: |$)/)[0] ?? "", titleCharsMax);
}

/** `Smoke in the kitchen`, of the first life-safety moment. */
function alarmOf(looks: readonly Look[]): string | undefined {
  const look = looks.find(({ moment }) => isLifeSafety({ type: moment.eventType }));
  return look && `${alarms[look.moment.eventType] ?? "An alarm"}${at(look.place.phrase)}`;
}

function newsTitle(
  looks: readonly Look[],
  told: readonly Scene[],
  siteName: string,
  roomMax: number,
): string {
  const parts = told.map((scene) => `${brief(scene.news)} ${scene.place.phrase || `at ${siteName}`}`);
  const whole = parts.join(", ");
  if (parts.length === 1 || whole.length <= roomMax) return whole;
  return `${brief(mostAtOnce(looks).filter(isNews))} in ${number(told.length)} places`;
}

function brief(news: readonly Sighting[]): string {
  if (news.length <= titleLabelsMax) return phraseOf(news);
  return `${news
    .slice(0, titleLabelsMax)
    .map((sighting) => phraseOf([sighting]))
    .join(", ")} and more`;
}

function emptyTitle(looks: readonly Look[], scenes: readonly Scene[], siteName: string): string {
  const where = scenes.length === 1 ? scenes[0]?.place.phrase || `at ${siteName}` : `at ${siteName}`;
  if (looks.some((look) => look.sightings.length > 0)) return `nobody to be seen ${where}`;
  if (looks.some((look) => look.state === "seen")) return `nothing to be seen ${where}`;
  if (looks.some((look) => look.state === "deferred")) return `pictures ${where} still to be looked at`;
  return `no picture ${where} could be looked at`;
}

function at(phrase: string): string {
  return phrase === "" ? "" : ` ${phrase}`;
}
