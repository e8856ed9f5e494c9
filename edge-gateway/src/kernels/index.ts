/**
 * The arithmetic over a frame's digits and cells: the functions of ./kernels.wat, over a memory of their own.
 * `npm run build:kernels` makes ./kernels.wasm of it.
 */
import { readFileSync } from "node:fs";

/** Places in bytes of the memory, which is one page of 64 KiB and stays where it is. What each does stands in ./kernels.wat. */
export type Kernels = {
  memory: { readonly buffer: ArrayBuffer };
  /** `steps` of sixteen digits. 1 when every one was a digit. */
  readHex(digits: number, bytes: number, steps: number): 0 | 1;
  decode(frame: number, tables: number, terms: number, celsius: number): void;
  countOutside(cells: number, low: number, high: number): number;
  findHottest(cells: number, four: number): void;
};

const compiled = new WebAssembly.Module(readFileSync(new URL("./kernels.wasm", import.meta.url)));

export function createKernels(): Kernels {
  return new WebAssembly.Instance(compiled).exports as Kernels;
}
