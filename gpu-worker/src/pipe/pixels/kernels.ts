/** The functions of ./kernels.wat over a memory of their own. `npm run build:kernels` makes ./kernels.wasm of it. */
import { readFileSync } from "node:fs";

/** Places and lengths in bytes of the memory. What each does stands in ./kernels.wat. */
type Functions = {
  blendRows(upper: number, lower: number, target: number, length: number, weight: number): void;
  blendPixels(line: number, positions: number, target: number, steps: number): void;
  averageLuma(upper: number, lower: number, target: number, steps: number): void;
};

export type Kernels = Functions & {
  /** The memory, `bytes` of it at least and as much more as the functions may overrun. The next call may move it. */
  reserve(bytes: number): ArrayBuffer;
};

const pageBytes = 65_536;
const overrunBytes = 16;

const compiled = new WebAssembly.Module(readFileSync(new URL("./kernels.wasm", import.meta.url)));

export function createKernels(): Kernels {
  const { memory, ...functions } = new WebAssembly.Instance(compiled).exports as Functions & {
    memory: WebAssembly.Memory;
  };
  return {
    ...functions,
    reserve(bytes) {
      const lacking = bytes + overrunBytes - memory.buffer.byteLength;
      if (lacking > 0) memory.grow(Math.ceil(lacking / pageBytes));
      return memory.buffer;
    },
  };
}
