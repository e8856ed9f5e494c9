/** The timeline of a digest: runs of like pictures of one camera become one entry. */
import { clockTime } from "../local-time.ts";
import { isNews, type Shot, type Sighting } from "./describe-shot.ts";
import type { TimelineEntry } from "./wire.ts";
import { list, pictures } from "./words.ts";
import * as Things from "./words-things.ts";

export function timelineOf(shots: readonly Shot[], timeZone: string): TimelineEntry[] {
  const cameras = Map.groupBy(shots, (shot) => `${shot.moment.deviceId} ${shot.place.phrase}`);
  const position = new Map(shots.map((shot, index) => [shot.moment.id, index]));
  // By time, and in the order in which a burst was sent where all of it has one time.
  const first = ([shot]: readonly Shot[]) => (shot ? (position.get(shot.moment.id) ?? 0) : 0);
  return [...cameras.values()]
    .flatMap(runsOf)
    .toSorted((a, b) => first(a) - first(b))
    .map((run) => entryOf(run, timeZone));
}

function runsOf(shots: readonly Shot[]): Shot[][] {
  const runs: Shot[][] = [];
  let before: string | undefined;
  for (const shot of shots) {
    const now = `${shot.state} ${shot.state === "unusable" ? shot.flaws.join() : contentOf(shot)}`;
    if (now === before) runs.at(-1)?.push(shot);
    else runs.push([shot]);
    before = now;
  }
  return runs;
}

function contentOf(shot: Shot): string {
  return list(shot.sightings.filter(isNews).map(sightingText)) || "nothing";
}

function sightingText({ label, count, sure }: Sighting): string {
  if (sure === 0) return `possibly ${Things.exactly(label, count)}`;
  return Things.exactly(label, sure);
}

/** `18:02:10-18:02:19 one person at the front door`. */
function entryOf(run: readonly Shot[], timeZone: string): TimelineEntry {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) throw new Error("a run holds at least one shot");
  const from = clockTime(first.moment.capturedAt, timeZone);
  const to = clockTime(last.moment.capturedAt, timeZone);
  const time = from === to ? from : `${from}-${to}`;
  const where = first.place.phrase === "" ? "" : ` ${first.place.phrase}`;
  return {
    at: first.moment.capturedAt.toISOString(),
    text: `${time} ${whatOf(first, run.length, where)}`,
    momentIds: run.map((shot) => shot.moment.id),
  };
}

function whatOf(shot: Shot, count: number, where: string): string {
  if (shot.state === "seen") return `${contentOf(shot)}${where}`;
  const shown = `${pictures(count)}${where}`;
  if (shot.state === "unusable") {
    return `${shown} ${shot.flaws.includes("dark") ? "too dark to make anybody out" : "of one colour"}`;
  }
  if (shot.state === "unreadable") return `${shown} could not be read`;
  return shot.state === "missing" ? `${shown} never arrived` : `${shown} still to be looked at`;
}
