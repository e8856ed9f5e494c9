/**
 * `npm run scene:week [-- --frames DIR --model NAME --seeds 1,2]`: a week before one camera, in real frames. A car stands there for
 * days, leaves and comes back, a pickup comes and goes, people pass, night falls. Fails where an arrival or a departure is not told
 * once, where people are not told of first, and where the memory of the scene grows beyond its bounds.
 *
 * The frames are of one camera, in the order in which they were filmed, while people pass; `../shared/footage` unless said otherwise.
 */
import "../../scripts/help.ts";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cacheDir } from "../../gpu-worker/testing/cache-dir.ts";
import { departedMax, standingMax } from "../../packages/core/src/scene/learn.ts";
import { openFilm } from "./film.ts";
import { openLooker, playWeek, type Stay, type Visit, type Week } from "./play.ts";

const { values } = parseArgs({
  options: {
    frames: { type: "string", default: fileURLToPath(new URL("../../../shared/footage", import.meta.url)) },
    model: { type: "string", default: "yolov8n" },
    seeds: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
  },
});
const say = (text: string) => process.stdout.write(`${text}\n`);

const stays: readonly Stay[] = [
  { vehicle: "car", fromHour: 8, untilHour: 58 },
  { vehicle: "car", fromHour: 66, untilHour: 999 },
  { vehicle: "pickup", fromHour: 110, untilHour: 129 },
];
/** By day a departure is told within hours; a thing that leaves by night is missed for longer. */
const toldWithinHours = 6;

const vehicle = /\b(?:car|truck|van|bus)s?\b/i;
const isNews = (text: string) => vehicle.test(text) && / (?:was|were) seen/.test(surely(text));
const isDeparture = (text: string) => text.includes("no longer");
const somebody = /\b(?:person|people)\b/i;

/** What is only possible is no mention. */
function surely(text: string): string {
  const sure = text.replaceAll(/possibly [^,]*?(?=,| and | was| were)/gi, "");
  return vehicle.test(sure) ? sure : "";
}

/** The hours at which something of the kind was told, of those from one of the week's changes on. */
function toldAt(visits: readonly Visit[], is: (text: string) => boolean): number[] {
  return visits.filter(({ sentences }) => sentences.some(is)).map(({ hour }) => hour);
}

/** Which of the changes were told once, within hours; and what was told beside them. */
function compare(changes: readonly number[], told: readonly number[]): { once: number; beside: number[] } {
  const near = changes.map((change) =>
    told.filter((hour) => hour >= change && hour < change + toldWithinHours),
  );
  const taken = new Set(near.flatMap(([first]) => first ?? []));
  return {
    once: near.filter(({ length }) => length === 1).length,
    beside: told.filter((hour) => !taken.has(hour)),
  };
}

function report(seed: number, { visits, memory, pictures, bytesMax }: Week): boolean {
  const arrivals = [0, ...stays.map(({ fromHour }) => fromHour)];
  const departures = stays.map(({ untilHour }) => untilHour).filter((hour) => hour < 168);
  const came = compare(arrivals, toldAt(visits, isNews));
  const left = compare(departures, toldAt(visits, isDeparture));
  const peopled = visits.filter((visit) => visit.peopled);
  const first = peopled.filter(({ title }) => somebody.test(title));
  const empty = visits.filter((visit) => !visit.peopled);
  const imagined = empty.filter(({ title }) => somebody.test(title));
  const objects = Math.max(...visits.map((visit) => visit.objects));
  const people = memory.objects.filter(({ label }) => label === "person").length;
  const list = (hours: readonly number[]) => hours.map((hour) => hour.toFixed(1)).join(", ");
  say(`seed ${seed}: ${visits.length} visits, ${pictures} pictures`);
  say(
    `  arrivals    ${came.once} of ${arrivals.length} told once${came.beside.length > 0 ? `, and beside them at hour ${list(came.beside)}` : ""}`,
  );
  say(
    `  departures  ${left.once} of ${departures.length} told once${left.beside.length > 0 ? `, and beside them at hour ${list(left.beside)}` : ""}`,
  );
  say(
    `  people      in the title of ${first.length} of ${peopled.length} visits with people, of ${imagined.length} of ${empty.length} without`,
  );
  say(
    `  memory      ${objects} things at most (${standingMax} and ${departedMax} may be), ${bytesMax} bytes, ${people} people`,
  );
  if (values.verbose) {
    for (const { hour, isNight, peopled: with_, title, sentences } of visits) {
      say(
        `    ${hour.toFixed(1)} ${isNight ? "night" : "day"} ${with_ ? "people" : "nobody"}: ${title} | ${sentences.join(" ")}`,
      );
    }
  }
  const isBounded = objects <= standingMax + departedMax && people === 0;
  const isTold = came.once === arrivals.length && left.once === departures.length;
  return (
    isTold && came.beside.length + left.beside.length === 0 && first.length === peopled.length && isBounded
  );
}

const names = (await readdir(values.frames).catch(() => []))
  .filter((name) => /\.jpe?g$/i.test(name))
  .toSorted();
if (names.length < 20) {
  say(
    `expected 20 frames of one camera at least in ${values.frames}, got ${names.length}; name a folder with --frames`,
  );
  process.exitCode = 2;
} else {
  const film = await openFilm(
    await Promise.all(names.map((name) => readFile(join(values.frames, name)))),
    cacheDir,
  );
  const looker = await openLooker(values.model, cacheDir);
  try {
    for (const seed of values.seeds.split(",").map(Number)) {
      if (!report(seed, await playWeek({ film, looker, stays, seed }))) process.exitCode = 1;
    }
  } finally {
    await looker.close();
  }
}
