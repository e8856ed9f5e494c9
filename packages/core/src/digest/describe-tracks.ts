/** Comings and goings, and who was where: what tracks tell, and how sure that is. */
import { clockTime } from "../local-time.ts";
import type { Look } from "./describe-look.ts";
import { sentence } from "./phrase.ts";
import type { Telling } from "./telling-en.ts";
import { type Sighted, scopeOf, type Track } from "./track.ts";
import type { Capabilities, Sentence } from "./wire.ts";

/** So many pictures make a way. */
const wayPicturesMin = 3;
const staySecondsMin = 5;
/** A camera with more tracks is a busy place: nobody wants to read of each. */
const toldSinglyMax = 2;
/** A box that ends this close to the side of the picture goes on beyond it. */
const side = 0.02;
/** Whoever is seen elsewhere this shortly after may be the same. */
const elsewhereSecondsMax = 60;

type Manner = { timeZone: string; telling: Telling };

/** `A person came from the left at 18:02:10, stayed for 40 seconds and left to the right.` */
export function waysOf(tracks: readonly Track[], looks: readonly Look[], manner: Manner): Sentence[] {
  const cameras = Map.groupBy(
    tracks.filter(({ byLooks }) => !byLooks),
    ({ sighted }) => sighted[0]?.look.moment.deviceId ?? "",
  );
  return [...cameras].flatMap(([deviceId, own]) => {
    const seen = looks.filter((look) => look.moment.deviceId === deviceId && look.state === "seen");
    const ways = own.filter(({ sighted }) => sighted.length >= wayPicturesMin);
    if (ways.length > toldSinglyMax) return [];
    return ways.flatMap((track) => wayOf(track, seen, manner));
  });
}

function wayOf({ sighted }: Track, seen: readonly Look[], { timeZone, telling }: Manner): Sentence[] {
  const [first, last] = [sighted[0], sighted.at(-1)];
  if (!first || !last) return [];
  const cameFrom = first.look === seen[0] ? undefined : sideOf(first);
  const leftTo = last.look === seen.at(-1) ? undefined : sideOf(last);
  const seconds = Math.round((timeOf(last) - timeOf(first)) / 1000);
  if (cameFrom === undefined && leftTo === undefined) return [];
  const { cameFrom: came, wasInView, leftTo: left, way } = telling.ways;
  const at = ({ look }: Sighted) => clockTime(look.moment.capturedAt, timeZone);
  const parts = [
    ...(cameFrom === undefined ? [] : [came(cameFrom, at(first))]),
    ...(seconds >= staySecondsMin ? [wasInView(seconds)] : []),
    ...(leftTo === undefined ? [] : [left(leftTo, at(last))]),
  ];
  const looks = sighted.map(({ look }) => look);
  return [sentence(way(first.thing.label, first.look.where, parts), looks)];
}

function sideOf({ thing: { box } }: Sighted): "left" | "right" | undefined {
  if (box[0] <= side) return "left";
  return box[0] + box[2] >= 1 - side ? "right" : undefined;
}

function timeOf({ look }: Sighted): number {
  return look.moment.capturedAt.getTime();
}

/** Who was at more places than one: by their looks, where the worker can tell; otherwise that they may be the same. */
export function placesOf(
  tracks: readonly Track[],
  { capabilities, telling }: { capabilities: Capabilities; telling: Telling },
): Sentence[] {
  const people = tracks.filter(({ kind }) => kind === "person");
  return capabilities.reidentification && areComparable(people)
    ? placesByLooks(people, telling)
    : placesByTime(people, telling);
}

/** Whether one worker saw all of them: between what two saw, nothing but time tells. */
function areComparable(people: readonly Track[]): boolean {
  const names = people.flatMap(({ sighted }) => sighted.flatMap(({ thing }) => thing.trackId ?? []));
  return new Set(names.map(scopeOf)).size <= 1;
}

function placesByLooks(people: readonly Track[], telling: Telling): Sentence[] {
  if (people.some(({ byLooks }) => !byLooks)) return [];
  const roaming = people.filter((track) => phrasesOf(track).length > 1);
  if (roaming.length === 0) return [];
  const looks = [...new Set(people.flatMap(({ sighted }) => sighted.map(({ look }) => look)))];
  const where = roaming.map((track) => telling.list(phrasesOf(track)));
  const { onePersonAt, peopleAt } = telling.ways;
  const text = people.length === 1 ? onePersonAt(where.join("")) : peopleAt(people.length, where);
  return [sentence(text, looks)];
}

function phrasesOf({ sighted }: Track): string[] {
  const byPlace = new Map(sighted.map(({ look }) => [look.place.phrase, look.where]));
  return [...byPlace].flatMap(([phrase, where]) => (phrase === "" ? [] : [where]));
}

/** Only where each of the places saw one person alone: of more, nobody could say who is meant. */
function placesByTime(people: readonly Track[], telling: Telling): Sentence[] {
  const cameras = [...Map.groupBy(people, ({ sighted }) => sighted[0]?.look.moment.deviceId ?? "").values()];
  const alone = cameras.flatMap((own) => (own.length === 1 ? own : []));
  return alone.slice(1).flatMap((track, index) => {
    const [last, first] = [alone[index]?.sighted.at(-1), track.sighted[0]];
    if (!last || !first) return [];
    const seconds = Math.round((timeOf(first) - timeOf(last)) / 1000);
    const [from, to] = [last.look.place.phrase, first.look.place.phrase];
    if (seconds <= 0 || seconds > elsewhereSecondsMax || from === to || from === "" || to === "") return [];
    const text = telling.ways.maybeSame(last.look.where, first.look.where, seconds);
    return [sentence(text, [last.look, first.look])];
  });
}
