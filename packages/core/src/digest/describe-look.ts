/** What is to be seen in each moment, duplicates resolved, and what that makes together. */
import type { EventType } from "../event/wire.ts";
import { review } from "../limits.ts";
import * as Zone from "../zone.ts";
import { isSubject, type LabelRules, tell } from "./label-rules.ts";
import { oneLabelEach, type Thing } from "./one-label.ts";
import { type Telling, tellingEn } from "./telling-en.ts";
import type { Finding, Flaw, Outcome } from "./wire.ts";
import * as Things from "./words-things.ts";

/** One moment of a session and what the worker found in it. */
export type Moment = {
  id: string;
  eventId: string;
  capturedAt: Date;
  zone: string | null;
  deviceId: string;
  eventType: EventType;
  /** How sure the device itself is of what it reported; null where it does not say. */
  confidence: number | null;
  finding: Omit<Finding, "detections"> & { detections: readonly Thing[] };
};

/** What a device can only report when it has recognised it. */
const recognised: ReadonlySet<EventType> = new Set(["person", "vehicle", "animal", "package"]);

/** A device that is less sure of what it recognised does not stand by it. */
const recognitionConfidenceMin = 0.5;

/** Whether the moment's device says by itself, and surely enough, what there is. */
export function isRecognition({ eventType, confidence }: Pick<Moment, "eventType" | "confidence">): boolean {
  return recognised.has(eventType) && (confidence ?? 1) >= recognitionConfidenceMin;
}

/** From this confidence on a detection is said without "possibly". */
export const sureConfidence = 0.4;

/** A box that covers less of the image than this is far away. */
const distantArea = 0.01;

/** How many of one label: of these `sure` ones surely, and whether the unsure ones are all small in the image. */
export type Sighting = {
  label: string;
  count: number;
  sure: number;
  distant: boolean;
  /** `also`: worth a word at the end, never a title; `before`: it belongs to what stands before the camera. */
  told: "news" | "also" | "before";
  /** Whether the event is about it. */
  subject: boolean;
};

export type Look = {
  moment: Moment;
  place: Zone.Place;
  /** The place, as it is said at the end of a sentence; empty where there is none. */
  where: string;
  /**
   * `seen`: the worker looked at it, or at a moment that it hardly differs from; `unusable`: it did, and whoever is there
   * could not be made out.
   */
  state: "seen" | "unusable" | "unreadable" | "missing" | "deferred";
  flaws: readonly Flaw[];
  sightings: readonly Sighting[];
  /** Each thing once, with what else it may be. */
  detections: readonly Thing[];
};

/**
 * The looks in the order of time; moments may come in any order.
 * @param labels what an operator or an account has set otherwise than label-rules.ts
 */
export function looksOf(
  moments: readonly Moment[],
  labels: LabelRules = {},
  telling: Pick<Telling, "place"> = tellingEn,
): Look[] {
  const byId = new Map(moments.map((moment) => [moment.id, moment.finding]));
  return moments
    .toSorted(
      (a, b) => a.capturedAt.getTime() - b.capturedAt.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    )
    .map((moment) => {
      const finding = resultOf(moment.finding, byId);
      const detections = oneLabelEach(
        finding.detections.filter((detection) => detection.confidence >= review.detectionConfidence),
      );
      const place = Zone.read(moment.zone);
      const isMonochrome = finding.statistics?.monochrome === true;
      const circumstances = {
        placeKind: place.kind,
        eventType: moment.eventType,
        changed: labels,
        isMonochrome,
      };
      const flaws = finding.flaws ?? [];
      const state = states[finding.outcome];
      const hidesAll = detections.length === 0 && flaws.some((flaw) => hiding.has(flaw));
      return {
        moment,
        place,
        where: telling.place(place, moment.zone),
        state: state === "seen" && hidesAll ? "unusable" : state,
        flaws,
        sightings: sightingsOf(detections, circumstances),
        detections,
      };
    });
}

/** What keeps whoever is there from being made out. */
const hiding: ReadonlySet<Flaw> = new Set(["dark", "blank", "blurred", "overexposed", "frozen"]);

const states: Readonly<Record<Outcome, Look["state"]>> = {
  reviewed: "seen",
  early_exit: "seen",
  duplicate: "seen",
  unreadable: "unreadable",
  missing: "missing",
  deferred: "deferred",
};

/** A duplicate takes the result of its twin; a twin that is not here, or a circle of twins, leaves its own. */
function resultOf(
  finding: Moment["finding"],
  byId: ReadonlyMap<string, Moment["finding"]>,
): Moment["finding"] {
  const visited = new Set<string>();
  let current = finding;
  while (current.outcome === "duplicate" && current.duplicateOf !== undefined) {
    visited.add(current.id);
    const twin = byId.get(current.duplicateOf);
    if (!twin || visited.has(twin.id)) return finding;
    current = twin;
  }
  return current;
}

type Circumstances = Parameters<typeof tell>[1];

/** Of one label what stood there before, and apart from it the rest: as news where some of it is. */
function sightingsOf(detections: readonly Thing[], circumstances: Circumstances): Sighting[] {
  const byLabel = Map.groupBy(
    detections.filter(({ ignored }) => ignored === undefined),
    (detection) => detection.label,
  );
  return inOrder(
    [...byLabel.values()].flatMap((all) => {
      const fresh = all.filter(({ standing }) => standing === undefined);
      const as = (["news", "also"] as const).find((one) =>
        fresh.some((detection) => tell(detection, circumstances) === one),
      );
      const told = fresh.filter((detection) => tell(detection, circumstances) === as);
      const before = all.filter(({ standing }) => standing !== undefined);
      return [
        ...(as === undefined ? [] : [sightingOf(told, as, circumstances)]),
        ...(before.length === 0 ? [] : [sightingOf(before, "before", circumstances)]),
      ];
    }),
  );
}

function sightingOf(
  things: readonly Thing[],
  told: Sighting["told"],
  { eventType }: Circumstances,
): Sighting {
  const label = things[0]?.label ?? "";
  return {
    label,
    count: things.length,
    sure: things.filter(({ confidence }) => confidence >= sureConfidence).length,
    distant: things.every(({ box: [, , width, height] }) => width * height < distantArea),
    told,
    subject: isSubject(label, eventType),
  };
}

/** What matters first: the event's own subject, people, animals, vehicles; then the larger number, then the alphabet. */
function inOrder(sightings: readonly Sighting[]): Sighting[] {
  return sightings.toSorted(
    (a, b) => rank(a) - rank(b) || b.sure - a.sure || b.count - a.count || (a.label < b.label ? -1 : 1),
  );
}

function rank(sighting: Sighting | undefined): number {
  if (!sighting) return Things.kindOrder.length + 1;
  return sighting.subject ? 0 : Things.kindOrder.indexOf(Things.kindOf(sighting.label)) + 1;
}

/** By label, the largest number visible in one moment. */
export function countsOf(looks: readonly Look[]): Record<string, number> {
  const most = new Map<string, number>();
  for (const { sightings } of looks) {
    for (const [label, own] of Map.groupBy(sightings, (sighting) => sighting.label)) {
      const count = own.reduce((sum, sighting) => sum + sighting.count, 0);
      most.set(label, Math.max(count, most.get(label) ?? 0));
    }
  }
  return Object.fromEntries(most);
}

/** The largest number of each label visible at once, what stood there before by itself; frames are never added up. */
export function mostAtOnce(looks: readonly Look[]): Sighting[] {
  const most = new Map<string, Sighting>();
  for (const { sightings } of looks) {
    for (const sighting of sightings) {
      const key = `${sighting.told === "before" ? "before" : "fresh"} ${sighting.label}`;
      const before = most.get(key);
      most.set(key, {
        label: sighting.label,
        count: Math.max(sighting.count, before?.count ?? 0),
        sure: Math.max(sighting.sure, before?.sure ?? 0),
        distant: sighting.distant && (before?.distant ?? true),
        told: before === undefined || sighting.told === "news" ? sighting.told : before.told,
        subject: sighting.subject || (before?.subject ?? false),
      });
    }
  }
  return inOrder([...most.values()]);
}

export function isNews(sighting: Pick<Sighting, "told">): boolean {
  return sighting.told === "news";
}

/** What no title leaves out: people, and what the event is about. */
export function isNeverLeftOut({ label, subject }: Sighting): boolean {
  return subject || label === "person";
}

export function showsNews(look: Look): boolean {
  return look.sightings.some(isNews);
}

/** The looks of each place, those of people first, then by time. */
export type PlaceLooks = {
  place: Zone.Place;
  where: string;
  looks: readonly Look[];
  news: readonly Sighting[];
};

export function looksByPlace(looks: readonly Look[]): PlaceLooks[] {
  const places = [...Map.groupBy(looks, (look) => look.place.phrase).values()].flatMap((group) => {
    const [first] = group;
    return first
      ? [{ place: first.place, where: first.where, looks: group, news: mostAtOnce(group).filter(isNews) }]
      : [];
  });
  return places.toSorted((a, b) => rank(a.news[0]) - rank(b.news[0]));
}
