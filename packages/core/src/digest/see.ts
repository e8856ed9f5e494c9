/** What the pictures of each event show, for the explainer to weigh. Pure. */
import type { Seen, SeenPeople } from "../seen.ts";
import { type Look, looksOf, type Moment } from "./describe-look.ts";
import type { Detection } from "./wire.ts";
import * as Things from "./words-things.ts";

/** A person seen with less confidence is neither shown nor ruled out. */
const personConfidenceMin = 0.5;
const otherConfidenceMin = 0.4;
/** Pictures of one camera this close together, each with somebody in it, show one stay. */
const staySecondsMax = 90;
/** Somebody whose box has grown so much over so many pictures has come nearer. */
const nearerGrowth = 1.6;
const nearerPictures = 3;
const weapons: ReadonlySet<string> = new Set(["knife", "baseball bat"]);

/**
 * What is seen, by event; and by camera where none of its pictures shows anything: that tells of its other events too, whose
 * pictures were not chosen.
 * @param awaited pictures that were announced and are not there yet
 */
export function seenIn(
  moments: readonly Moment[],
  awaited: readonly { eventId: string }[],
): { ofEvent: Map<string, Seen>; ofCamera: Map<string, Seen> } {
  const looks = looksOf(moments);
  const ofEvent = byEvent(looks, awaited);
  const cameras = Map.groupBy(looks, (look) => look.moment.deviceId);
  const ofCamera = [...cameras].flatMap(([deviceId, own]): [string, Seen][] => {
    const seen = own.flatMap((look) => ofEvent.get(look.moment.eventId) ?? []);
    const empty = seen.every((one) => one.whole && !one.perhapsPeople && !one.animals && !one.vehicles);
    const [first] = seen;
    return empty && first ? [[deviceId, { ...first, momentIds: idsOf(own) }]] : [];
  });
  return { ofEvent, ofCamera: new Map(ofCamera) };
}

/** Whether a picture from an instant on shows somebody, an animal, or a vehicle that did not stand there before. */
export function showsMovement(moments: readonly Moment[], from: Date): boolean {
  return looksOf(moments).some(
    (look) =>
      look.moment.capturedAt >= from &&
      look.detections.some(
        ({ label, confidence, standing }) =>
          standing === undefined &&
          confidence >= otherConfidenceMin &&
          ["person", "animal", "vehicle"].includes(Things.kindOf(label)),
      ),
  );
}

function byEvent(looks: readonly Look[], awaited: readonly { eventId: string }[]): Map<string, Seen> {
  const stays = staysOf(looks);
  const outstanding = new Set(awaited.map(({ eventId }) => eventId));
  return new Map(
    [...Map.groupBy(looks, (look) => look.moment.eventId)].map(([eventId, own]) => {
      const usable = own.filter((look) => look.state === "seen");
      const seen: Seen = {
        momentIds: idsOf(usable),
        whole: own.every(isWhole) && !outstanding.has(eventId),
        people: peopleIn(usable, stays),
        perhapsPeople: usable.some((look) => look.detections.some(({ label }) => label === "person")),
        animals: animalsIn(usable),
        vehicles: vehiclesIn(usable),
      };
      return [eventId, seen];
    }),
  );
}

/** Whoever stands in the part of a picture that is lost, or cannot be made out, was not looked at. */
function isWhole({ state, flaws }: Look): boolean {
  return state === "seen" && flaws.length === 0;
}

function idsOf(looks: readonly Look[]): string[] {
  return looks.map((look) => look.moment.id);
}

function personsIn({ detections }: Look): Detection[] {
  return detections.filter(
    ({ label, confidence }) => label === "person" && confidence >= personConfidenceMin,
  );
}

type Stay = { looks: Look[]; seconds: number; approaching: boolean };

/** Runs of pictures of one camera in all of which there is somebody, by the moment. */
function staysOf(looks: readonly Look[]): Map<string, Stay> {
  const byMoment = new Map<string, Stay>();
  for (const camera of Map.groupBy(looks, (look) => look.moment.deviceId).values()) {
    let stay: Look[] = [];
    const end = () => {
      const whole = stayOf(stay);
      for (const look of stay) byMoment.set(look.moment.id, whole);
      stay = [];
    };
    for (const look of camera) {
      if (look.state !== "seen") continue;
      const before = stay.at(-1);
      const peopled = personsIn(look).length > 0;
      if (before && (!peopled || secondsBetween(before, look) > staySecondsMax)) end();
      if (peopled) stay.push(look);
    }
    end();
  }
  return byMoment;
}

function secondsBetween(from: Look, to: Look): number {
  return (to.moment.capturedAt.getTime() - from.moment.capturedAt.getTime()) / 1000;
}

function stayOf(looks: Look[]): Stay {
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last) return { looks, seconds: 0, approaching: false };
  const nearer = largest(last) >= nearerGrowth * largest(first);
  return {
    looks,
    seconds: secondsBetween(first, last),
    approaching: looks.length >= nearerPictures && nearer,
  };
}

/** The share of the picture that the nearest person takes. */
function largest(look: Look): number {
  return Math.max(...personsIn(look).map(({ box: [, , width, height] }) => width * height));
}

function peopleIn(looks: readonly Look[], stays: ReadonlyMap<string, Stay>): SeenPeople | null {
  const peopled = looks.filter((look) => personsIn(look).length > 0);
  if (peopled.length === 0) return null;
  const own = peopled.flatMap((look) => stays.get(look.moment.id) ?? []);
  const held = peopled.flatMap((look) =>
    look.detections.filter(
      ({ label, confidence }) => weapons.has(label) && confidence >= personConfidenceMin,
    ),
  );
  return {
    count: Math.max(...peopled.map((look) => personsIn(look).length)),
    confidence: Math.max(...peopled.flatMap((look) => personsIn(look).map(({ confidence }) => confidence))),
    momentIds: idsOf(peopled),
    seconds: Math.max(...own.map((stay) => stay.seconds)),
    approaching: own.some((stay) => stay.approaching),
    carrying: held[0]?.label ?? null,
  };
}

function showing(looks: readonly Look[], kind: Things.Kind): { looks: Look[]; labels: string[] } {
  const found = (look: Look) =>
    look.detections.filter(
      ({ label, confidence }) => Things.kindOf(label) === kind && confidence >= otherConfidenceMin,
    );
  return {
    looks: looks.filter((look) => found(look).length > 0),
    labels: looks.flatMap((look) => found(look).map(({ label }) => label)),
  };
}

function animalsIn(looks: readonly Look[]): Seen["animals"] {
  const { looks: found, labels } = showing(looks, "animal");
  return found.length === 0 ? null : { tame: labels.every(Things.isTame), momentIds: idsOf(found) };
}

function vehiclesIn(looks: readonly Look[]): Seen["vehicles"] {
  const { looks: found } = showing(looks, "vehicle");
  return found.length === 0 ? null : { momentIds: idsOf(found) };
}
