import type { Shift } from "./estimate-shift.ts";
import type { Fingerprint } from "./fingerprint.ts";

/**
 * The cells of a frame as they would be if the camera had moved by `shift` cells: the finer copy is interpolated
 * (Catmull-Rom, first along rows, then along columns) and averaged. Cells at the edges are as good as the nearest
 * pixels allow.
 */
export function shifted({ quarters, columns, rows }: Fingerprint, { x, y }: Shift): Float32Array {
  const wide = columns * 2;
  const tall = rows * 2;
  const alongRows = new Float32Array(quarters.length);
  interpolate(quarters, alongRows, { lines: tall, lineStep: wide, length: wide, step: 1, by: x * 2 });
  const moved = new Float32Array(quarters.length);
  interpolate(alongRows, moved, { lines: wide, lineStep: 1, length: tall, step: wide, by: y * 2 });
  const cells = new Float32Array(columns * rows);
  for (let row = 0, to = 0; row < rows; row += 1) {
    let upper = row * 2 * wide;
    for (let column = 0; column < columns; column += 1, to += 1, upper += 2) {
      const lower = upper + wide;
      cells[to] = (at(moved, upper) + at(moved, upper + 1) + at(moved, lower) + at(moved, lower + 1)) / 4;
    }
  }
  return cells;
}

type Lines = {
  lines: number;
  lineStep: number;
  /** Samples of a line, and the distance from one to the next in memory. */
  length: number;
  step: number;
  /** Sample n of the result lies at n + `by` of the source. */
  by: number;
};

function interpolate(from: Uint8Array | Float32Array, to: Float32Array, lines: Lines): void {
  const { length, step } = lines;
  const whole = Math.floor(lines.by);
  const [before, here, next, after] = catmullRom(lines.by - whole);
  const last = length - 1;
  for (let line = 0; line < lines.lines; line += 1) {
    const start = line * lines.lineStep;
    for (let sample = 0; sample < length; sample += 1) {
      const position = sample + whole;
      to[start + sample * step] =
        before * at(from, start + clamp(position - 1, last) * step) +
        here * at(from, start + clamp(position, last) * step) +
        next * at(from, start + clamp(position + 1, last) * step) +
        after * at(from, start + clamp(position + 2, last) * step);
    }
  }
}

/** Weights of four neighbours for a point at `fraction` between the second and the third. */
function catmullRom(fraction: number): readonly [number, number, number, number] {
  const squared = fraction * fraction;
  const cubed = squared * fraction;
  return [
    (-cubed + 2 * squared - fraction) / 2,
    (3 * cubed - 5 * squared + 2) / 2,
    (-3 * cubed + 4 * squared + fraction) / 2,
    (cubed - squared) / 2,
  ];
}

function clamp(index: number, last: number): number {
  return index < 0 ? 0 : index > last ? last : index;
}

function at(values: Uint8Array | Float32Array, index: number): number {
  return values[index] as number;
}
