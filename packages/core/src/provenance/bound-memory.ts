/**
 * Gives a WebAssembly module a bound on its memory: a module that was built without one may grow to 4 GiB, whatever the
 * process can spare. Growing beyond it fails inside the module, as if the machine had no more.
 *
 * The binary format: https://webassembly.github.io/spec/core/binary/modules.html
 */

const memorySection = 5;
const pageBytes = 64 * 1024;

/** @throws RangeError when the module does not declare exactly one memory, or needs more from its start */
export function boundMemory(module: Uint8Array, bytesMax: number): Uint8Array {
  const pagesMax = Math.floor(bytesMax / pageBytes);
  for (let at = 8; at < module.length; ) {
    const id = module[at];
    const length = readNumber(module, at + 1);
    const end = length.end + length.value;
    if (id === memorySection) {
      const pages = readPages(module, length.end);
      if (pages > pagesMax) {
        throw new RangeError(`the module needs ${pages * pageBytes} bytes, more than ${bytesMax}`);
      }
      // One memory, with a bound (flag 1).
      const section = [1, 1, ...writeNumber(pages), ...writeNumber(pagesMax)];
      return Buffer.concat([
        module.subarray(0, at),
        Uint8Array.from([memorySection, ...writeNumber(section.length), ...section]),
        module.subarray(end),
      ]);
    }
    at = end;
  }
  throw new RangeError("the module declares no memory");
}

function readPages(module: Uint8Array, at: number): number {
  const count = readNumber(module, at);
  const flags = module[count.end];
  if (count.value !== 1 || (flags !== 0 && flags !== 1)) {
    throw new RangeError("expected a module with one memory that is not shared");
  }
  return readNumber(module, count.end + 1).value;
}

/** LEB128, unsigned. */
function readNumber(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  for (let at = from, factor = 1; at < bytes.length; at += 1, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new RangeError("the module is cut short");
}

function writeNumber(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...writeNumber(value >>> 7)];
}
