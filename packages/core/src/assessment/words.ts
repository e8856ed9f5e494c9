/** The explainer's sentences. */
import type { EventType, Mode } from "../event/wire.ts";
import type { Level } from "../level.ts";
import { clockTime } from "../local-time.ts";
import type { Place } from "../zone.ts";
import type { Calm } from "./calm.ts";
import type { Chain } from "./chain.ts";
import type { Signal } from "./signal.ts";
import type { Assessment } from "./wire.ts";

/** What there is to tell: who leads, which patterns stand, and how serious it is. */
export type Tale = {
  signal: Signal;
  chains: readonly Chain[];
  calm: Calm | undefined;
  level: Level;
  lifeSafety: boolean;
  timeZone: string;
  /** Whether pictures show somebody, and whether they show that there is nobody at all. */
  peopled: boolean;
  deserted: boolean;
};

const reports: Readonly<Record<EventType, string>> = {
  motion: "Something moved",
  person: "A person was seen",
  vehicle: "A vehicle was seen",
  animal: "An animal was seen",
  package: "A parcel was seen",
  doorbell: "The doorbell rang",
  door: "A door opened",
  window: "A window opened",
  glass_break: "Breaking glass was heard",
  forced_entry: "A forced entry was reported",
  smoke: "Smoke was detected",
  carbon_monoxide: "Carbon monoxide was detected",
  gas: "Gas was detected",
  temperature: "An unusual temperature was measured",
  flame: "A flame was detected",
  tamper: "A device was tampered with",
  audio: "A sound was heard",
  custom: "A device raised an alert",
};

/** "A person was seen", without a full stop. */
function opening(signal: Signal): string {
  if (signal.closed) return signal.type === "door" ? "A door closed" : "A window closed";
  return Object.hasOwn(reports, signal.type) ? reports[signal.type] : reports.custom;
}

export function report(signal: Signal): string {
  return `${opening(signal)}.`;
}

export function place(where: Place): string {
  return where.phrase === "" ? "It happened in an unnamed place." : `It happened ${where.phrase}.`;
}

/** `23:14` local. */
export function minuteOfDay(at: number, timeZone: string): string {
  return clockTime(new Date(at), timeZone).slice(0, 5);
}

export function confidence(value: number): string {
  return `The device is ${Math.round(value * 100)} % sure.`;
}

export function shownConfidence(value: number): string {
  return `The pictures are ${Math.round(value * 100)} % sure.`;
}

/** What the pictures of an event show that is more than the event said. */
export function shown({ night, seen }: Signal): string {
  const who = (seen?.people?.count ?? 1) > 1 ? "people" : "a person";
  return night ? `The pictures show ${who} at night.` : `The pictures show ${who}.`;
}

const modes: Readonly<Record<Mode, string>> = {
  home: "Somebody is at home.",
  away: "Everybody is away.",
  night: "The site is set for the night.",
  vacation: "Everybody is away for longer.",
  emergency: "The site is in an emergency.",
};

export function mode(value: Mode): string {
  return modes[value];
}

export function recognised(type: EventType): string {
  return type === "door" || type === "window"
    ? "It was opened with a key or a code."
    : "The device recognises this person.";
}

export function dismissed(times: number): string {
  return `You called such alerts here false ${times === 1 ? "once" : `${times} times`} before.`;
}

const conclusions: Readonly<Record<Chain["code"] | Calm["code"], string>> = {
  intrusion: "It looks as if someone has got in.",
  entered: "It looks as if someone has come in.",
  "came-in": "Someone seems to have come inside.",
  approach: "Someone has come up to the house.",
  "forced-entry": "It looks as if someone is forcing a way in.",
  "break-in": "It looks like a break-in.",
  prowler: "Someone seems to be walking round the property.",
  delivery: "It looks like a delivery or a caller.",
  "coming-home": "It looks as if a resident has come home.",
  chatter: "The sensor itself may be at fault.",
  wind: "It may only be the wind.",
};

export function summary({ signal, chains, calm, timeZone }: Tale): string {
  const where = signal.place.phrase === "" ? "" : ` ${signal.place.phrase}`;
  const when = `at ${minuteOfDay(signal.at, timeZone)}`;
  const empty = signal.occupancy === "empty" ? " while nobody was home" : "";
  const first = `${opening(signal)}${where} ${when}${empty}.`;
  const worst = chains.toSorted((a, b) => b.weight - a.weight)[0];
  const pattern = worst?.code ?? calm?.code;
  return pattern === undefined ? first : `${first} ${conclusions[pattern]}`;
}

const lifeSafetyAdvice: Readonly<Partial<Record<EventType, string>>> = {
  smoke: "Check for fire at once. If there is one, get everybody out and call the fire service.",
  flame: "Check for fire at once. If there is one, get everybody out and call the fire service.",
  carbon_monoxide: "Get everybody into fresh air at once, call the emergency services, and stay outside.",
  gas: "Do not touch switches or flames. Open windows, get everybody out, and call the gas emergency number.",
  glass_break: "Look at the live picture. If somebody is breaking in, keep away and call the police.",
  forced_entry: "Look at the live picture. If somebody is breaking in, keep away and call the police.",
};

export function recommendation({ signal, chains, calm, level, peopled, deserted }: Tale): string {
  const advice = lifeSafetyAdvice[signal.type];
  if (advice !== undefined) return advice;
  if (signal.mode === "emergency") {
    return "Make sure that everybody is safe; call the emergency services if not.";
  }
  if (level === "critical") {
    if (peopled) {
      return "The pictures show a person. If you do not know who it is, keep away and call the police.";
    }
    return "Look at the live picture now. If you do not know who it is, keep away and call the police.";
  }
  if (level === "elevated") {
    return peopled
      ? "Look at the pictures now: they show a person. Check that doors and windows are shut."
      : elevatedAdvice(signal, chains);
  }
  if (level === "low" && deserted) return "Nothing needs doing: the pictures show nobody.";
  if (calm) return calmAdvice[calm.code];
  return level === "standard" ? "Have a look at the pictures when you can." : "Nothing needs doing.";
}

function elevatedAdvice(signal: Signal, chains: readonly Chain[]): string {
  if (signal.type === "temperature") return "Check the place for fire.";
  if (signal.type === "tamper") return "Check the device and who is near it.";
  return chains.length > 0 || signal.occupancy === "empty"
    ? "Look at the pictures now and have somebody you trust check the doors and windows."
    : "Look at the pictures now and check that doors and windows are shut.";
}

const calmAdvice: Readonly<Record<Calm["code"], string>> = {
  delivery: "See whether a parcel was left.",
  "coming-home": "Nothing needs doing.",
  chatter: "Check the sensor's battery and how it is fixed.",
  wind: "Nothing needs doing; a mask over the branches would spare you such alerts.",
};

export function tone({ level, lifeSafety, calm }: Tale): Assessment["tone"] {
  if (lifeSafety || level === "critical") return "urgent";
  if (level === "elevated") return "attentive";
  return level === "standard" && !calm ? "attentive" : "calm";
}
