/**
 * A simulated device in a room: its noise, its idle levels, its faults; and what happens before it, painted on top.
 * The figures of the noise are those of a real device: 0.1 to 0.5 K a cell, 1 to 4 counts on the smoke input.
 */
import { columns, pixels, rows } from "../../src/thermal/grid.ts";
import { type Chance, chanceOf } from "./chance.ts";

/** What the room is like at one instant; happenings change it, and the device then measures it. */
export type Moment = {
  celsius: Float32Array;
  smokePercent: number;
  /** 0 to 1: how much of its range the flame sensor leaves its idle level by. */
  flame: number;
  /** Whether the flame sensor's switched output trips. */
  trips: boolean;
  /** Resistance of the gas sensor over that in clean air. */
  gasRatio: number;
  /** The frame does not arrive, as some never do. */
  frameLost: boolean;
  /** Counts that replace what the inputs measure, for a glitch; NaN: none. */
  glitch: number;
};

/** Changes a moment, `seconds` after its own beginning. */
export type Happening = { seconds: number; paint(moment: Moment, seconds: number, chance: Chance): void };

export type Sample = {
  adc1: number;
  adc2: number;
  adc3: number;
  digital: number;
  celsius: Float32Array | undefined;
};

export type Room = {
  readonly chance: Chance;
  /** The device's sample of a moment in which these happenings are so many seconds old. Lent until the next. */
  sample: (now: readonly { happening: Happening; seconds: number }[]) => Sample;
  readonly periodSeconds: number;
};

const noiseTable = makeNoise();
const clamp = (value: number) => Math.max(0, Math.min(4_095, Math.round(value)));

/** `needsFlame`: the device has a flame sensor, as all but one of twenty have. */
export function createRoom(seed: number, needsFlame = false): Room {
  const chance = chanceOf(seed);
  const [base, stray] = [new Float32Array(pixels), new Float32Array(pixels)];
  const air = chance.between(14, 30);
  const [tiltX, tiltY, noise] = [chance.between(-1.5, 1.5), chance.between(-1, 2), chance.between(0.1, 0.25)];
  for (let cell = 0; cell < pixels; cell++) {
    const [x, y] = [(cell % columns) / columns, Math.floor(cell / columns) / rows];
    base[cell] = air + tiltX * x + tiltY * (1 - y);
    const corner = Math.hypot(x - 0.5, y - 0.5);
    stray[cell] = noise * (0.8 + 1.5 * corner ** 2) * chance.between(0.8, 1.4);
  }
  const idle = {
    smoke: chance.between(4, 12),
    flame: chance.between(20, 80),
    flameSign: chance.pick([-1, 1] as const),
    restsAt: chance.happens(0.15) ? 1 : 0,
    gasCounts: chance.happens(0.7) ? chance.between(150, 900) : 2,
  };
  const hasFlame = !chance.happens(0.05) || needsFlame;
  const moment: Moment = { celsius: new Float32Array(pixels), ...still() };

  return {
    chance,
    periodSeconds: chance.pick([1, 1, 1, 0.5, 2] as const),
    sample(now) {
      Object.assign(moment, still());
      const from = chance.whole(0, noiseTable.length - pixels - 1);
      for (let cell = 0; cell < pixels; cell++) {
        moment.celsius[cell] = (base[cell] ?? 0) + (stray[cell] ?? 0) * (noiseTable[from + cell] ?? 0);
      }
      moment.frameLost = chance.happens(0.02);
      for (const { happening, seconds } of now) happening.paint(moment, seconds, chance);
      const glitch = moment.glitch >= 0 ? moment.glitch : undefined;
      const smoke = ((idle.smoke + moment.smokePercent) * 4_095) / 100 + 2 * chance.normal();
      const room = idle.flameSign > 0 ? 100 - idle.flame : idle.flame;
      const flame = idle.flame + idle.flameSign * moment.flame * room + 0.15 * chance.normal();
      const load = idle.gasCounts / (4_095 - idle.gasCounts);
      const gas = (4_095 * load) / (load + moment.gasRatio) + 2 * chance.normal();
      return {
        adc1: clamp(glitch ?? smoke),
        adc2: hasFlame ? clamp(glitch ?? (flame * 4_095) / 100) : Number.NaN,
        adc3: clamp(glitch ?? gas),
        digital: hasFlame ? (moment.trips ? 1 - idle.restsAt : idle.restsAt) : Number.NaN,
        celsius: moment.frameLost ? undefined : moment.celsius,
      };
    },
  };
}

function still() {
  return { smokePercent: 0, flame: 0, trips: false, gasRatio: 1, frameLost: false, glitch: Number.NaN };
}

function makeNoise(): Float32Array {
  const chance = chanceOf(640);
  return Float32Array.from({ length: 65_536 }, () => chance.normal());
}

/**
 * A warm thing: `celsius` within its outline, fading over a cell and a half around it, as the optics blur it. It only
 * ever covers what is cooler.
 */
export function paintWarm(
  { celsius }: Moment,
  at: { x: number; y: number; width: number; height: number; celsius: number },
): void {
  const [left, right] = [
    Math.max(0, Math.floor(at.x - 2)),
    Math.min(columns - 1, Math.ceil(at.x + at.width + 2)),
  ];
  const [top, bottom] = [
    Math.max(0, Math.floor(at.y - 2)),
    Math.min(rows - 1, Math.ceil(at.y + at.height + 2)),
  ];
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const away = Math.hypot(
        Math.max(at.x - x, 0, x - at.x - at.width),
        Math.max(at.y - y, 0, y - at.y - at.height),
      );
      const share = away <= 0 ? 1 : Math.max(0, 1 - away / 1.5) ** 2;
      const cell = y * columns + x;
      const there = celsius[cell] ?? 0;
      if (share > 0 && at.celsius > there) celsius[cell] = there + share * (at.celsius - there);
    }
  }
}
