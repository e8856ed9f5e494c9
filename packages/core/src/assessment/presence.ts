/** What one event says by itself: what was reported, where, when, in which mode, and how it looked. */
import * as Ledger from "./ledger.ts";
import { isOutside, type Signal } from "./signal.ts";
import { near, type Situation } from "./situation.ts";
import { thresholds, type Weights } from "./weights.ts";
import * as Words from "./words.ts";

/** The reasons of one signal alone. Their sum may exceed 1. */
export function weigh(signal: Signal, situation: Situation): Ledger.Ledger {
  const ids = [signal.eventId];
  let ledger = what(signal, situation);
  const scale = (code: string, factor: number, text: string | (() => string)) => {
    // Nothing makes a life-safety event smaller than it is.
    if (signal.lifeSafety && factor < 1) return;
    ledger = Ledger.add(ledger, code, Ledger.total(ledger) * (factor - 1), text, ids);
  };
  const { details, hours } = situation.weights;

  const confidence = surenessOf(signal);
  if (confidence !== null) {
    const factor = 1 - (1 - details.doubtful) * (1 - confidence);
    const shown = confidence !== signal.confidence;
    scale("doubtful", factor, () =>
      shown ? Words.shownConfidence(confidence) : Words.confidence(confidence),
    );
  }
  if (signal.closed) scale("closed", details.closed, "It was closed, not opened.");
  if (signal.night && signal.type !== "temperature") {
    scale("night", hours.night, () => `It is night (${Words.minuteOfDay(signal.at, situation.timeZone)}).`);
  }
  if (signal.mode !== null && signal.type !== "temperature") {
    scale(`mode.${signal.mode}`, modeFactor(signal, situation.weights), Words.mode(signal.mode));
  }
  ledger = whileEmpty(signal, situation, ledger);
  ledger = looks(signal, situation, ledger);
  ledger = crowd(signal, situation, ledger);

  const pet = petSureness(signal, situation);
  if (pet.sure > 0) {
    const damped = Ledger.total(ledger) * details.pet * pet.sure;
    const text = "A pet explains most of it.";
    ledger = Ledger.add(ledger, "pet", -damped, text, [...ids, ...pet.eventIds], pet.momentIds);
  }
  if (signal.deserted && pet.sure === 0) ledger = deserted(signal, situation, ledger);
  if (signal.recognised) scale("recognised", details.recognised, Words.recognised(signal.type));
  return ledger;
}

/** How sure it is, by the device or by the pictures, whichever is surer; null: nobody said. */
function surenessOf({ confidence, seen }: Signal): number | null {
  if (confidence === null || !seen?.people) return confidence;
  return Math.max(confidence, seen.people.confidence);
}

/** Nothing that moved is in any picture, so that branches, rain or light moved; a vehicle that stands there may have. */
function deserted(signal: Signal, situation: Situation, before: Ledger.Ledger): Ledger.Ledger {
  if (signal.lifeSafety || !signal.seen || signal.seen.vehicles || signal.seen.animals) return before;
  const { nobody } = situation.weights.seen;
  const { momentIds } = signal.seen;
  const weight = Ledger.total(before) * (nobody - 1);
  const text = "No picture shows anybody or anything that moves.";
  return Ledger.add(before, "nothing-seen", weight, text, [signal.eventId], momentIds);
}

/** More people than one, somebody who comes nearer, something in a hand: where residents do not explain them. */
function crowd(signal: Signal, situation: Situation, before: Ledger.Ledger): Ledger.Ledger {
  const { seen } = situation.weights;
  const people = signal.seen?.people;
  if (!people || signal.recognised || signal.occupancy === "up" || signal.place.kind === "public") {
    return before;
  }
  if (signal.place.kind === "interior" && signal.occupancy !== "empty") return before;
  const ids = [signal.eventId];
  const more = Math.min(people.count - 1, thresholds.seenMoreMax);
  const several = () => `The pictures show ${people.count} people.`;
  let ledger = Ledger.add(before, "several-seen", seen.more * more, several, ids, people.momentIds);
  if (people.approaching) {
    const text = "From picture to picture somebody comes nearer.";
    ledger = Ledger.add(ledger, "approaching-seen", seen.approaching, text, ids, people.momentIds);
  }
  if (people.carrying !== null) {
    const text = `Somebody may hold a ${people.carrying}.`;
    ledger = Ledger.add(ledger, "carrying-seen", seen.carrying, text, ids, people.momentIds);
  }
  return ledger;
}

function what(signal: Signal, situation: Situation): Ledger.Ledger {
  const { reports, alarms, zones, seen } = situation.weights;
  const ids = [signal.eventId];
  const text = () => Words.report(signal);
  const moments = signal.seen?.people?.momentIds ?? [];
  const shown = () => Words.shown(signal);
  if (Object.hasOwn(alarms, signal.type)) {
    const weight = alarms[signal.type as keyof typeof alarms];
    const alarm = Ledger.add(Ledger.empty, `type.${signal.type}`, weight, text, ids);
    const counts = signal.peopled && signal.place.kind !== "public" && signal.occupancy !== "up";
    return counts ? Ledger.add(alarm, "person-seen", seen.personAtAlarm, shown, ids, moments) : alarm;
  }
  const report = Object.hasOwn(reports, signal.type)
    ? reports[signal.type as keyof typeof reports]
    : reports.custom;
  const anywhere = report * zones.kinds.unknown;
  const ledger = Ledger.add(Ledger.empty, `type.${signal.type}`, anywhere, text, ids);
  const factor = placeFactor(signal, zones);
  const placed = Ledger.add(
    ledger,
    `zone.${signal.place.name}`,
    report * factor - anywhere,
    () => Words.place(signal.place),
    ids,
  );
  // Who is in a picture is a person, whatever it was that the device noticed.
  if (!signal.peopled) return placed;
  return Ledger.add(
    placed,
    "person-seen",
    Math.max(0, reports.person - report) * factor,
    shown,
    ids,
    moments,
  );
}

function placeFactor(signal: Signal, zones: Weights["zones"]): number {
  const { kind, name } = signal.place;
  const opens = signal.type === "door" || signal.type === "window";
  const risk = (Object.hasOwn(zones.risks, name) ? zones.risks[name] : undefined) ?? zones.kinds[kind];
  const edge = opens || kind === "entry" || kind === "perimeter" ? zones.edge : 1;
  return (opens ? Math.max(risk, zones.openingRiskMin) : risk) * edge;
}

function modeFactor({ mode, night }: Signal, { modes }: Weights): number {
  if (mode === null || mode === "emergency") return 1;
  return mode === "home" && night ? modes.homeAtNight : modes[mode];
}

/** Somebody inside, or a way in that opens, while nobody should be there. */
function whileEmpty(signal: Signal, situation: Situation, ledger: Ledger.Ledger): Ledger.Ledger {
  if (signal.occupancy !== "empty") return ledger;
  const { empty } = situation.weights;
  const ids = [signal.eventId];
  if (signal.isOpening) {
    return Ledger.add(ledger, "opened-while-away", empty.opening, "Nobody is home to open it.", ids);
  }
  if (!signal.isMovement || isOutside(signal)) return ledger;
  const weight = signal.type === "person" || signal.peopled ? empty.personInside : empty.motionInside;
  return Ledger.add(ledger, "inside-while-away", weight, "It is inside while nobody is home.", ids);
}

function looks(signal: Signal, situation: Situation, before: Ledger.Ledger): Ledger.Ledger {
  const { details } = situation.weights;
  const ids = [signal.eventId];
  let ledger = before;
  const lingers = signal.isMovement || signal.type === "vehicle";
  const privateGround = signal.place.kind === "entry" || signal.place.kind === "perimeter";
  if (lingers && privateGround && signal.dwellSeconds >= thresholds.lingerSeconds) {
    const weight = details.lingering * (signal.confidence ?? 1);
    const text = () => `It stayed there for ${Math.round(signal.dwellSeconds)} seconds.`;
    ledger = Ledger.add(ledger, "lingering", weight, text, ids);
    if (signal.dwellSeconds >= thresholds.longLingerSeconds && signal.occupancy !== "up") {
      const more = details.lingeringLong * (signal.confidence ?? 1);
      ledger = Ledger.add(ledger, "lingering-long", more, "That is longer than callers stay.", ids);
    }
  }
  if (signal.stranger && signal.place.kind === "interior" && signal.occupancy !== "empty") {
    const weight = details.strangerInside * (signal.confidence ?? 1);
    ledger = Ledger.add(ledger, "stranger-inside", weight, "The device does not know who it is.", ids);
  }
  if (signal.alarmingSound) {
    ledger = Ledger.add(ledger, "alarming-sound", details.alarmingSound, "The sound is one of alarm.", ids);
  }
  if (signal.type === "temperature" && signal.celsius !== null) {
    const reading = `${Math.round(signal.celsius)} °C`;
    if (signal.celsius >= thresholds.heatCelsius) {
      ledger = Ledger.add(ledger, "heat", details.heat, `${reading} is as hot as a fire nearby.`, ids);
    } else if (signal.celsius <= thresholds.frostCelsius) {
      ledger = Ledger.add(ledger, "frost", details.frost, `At ${reading} water pipes can freeze.`, ids);
    }
  }
  return ledger;
}

/** How sure it is that a movement was a pet: as the device says, or by an animal seen beside it and no person. */
export function petSureness(
  signal: Signal,
  situation: Situation,
): { sure: number; eventIds: string[]; momentIds?: readonly string[] } {
  const none = { sure: 0, eventIds: [] };
  if (signal.type !== "motion" && signal.type !== "audio") return none;
  if (signal.peopled || signal.seen?.perhapsPeople) return none;
  const { personsByPlace, animalsByPlace } = situation.index;
  const place = signal.place.name;
  const animals = near(animalsByPlace.get(place), signal.at, thresholds.petSeconds);
  const shownAnimals = signal.seen?.whole === true ? signal.seen.animals : null;
  if (shownAnimals?.tame) {
    return { sure: situation.weights.seen.pet, eventIds: [], momentIds: shownAnimals.momentIds };
  }
  if (signal.pet === 0 && animals.length === 0) return none;
  if (near(personsByPlace.get(place), signal.at, thresholds.petSeconds).length > 0) return none;
  if (signal.pet > 0) return { sure: signal.pet, eventIds: [] };
  const { petSeenBeside } = situation.weights.details;
  return {
    sure: Math.max(...animals.map((animal) => animal.confidence ?? petSeenBeside)),
    eventIds: animals.map((animal) => animal.eventId),
  };
}
