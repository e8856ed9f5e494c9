/** Fires as a device would see them. Each begins at its second 0; `dueSeconds` is when it must have been noticed. */
import type { Chance } from "./chance.ts";
import { type Happening, type Moment, paintWarm } from "./room.ts";

export type Fire = Happening & { dueSeconds: number };

const ramp = (seconds: number, from: number, to: number) =>
  Math.min(1, Math.max(0, (seconds - from) / (to - from)));
const ease = (share: number) => share * share * (3 - 2 * share);

function flicker(moment: Moment, strength: number, chance: Chance): void {
  if (strength <= 0) return;
  moment.flame = Math.max(moment.flame, Math.min(1, strength * chance.between(0.55, 1)));
  moment.trips ||= chance.happens(0.3 + 0.7 * strength);
}

/** A waste bin, a sofa: flames within seconds, smoke soon after. */
function flaming(chance: Chance): Fire {
  const [x, y, hot] = [chance.between(3, 28), chance.between(8, 22), chance.between(250, 600)];
  const [toHot, grow, smokeFrom] = [
    chance.between(10, 40),
    chance.between(0.02, 0.12),
    chance.between(8, 40),
  ];
  const [smokeTo, smokeMost] = [chance.between(60, 240), chance.between(25, 90)];
  const seesFlame = chance.happens(0.85);
  return {
    seconds: 420,
    dueSeconds: 120,
    paint(moment, seconds, now) {
      const size = Math.min(8, 0.6 + grow * seconds);
      const celsius = 25 + ramp(seconds, 0, toHot) * (hot - 25) * now.between(0.8, 1);
      paintWarm(moment, { x: x - size / 2, y: y - size, width: size, height: size, celsius });
      if (seesFlame) flicker(moment, ramp(seconds, 4, toHot), now);
      moment.smokePercent += smokeMost * ease(ramp(seconds, smokeFrom, smokeTo));
      moment.gasRatio *= 1 - 0.6 * ramp(seconds, smokeFrom, smokeTo);
    },
  };
}

/** Bedding, cable trunking: smoke for many minutes, no flame, at most a warm spot. */
function smouldering(chance: Chance): Fire {
  const [toMost, most] = [chance.between(240, 900), chance.between(45, 90)];
  const spot = chance.happens(0.5) ? { x: chance.between(2, 29), y: chance.between(4, 22) } : undefined;
  const hot = chance.between(40, 95);
  return {
    seconds: 1_200,
    dueSeconds: 1_080,
    paint(moment, seconds) {
      const share = ease(ramp(seconds, 20, toMost));
      moment.smokePercent += most * share;
      moment.gasRatio *= 1 - 0.75 * share;
      if (spot) paintWarm(moment, { ...spot, width: 1, height: 1, celsius: 25 + share * (hot - 25) });
    },
  };
}

/** A socket, a motor, a battery: it heats up steadily, long before anything burns. */
function overheating(chance: Chance): Fire {
  const [x, y, width] = [chance.between(2, 28), chance.between(3, 21), chance.between(0.8, 3)];
  const [perSecond, hot] = [chance.between(0.3, 3), chance.between(110, 250)];
  const [smokeMost, from] = [chance.between(5, 40), (60 - 25) / perSecond];
  return {
    seconds: 600,
    dueSeconds: 480,
    paint(moment, seconds) {
      const celsius = Math.min(hot, 25 + perSecond * seconds);
      paintWarm(moment, { x, y, width, height: width * 0.7, celsius });
      moment.smokePercent += smokeMost * ease(ramp(seconds, from, from + 300));
    },
  };
}

/** Oil in a pan: a minute or two of heating, then flames all at once. */
function pan(chance: Chance): Fire {
  const [x, y, perSecond] = [chance.between(4, 26), chance.between(10, 20), chance.between(1.5, 5)];
  const lit = (350 - 25) / perSecond;
  return {
    seconds: 420,
    dueSeconds: lit + 20,
    paint(moment, seconds, now) {
      const celsius = seconds < lit ? 25 + perSecond * seconds : now.between(350, 600);
      paintWarm(moment, { x, y, width: 2.5, height: seconds < lit ? 0.8 : 4, celsius });
      flicker(moment, seconds < lit ? 0 : 1, now);
      moment.smokePercent += 60 * ease(ramp(seconds, lit * 0.7, lit + 120));
    },
  };
}

/** Burning gas or spirit that the array does not see: the flame sensor does, smoke comes late and thin. */
function outOfView(chance: Chance): Fire {
  const [strength, smokeMost] = [chance.between(0.4, 1), chance.between(16, 45)];
  return {
    seconds: 420,
    dueSeconds: 240,
    paint(moment, seconds, now) {
      flicker(moment, strength * ramp(seconds, 0, 10), now);
      moment.smokePercent += smokeMost * ease(ramp(seconds, 40, 200));
    },
  };
}

/** The next room burns: smoke through the door, and nothing else for a long while. */
function nextRoom(chance: Chance): Fire {
  const [toMost, most] = [chance.between(120, 400), chance.between(65, 95)];
  return {
    seconds: 700,
    dueSeconds: 540,
    paint(moment, seconds) {
      const share = ease(ramp(seconds, 10, toMost));
      moment.smokePercent += most * share;
      moment.gasRatio *= 1 - 0.5 * share;
    },
  };
}

export const fires = { flaming, smouldering, overheating, pan, outOfView, nextRoom } as const;
export type FireName = keyof typeof fires;
