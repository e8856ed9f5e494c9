/** What is asked of a whole view at once. */
import { createKernels } from "../kernels/index.ts";
import { pixels } from "./grid.ts";

const kernels = createKernels();
const places = { cells: 0, four: 4_096 } as const;
const cells = new Float32Array(kernels.memory.buffer, places.cells, pixels);
const four = new Float32Array(kernels.memory.buffer, places.four, 4);

/** How many of the 768 cells lie outside of `low` to `high`, in the unit of the cells; one that is no number does. */
export function countOutside(celsius: Float32Array, low: number, high: number): number {
  cells.set(celsius);
  return kernels.countOutside(places.cells, low, high);
}

/** The greatest of the 768 cells, passing over what is no number; -Infinity when none is one. */
export function hottestOf(celsius: Float32Array): number {
  cells.set(celsius);
  kernels.findHottest(places.cells, places.four);
  return Math.max(four[0] ?? 0, four[1] ?? 0, four[2] ?? 0, four[3] ?? 0);
}
