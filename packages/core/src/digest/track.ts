/**
 * Who is who across the pictures of one session: one person, vehicle or animal that moves has one track. Inside a camera the way
 * that it goes tells, while no more than seconds lie between two pictures; across cameras nothing but its looks does, where the
 * worker has a model for them. Pure.
 */
import { type Look, looksOf, type Moment } from "./describe-look.ts";
import type { Thing } from "./one-label.ts";
import type { Box } from "./wire.ts";
import * as Things from "./words-things.ts";

export type Sighted = { look: Look; thing: Thing };

/** Within which parts of a review names of tracks can be compared: those that go on from the same one. */
export function scopeOf(trackId: string): string {
  return trackId.split("@", 2)[1] ?? "";
}

function areTwo(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other && scopeOf(one) === scopeOf(other);
}

/** `byLooks`: the worker's re-identification holds it together too, also across cameras. */
export type Track = { kind: "person" | "animal" | "vehicle"; byLooks: boolean; sighted: readonly Sighted[] };

/** Pictures further apart tell nothing of who is who. */
const gapSecondsMax = 8;
/** Somebody goes so many of their own heights a second at the most, and a detector shifts a box by so many at once. */
const heightsPerSecondMax = 1.1;
const heightsAtOnce = 0.35;
/** Somebody who comes nearer grows; between two pictures not beyond this. */
const growthMax = 1.8;
/** Less sure detections begin no track, and go on with one. */
const beginsFrom = 0.4;
/** What is not seen a second time may be a mistake of the detector, unless it is sure. */
const aloneFrom = 0.6;

type Growing = { kind: Track["kind"]; deviceId: string; trackId: string | undefined; sighted: Sighted[] };

/** In the order in which they were first seen. */
export function tracksOf(looks: readonly Look[]): Track[] {
  const growing = [...Map.groupBy(looks, (look) => look.moment.deviceId).values()].flatMap(tracksBefore);
  return joinByLooks(growing)
    .filter(({ sighted }) => sighted.length > 1 || (sighted[0]?.thing.confidence ?? 0) >= aloneFrom)
    .toSorted((a, b) => startOf(a) - startOf(b));
}

/** The same of moments, whose order does not matter. */
export function tracksIn(moments: readonly Moment[]): Track[] {
  return tracksOf(looksOf(moments));
}

function startOf({ sighted }: Pick<Track, "sighted">): number {
  return sighted[0]?.look.moment.capturedAt.getTime() ?? 0;
}

/** The tracks before one camera, by where things were and where they went. */
function tracksBefore(looks: readonly Look[]): Growing[] {
  const tracks: Growing[] = [];
  for (const look of looks) {
    // A look-alike of an earlier picture shows the same once more.
    const things = look.detections.filter(
      ({ label, standing, ignored }) => isTracked(label) && !standing && !ignored,
    );
    const pairs = things
      .flatMap((thing) => tracks.map((track) => ({ thing, track, cost: costOf(track, thing, look) })))
      .filter(({ cost }) => cost < 1)
      .toSorted((a, b) => a.cost - b.cost);
    const placed = new Set<Thing | Growing>();
    for (const { thing, track } of pairs) {
      if (placed.has(thing) || placed.has(track)) continue;
      placed.add(thing).add(track);
      track.sighted.push({ look, thing });
      track.trackId ??= thing.trackId;
    }
    for (const thing of things) {
      if (placed.has(thing) || thing.confidence < beginsFrom) continue;
      tracks.push({
        kind: kindOf(thing),
        deviceId: look.moment.deviceId,
        trackId: thing.trackId,
        sighted: [{ look, thing }],
      });
    }
  }
  return tracks;
}

function isTracked(label: string): boolean {
  return ["person", "animal", "vehicle"].includes(Things.kindOf(label));
}

function kindOf({ label }: Thing): Track["kind"] {
  const kind = Things.kindOf(label);
  return kind === "animal" || kind === "vehicle" ? kind : "person";
}

/** 0: it stands where the track led to; 1 and more: it cannot be the same. */
function costOf(track: Growing, thing: Thing, look: Look): number {
  const last = track.sighted.at(-1);
  if (!last || kindOf(thing) !== track.kind) return 1;
  if (areTwo(track.trackId, thing.trackId)) return 1;
  const seconds = secondsBetween(last.look, look);
  if (seconds < 0 || seconds > gapSecondsMax) return 1;
  const [from, to] = [last.thing.box, thing.box];
  const growth = Math.max(from[3] / to[3], to[3] / from[3]);
  if (growth > growthMax) return 1;
  const height = Math.max(from[3], to[3]);
  const expected = expectedAt(track, seconds);
  const away = Math.hypot(footX(to) - expected[0], footY(to) - expected[1]) / height;
  const reach = heightsAtOnce + heightsPerSecondMax * seconds;
  return away > reach ? 1 : (away / reach) * 0.9 + (growth - 1) * 0.1;
}

/** Where the foot of a track would be, went it on as it last did. */
function expectedAt({ sighted }: Growing, seconds: number): [number, number] {
  const [before, last] = sighted.slice(-2);
  const now = last ?? before;
  if (!now) return [0, 0];
  if (!last || !before) return [footX(now.thing.box), footY(now.thing.box)];
  const took = secondsBetween(before.look, last.look);
  // Half of the way: people stop and turn.
  const share = took > 0 ? Math.min(2, seconds / took) / 2 : 0;
  const go = (of: (box: Box) => number) =>
    of(last.thing.box) + share * (of(last.thing.box) - of(before.thing.box));
  return [go(footX), go(footY)];
}

function footX([x, , width]: Box): number {
  return x + width / 2;
}

function footY([, y, , height]: Box): number {
  return y + height;
}

function secondsBetween(from: Look, to: Look): number {
  return (to.moment.capturedAt.getTime() - from.moment.capturedAt.getTime()) / 1000;
}

/** Tracks that the worker gives one name are one, also before several cameras. */
function joinByLooks(tracks: readonly Growing[]): Track[] {
  const named = Map.groupBy(tracks, (track) => track.trackId);
  return [...named].flatMap(([trackId, own]): Track[] => {
    if (trackId === undefined) return own.map(({ kind, sighted }) => ({ kind, byLooks: false, sighted }));
    const sighted = own
      .flatMap((track) => track.sighted)
      .toSorted((a, b) => a.look.moment.capturedAt.getTime() - b.look.moment.capturedAt.getTime());
    return [{ kind: own[0]?.kind ?? "person", byLooks: true, sighted }];
  });
}
