/** What looks like a fire and is none, with how often a device meets it in a month of 30 days. */

import { columns, pixels } from "../../src/thermal/grid.ts";
import type { Chance } from "./chance.ts";
import { type Happening, type Moment, paintWarm } from "./room.ts";

const ease = (share: number) => share * share * (3 - 2 * share);
/** Rises until `top`, stays until `fall`, is gone at `end`. */
function swell(seconds: number, top: number, fall: number, end: number): number {
  if (seconds < top) return ease(Math.max(0, seconds / top));
  return seconds < fall ? 1 : ease(Math.max(0, (end - seconds) / (end - fall)));
}

function walker(chance: Chance): Happening {
  const [from, to] = chance.happens(0.5) ? [-6, columns + 2] : [columns + 2, -6];
  const [seconds, y] = [chance.between(4, 25), chance.between(2, 12)];
  const [width, height, warm] = [chance.between(1.5, 6), chance.between(6, 14), chance.between(28, 35)];
  return {
    seconds,
    paint: (moment, now) =>
      paintWarm(moment, { x: from + ((to - from) * now) / seconds, y, width, height, celsius: warm }),
  };
}

/** Somebody comes, sits for minutes, leans and shifts, and goes. */
function sitter(chance: Chance): Happening {
  const [x, y, seconds] = [chance.between(3, 24), chance.between(4, 12), chance.between(120, 400)];
  const [width, height, warm] = [chance.between(3, 7), chance.between(6, 11), chance.between(29, 36)];
  const [pace, lean] = [chance.between(0.02, 0.4), chance.between(0.3, 2.5)];
  return {
    seconds,
    paint(moment, now) {
      const comes = now < 6 ? (6 - now) * 3 : now > seconds - 6 ? (now - seconds + 6) * 3 : 0;
      const sway = lean * Math.sin(now * pace) * Math.sin(now * pace * 0.37);
      paintWarm(moment, { x: x + sway + comes, y: y + sway / 3, width, height, celsius: warm });
    },
  };
}

function hotDrink(chance: Chance): Happening {
  const [x, y, warm] = [chance.between(2, 29), chance.between(6, 21), chance.between(42, 58)];
  const width = chance.between(0.5, 2);
  return {
    seconds: 300,
    paint: (moment, now) =>
      paintWarm(moment, { x, y, width, height: width, celsius: 26 + (warm - 26) * Math.exp(-now / 500) }),
  };
}

function sun(chance: Chance): Happening {
  const [x, y, most] = [chance.between(0, 24), chance.between(0, 16), chance.between(3, 18)];
  const [width, height] = [chance.between(3, 12), chance.between(2, 8)];
  const [onSensor, trips] = [chance.happens(0.5) ? chance.between(0.05, 0.6) : 0, chance.happens(0.3)];
  let cloud = 1;
  return {
    seconds: 600,
    paint(moment, now, random) {
      cloud = Math.min(1, Math.max(0.3, cloud + 0.01 * random.normal()));
      const share = swell(now, 150, 450, 600) * cloud;
      paintWarm(moment, { x: x + now / 300, y, width, height, celsius: 25 + share * most });
      moment.flame = Math.max(moment.flame, onSensor * share);
      moment.trips ||= trips && onSensor * share > 0.2;
    },
  };
}

function cooking(chance: Chance): Happening {
  const [most, vapour, seconds] = [
    chance.between(3, 26),
    chance.between(0.2, 0.65),
    chance.between(240, 900),
  ];
  const seen = chance.happens(0.3);
  const [x, y, warm] = [chance.between(4, 26), chance.between(8, 20), chance.between(40, 57)];
  return {
    seconds,
    paint(moment, now, random) {
      const share = swell(now, seconds * 0.3, seconds * 0.7, seconds);
      const gust = Math.max(0, 0.7 + 0.3 * Math.sin(now / 17) + 0.1 * random.normal());
      moment.smokePercent += most * share * gust;
      moment.gasRatio *= 1 - vapour * share;
      if (seen) paintWarm(moment, { x, y, width: 2.5, height: 1, celsius: 25 + share * (warm - 25) });
    },
  };
}

function steam(chance: Chance): Happening {
  const [most, seconds] = [chance.between(10, 40), chance.between(40, 130)];
  return {
    seconds,
    paint(moment, now) {
      moment.smokePercent += most * swell(now, 15, seconds * 0.6, seconds);
    },
  };
}

/** Disinfectant, paint, a spilt spirit: much for the gas sensor, nothing for the others. */
function cleaning(chance: Chance): Happening {
  const [most, seconds] = [chance.between(0.5, 0.87), chance.between(180, 500)];
  return {
    seconds,
    paint(moment, now) {
      moment.gasRatio *= 1 - most * swell(now, 20, seconds * 0.4, seconds);
    },
  };
}

function lighter(chance: Chance): Happening {
  const [x, y, seconds] = [chance.between(4, 27), chance.between(4, 18), chance.between(1, 6)];
  return {
    seconds,
    paint(moment, _now, random) {
      paintWarm(moment, { x, y, width: 0.3, height: 0.3, celsius: random.between(35, 55) });
      moment.flame = Math.max(moment.flame, random.between(0.1, 0.6));
      moment.trips ||= random.happens(0.7);
    },
  };
}

function candles(chance: Chance): Happening {
  const [x, y, near] = [chance.between(4, 27), chance.between(4, 18), chance.between(0.02, 0.14)];
  return {
    seconds: 120,
    paint(moment, _now, random) {
      paintWarm(moment, { x, y, width: 0.5, height: 0.5, celsius: random.between(31, 40) });
      moment.flame = Math.max(moment.flame, near * random.between(0.6, 1));
    },
  };
}

/** A radiator, a tumble dryer, an engine that was parked: warm, and slow about it. */
function heater(chance: Chance): Happening {
  const [x, y, warm] = [chance.between(0, 20), chance.between(4, 16), chance.between(38, 58)];
  const [width, height, perSecond] = [chance.between(2, 9), chance.between(2, 6), chance.between(0.03, 0.7)];
  const seconds = 2 * ((warm - 25) / perSecond) + 60;
  return {
    seconds,
    paint(moment, now) {
      const celsius = Math.min(warm, 25 + perSecond * now, 25 + (perSecond * (seconds - now)) / 2);
      paintWarm(moment, { x, y, width, height, celsius });
    },
  };
}

function kettle(chance: Chance): Happening {
  const [x, y, warm] = [chance.between(3, 28), chance.between(8, 20), chance.between(42, 72)];
  const [perSecond, most] = [chance.between(0.2, 0.8), chance.between(0, 8)];
  return {
    seconds: 400,
    paint(moment, now) {
      const boils = (warm - 25) / perSecond;
      const celsius = now < boils ? 25 + perSecond * now : 25 + (warm - 25) * Math.exp((boils - now) / 400);
      paintWarm(moment, { x, y, width: 1.2, height: 1.5, celsius });
      if (now > boils * 0.8 && now < boils + 30) moment.smokePercent += most;
    },
  };
}

/** The air conditioning, a door in winter: the whole view, or half of it, drifts. */
function draught(chance: Chance): Happening {
  const [by, seconds, half] = [chance.between(-6, 5), chance.between(60, 400), chance.happens(0.5)];
  return {
    seconds,
    paint({ celsius }, now) {
      const share = swell(now, seconds * 0.2, seconds * 0.6, seconds) * by;
      for (let cell = 0; cell < pixels; cell++) {
        if (!half || cell % columns < columns / 2) celsius[cell] = (celsius[cell] ?? 0) + share;
      }
    },
  };
}

function glitch(chance: Chance): Happening {
  const [seconds, counts] = [chance.happens(0.8) ? 1 : 2.5, chance.pick([0, 4_095, 2_048] as const)];
  return {
    seconds,
    paint(moment) {
      moment.glitch = counts;
    },
  };
}

/** A frame that the line garbled: some cells hold anything. */
function tornFrame(chance: Chance): Happening {
  const [from, cells] = [chance.whole(0, 700), chance.whole(1, 60)];
  return {
    seconds: 1,
    paint({ celsius }: Moment, _now, random) {
      for (let cell = from; cell < Math.min(pixels, from + cells); cell++) {
        celsius[cell] = random.between(-60, 320);
      }
    },
  };
}

/** A pixel that begins to fail: it shows anything, now and then. */
function brokenPixel(chance: Chance): Happening {
  const [cell, warm] = [chance.whole(0, pixels - 1), chance.between(40, 150)];
  return {
    seconds: 300,
    paint({ celsius }, _now, random) {
      if (random.happens(0.1)) celsius[cell] = warm;
    },
  };
}

export const nuisances = {
  walker: { make: walker, perMonth: 1_500 },
  sitter: { make: sitter, perMonth: 240 },
  hotDrink: { make: hotDrink, perMonth: 90 },
  sun: { make: sun, perMonth: 60 },
  cooking: { make: cooking, perMonth: 75 },
  steam: { make: steam, perMonth: 30 },
  cleaning: { make: cleaning, perMonth: 6 },
  lighter: { make: lighter, perMonth: 15 },
  candles: { make: candles, perMonth: 2 },
  heater: { make: heater, perMonth: 90 },
  kettle: { make: kettle, perMonth: 45 },
  draught: { make: draught, perMonth: 150 },
  glitch: { make: glitch, perMonth: 120 },
  tornFrame: { make: tornFrame, perMonth: 90 },
  brokenPixel: { make: brokenPixel, perMonth: 1 },
} as const satisfies Record<string, { make: (chance: Chance) => Happening; perMonth: number }>;
export type NuisanceName = keyof typeof nuisances;
