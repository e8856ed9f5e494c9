/**
 * Whether somebody has covered, turned or defocused the camera, by what the picture was like before. Darkness is no
 * tampering, because lights go out; it is told as a fault, because nothing is seen.
 */
import { cellColumns, cellSide, cells, greyHeight, greyWidth } from "./grey.ts";

export type Tampering = "covered" | "moved" | "defocused" | "dark";

export type TamperWatch = {
  /** Tells each once, when it has lasted; and `undefined` for as long as nothing new is to be told. */
  look(frame: Uint8Array, monotonicMs: number): Tampering | undefined;
};

const learnSeconds = 60;
/** The picture must be known for so long before it can be missed. */
const knownMs = 20_000;
const lastsMs: Record<Tampering, number> = { covered: 8_000, moved: 15_000, defocused: 30_000, dark: 60_000 };
const darkLevel = 14;
/** Out of focus, and covered, are so little of the usual sharpness; covered is also so little of the usual relief. */
const sharpnessLeft = 0.3;
const reliefLeft = 0.25;
/** How alike the steps of two pictures of the same view are, at the least, whatever the light. */
const likenessMin = 0.35;
/** A view without steps (fog, a white wall) cannot be told from a covered one. */
const sharpnessMin = 4;
/** Smaller steps are the sensor's noise. */
const stepMin = 8;

/** Of a frame: its mean level; how sharp it is; how much its cells differ; and the steps between pixels in each cell. */
type Look = { level: number; sharpness: number; relief: number; steps: Float32Array };

export function createTamperWatch(): TamperWatch {
  let usual: Look | undefined;
  let [firstMs, lastMs] = [0, 0];
  let suspected: { what: Tampering; sinceMs: number; isTold: boolean } | undefined;

  function judge(known: Look, { level, sharpness, relief, steps }: Look): Tampering | undefined {
    if (level < darkLevel) return "dark";
    if (known.sharpness < sharpnessMin) return undefined;
    const isBlurred = sharpness < sharpnessLeft * known.sharpness;
    if (isBlurred && relief < reliefLeft * known.relief) return "covered";
    if (isBlurred) return "defocused";
    return likeness(known.steps, steps) < likenessMin ? "moved" : undefined;
  }

  return {
    look(frame, monotonicMs) {
      const seen = measure(frame);
      const seconds = Math.max(0, (monotonicMs - lastMs) / 1_000);
      lastMs = monotonicMs;
      if (!usual) [usual, firstMs] = [seen, monotonicMs];
      const what = judge(usual, seen);
      if (what === undefined) {
        suspected = undefined;
        learn(usual, seen, Math.min(1, seconds / learnSeconds));
        return undefined;
      }
      if (suspected?.what !== what) suspected = { what, sinceMs: monotonicMs, isTold: false };
      const isKnown = suspected.sinceMs - firstMs >= knownMs;
      if (suspected.isTold || monotonicMs - suspected.sinceMs < lastsMs[what]) return undefined;
      suspected.isTold = true;
      // Another view is the usual one from now on; a covered one is not.
      if (what === "moved") [usual, firstMs] = [seen, monotonicMs];
      return isKnown || what === "dark" ? what : undefined;
    },
  };
}

function learn(usual: Look, seen: Look, share: number): void {
  usual.sharpness += share * (seen.sharpness - usual.sharpness);
  usual.relief += share * (seen.relief - usual.relief);
  for (let cell = 0; cell < cells; cell++) {
    const old = usual.steps[cell] ?? 0;
    usual.steps[cell] = old + share * ((seen.steps[cell] ?? 0) - old);
  }
}

/** Sharpness is a mean square, because a blurred edge has as many steps as a sharp one, only smaller. */
function measure(frame: Uint8Array): Look {
  const [steps, levels] = [new Float32Array(cells), new Float32Array(cells)];
  let squares = 0;
  for (let y = 0; y < greyHeight - 1; y++) {
    const row = Math.floor(y / cellSide) * cellColumns;
    for (let x = 0; x < greyWidth - 1; x++) {
      const pixel = y * greyWidth + x;
      const value = frame[pixel] ?? 0;
      const right = Math.abs(value - (frame[pixel + 1] ?? 0));
      const step = right + Math.abs(value - (frame[pixel + greyWidth] ?? 0));
      const cell = row + Math.floor(x / cellSide);
      steps[cell] = (steps[cell] ?? 0) + step;
      levels[cell] = (levels[cell] ?? 0) + value / (cellSide * cellSide);
      squares += Math.max(0, step - stepMin) ** 2;
    }
  }
  const level = meanOf(levels);
  const relief = Math.sqrt(meanOf(levels.map((own) => (own - level) ** 2)));
  return { level, sharpness: squares / ((greyHeight - 1) * (greyWidth - 1)), relief, steps };
}

const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pearson's correlation: -1 to 1, whatever the strength of the light. */
function likeness(a: Float32Array, b: Float32Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [both, ownA, ownB] = [0, 0, 0];
  a.forEach((value, cell) => {
    const [offA, offB] = [value - meanA, (b[cell] ?? 0) - meanB];
    both += offA * offB;
    ownA += offA * offA;
    ownB += offB * offB;
  });
  return ownA > 0 && ownB > 0 ? both / Math.sqrt(ownA * ownB) : 0;
}
