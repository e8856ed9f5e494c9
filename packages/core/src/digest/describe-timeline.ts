/** The timeline of a digest: runs of like pictures of one camera become one entry. */
import { clockTime } from "../local-time.ts";
import { isNews, type Look, type Sighting } from "./describe-look.ts";
import type { TimelineEntry } from "./wire.ts";
import { list, pictures } from "./words.ts";
import * as Things from "./words-things.ts";

export function timelineOf(looks: readonly Look[], timeZone: string): TimelineEntry[] {
  const cameras = Map.groupBy(looks, (look) => `${look.moment.deviceId} ${look.place.phrase}`);
  const position = new Map(looks.map((look, index) => [look.moment.id, index]));
  // By time, and in the order in which a burst was sent where all of it has one time.
  const first = ([look]: readonly Look[]) => (look ? (position.get(look.moment.id) ?? 0) : 0);
  return [...cameras.values()]
    .flatMap(runsOf)
    .toSorted((a, b) => first(a) - first(b))
    .map((run) => entryOf(run, timeZone));
}

function runsOf(looks: readonly Look[]): Look[][] {
  const runs: Look[][] = [];
  let before: string | undefined;
  for (const look of looks) {
    const now = `${look.state} ${look.state === "unusable" ? look.flaws.join() : contentOf(look)}`;
    if (now === before) runs.at(-1)?.push(look);
    else runs.push([look]);
    before = now;
  }
  return runs;
}

function contentOf(look: Look): string {
  return (
    list(look.sightings.filter(isNews).map(sightingText)) ||
    (look.sightings.some(({ told }) => told === "before") ? "nothing new" : "nothing")
  );
}

function sightingText({ label, count, sure }: Sighting): string {
  if (sure === 0) return `possibly ${Things.exactly(label, count)}`;
  return Things.exactly(label, sure);
}

/** `18:02:10-18:02:19 one person at the front door`. */
function entryOf(run: readonly Look[], timeZone: string): TimelineEntry {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) throw new Error("a run holds at least one look");
  const from = clockTime(first.moment.capturedAt, timeZone);
  const to = clockTime(last.moment.capturedAt, timeZone);
  const time = from === to ? from : `${from}-${to}`;
  const where = first.place.phrase === "" ? "" : ` ${first.place.phrase}`;
  return {
    at: first.moment.capturedAt.toISOString(),
    text: `${time} ${whatOf(first, run.length, where)}`,
    momentIds: run.map((look) => look.moment.id),
  };
}

function whatOf(look: Look, count: number, where: string): string {
  if (look.state === "seen") return `${contentOf(look)}${where}`;
  const shown = `${pictures(count)}${where}`;
  if (look.state === "unusable") {
    return `${shown} ${hiddenBy(look)}`;
  }
  if (look.state === "unreadable") return `${shown} could not be read`;
  return look.state === "missing" ? `${shown} never arrived` : `${shown} still to be looked at`;
}

function hiddenBy({ flaws }: Look): string {
  if (flaws.includes("frozen")) return "the same for hours";
  if (flaws.includes("dark")) return "too dark to make anybody out";
  if (flaws.includes("blank")) return "of one colour";
  return flaws.includes("blurred") ? "too blurred to make anybody out" : "too bright to make anybody out";
}
