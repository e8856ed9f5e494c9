/**
 * Plays fires and months of nuisances to the rules, and counts what they said.
 *
 * Half of the corpus was frozen before any threshold was set: seeds of one parity set them, those of the other are
 * only ever reported. The quiet hours of a month hold nothing but noise and are played in part (`quietHours`).
 */

import { createEvidence } from "../../src/fusion/evidence.ts";
import { createPlaceJudge } from "../../src/fusion/place-judge.ts";
import type { FusionRules } from "../../src/fusion/rules.ts";
import type { Alarm } from "../../src/sensing-words.ts";
import { type FireName, fires } from "./fires.ts";
import { type NuisanceName, nuisances } from "./nuisances.ts";
import { createRoom, type Happening, type Room } from "./room.ts";

export const halves = ["tuning", "frozen"] as const;
export type Half = (typeof halves)[number];
/** The `index`-th seed of a half. */
export const seedOf = (half: Half, index: number) => 2 * index + (half === "frozen" ? 1 : 0);

const warmUpSeconds = 120;

type Site = {
  room: Room;
  step: (now: readonly { happening: Happening; seconds: number }[]) => number;
  alarms: Alarm[];
};

function openSite(seed: number, rules: FusionRules, needsFlame = false): Site {
  const room = createRoom(seed, needsFlame);
  const alarms: Alarm[] = [];
  let count = 0;
  const judge = createPlaceJudge("room", {
    rules,
    newEpisode: () => `${seed}-${++count}`,
    wallMsAt: (ms) => ms,
    onAlarm: (alarm) => alarms.push(alarm),
  });
  const evidence = createEvidence(rules, undefined, {});
  judge.devices.add({ device: "device", evidence, readings: () => [], grid: () => undefined });
  let now = 0;
  return {
    room,
    alarms,
    step(happenings) {
      now += room.periodSeconds * 1_000;
      const { celsius, ...values } = room.sample(happenings);
      evidence.takeSensor(values, now);
      judge.judge(now);
      if (celsius) evidence.takeFrame(celsius, now, undefined);
      judge.judge(now);
      return now;
    },
  };
}

export type FirePlayed = {
  name: FireName;
  seed: number;
  foundSeconds: number | undefined;
  dueSeconds: number;
};

/** When a fire was alarmed, at `elevated` or above; undefined when it was not by the time it was due. */
export function playFire(name: FireName, seed: number, rules: FusionRules): FirePlayed {
  // What only a flame sensor sees is no test of a device that has none.
  const site = openSite(seed, rules, name === "outOfView");
  for (let seconds = 0; seconds < warmUpSeconds; seconds += site.room.periodSeconds) site.step([]);
  site.alarms.length = 0;
  const happening = fires[name](site.room.chance);
  const result = { name, seed, dueSeconds: happening.dueSeconds };
  for (let seconds = 0; seconds <= happening.dueSeconds; seconds += site.room.periodSeconds) {
    site.step([{ happening, seconds }]);
    if (site.alarms.some(isAlarm)) return { ...result, foundSeconds: seconds };
  }
  return { ...result, foundSeconds: undefined };
}

function isAlarm({ level, state }: Alarm): boolean {
  return state !== "cleared" && (level === "elevated" || level === "critical");
}

export type MonthPlayed = {
  seed: number;
  /** Happenings at `elevated` or above, and at `standard`, by what went on. */
  falseAlarms: { during: NuisanceName | "quiet"; alarm: Alarm }[];
  warnings: { during: NuisanceName | "quiet"; alarm: Alarm }[];
  seconds: number;
};

/** A share of a month (1: all of its nuisances), in an order of its own, now and then two at once. */
export function playMonth(seed: number, rules: FusionRules, share: number, quietHours: number): MonthPlayed {
  const site = openSite(seed, rules);
  const { chance } = site.room;
  const played: MonthPlayed = { seed, falseAlarms: [], warnings: [], seconds: 0 };
  const worst = new Map<string, "standard" | "alarm">();
  const note = (during: NuisanceName | "quiet") => {
    for (const alarm of site.alarms.splice(0)) {
      if (alarm.state === "cleared") continue;
      const kind = isAlarm(alarm) ? "alarm" : "standard";
      if (worst.get(alarm.episode) === kind || worst.get(alarm.episode) === "alarm") continue;
      worst.set(alarm.episode, kind);
      (kind === "alarm" ? played.falseAlarms : played.warnings).push({ during, alarm });
    }
  };
  const rest = (seconds: number) => {
    for (let at = 0; at < seconds; at += site.room.periodSeconds) site.step([]);
    played.seconds += seconds;
    note("quiet");
  };
  rest(warmUpSeconds);
  for (const name of listNuisances(chance, share)) {
    const happening = nuisances[name].make(chance);
    const beside = chance.happens(0.1) ? nuisances.walker.make(chance) : undefined;
    for (let seconds = 0; seconds < happening.seconds; seconds += site.room.periodSeconds) {
      const now = [{ happening, seconds }];
      if (beside && seconds < beside.seconds) now.push({ happening: beside, seconds });
      site.step(now);
      note(name);
    }
    played.seconds += happening.seconds;
    rest(chance.between(5, 60));
  }
  rest(quietHours * 3_600);
  return played;
}

function listNuisances(chance: { share(): number }, share: number): NuisanceName[] {
  const names = Object.keys(nuisances) as NuisanceName[];
  const all = names.flatMap((name) => {
    const wanted = nuisances[name].perMonth * share;
    const count = Math.floor(wanted) + (chance.share() < wanted % 1 ? 1 : 0);
    return Array.from({ length: count }, () => ({ name, order: chance.share() }));
  });
  return all.toSorted((a, b) => a.order - b.order).map(({ name }) => name);
}
