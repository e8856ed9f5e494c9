/** The timeline of a digest: runs of like pictures of one camera become one entry. */
import { clockTime } from "../local-time.ts";
import { isNews, type Look, type Sighting } from "./describe-look.ts";
import { type Telling, tellingEn } from "./telling-en.ts";
import type { TimelineEntry } from "./wire.ts";

export function timelineOf(looks: readonly Look[], timeZone: string, telling: Telling): TimelineEntry[] {
  const cameras = Map.groupBy(looks, (look) => `${look.moment.deviceId} ${look.place.phrase}`);
  const position = new Map(looks.map((look, index) => [look.moment.id, index]));
  // By time, and in the order in which a burst was sent where all of it has one time.
  const first = ([look]: readonly Look[]) => (look ? (position.get(look.moment.id) ?? 0) : 0);
  return [...cameras.values()]
    .flatMap(runsOf)
    .toSorted((a, b) => first(a) - first(b))
    .map((run) => entryOf(run, timeZone, telling));
}

/** The same runs in every language: what is alike is what the English words say. */
function runsOf(looks: readonly Look[]): Look[][] {
  const runs: Look[][] = [];
  let before: string | undefined;
  for (const look of looks) {
    const now = `${look.state} ${look.state === "unusable" ? look.flaws.join() : contentOf(look, tellingEn)}`;
    if (now === before) runs.at(-1)?.push(look);
    else runs.push([look]);
    before = now;
  }
  return runs;
}

function contentOf(look: Look, telling: Telling): string {
  const { nothing, nothingNew } = telling.timeline;
  return (
    telling.list(look.sightings.filter(isNews).map((sighting) => sightingText(sighting, telling))) ||
    (look.sightings.some(({ told }) => told === "before") ? nothingNew : nothing)
  );
}

function sightingText({ label, count, sure }: Sighting, telling: Telling): string {
  return sure === 0 ? telling.unsure(telling.exactly(label, count)) : telling.exactly(label, sure);
}

/** `18:02:10-18:02:19 one person at the front door`. */
function entryOf(run: readonly Look[], timeZone: string, telling: Telling): TimelineEntry {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) throw new Error("a run holds at least one look");
  const from = clockTime(first.moment.capturedAt, timeZone);
  const to = clockTime(last.moment.capturedAt, timeZone);
  const time = from === to ? from : `${from}-${to}`;
  return {
    at: first.moment.capturedAt.toISOString(),
    text: `${time} ${whatOf(first, run.length, telling)}`,
    momentIds: run.map((look) => look.moment.id),
  };
}

function whatOf(look: Look, count: number, telling: Telling): string {
  const { where, state } = look;
  if (state === "seen") return `${contentOf(look, telling)}${where === "" ? "" : ` ${where}`}`;
  const shown = telling.timeline.pictures(count, where);
  return `${shown} ${state === "unusable" ? hiddenBy(look, telling) : telling.timeline[state](count)}`;
}

function hiddenBy({ flaws }: Look, { timeline: told }: Telling): string {
  const hiding = (["frozen", "damaged", "dark", "blank", "blurred"] as const).find((flaw) =>
    flaws.includes(flaw),
  );
  return hiding === undefined ? told.bright() : told[hiding]();
}
