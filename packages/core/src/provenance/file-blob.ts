/**
 * A file as the reader of manifests takes it: it reads parts of a `Blob` with a `FileReaderSync`, of which Node has none. Here both
 * stand on a file that the process holds open, so that no more of it is in memory than is read at a time.
 */
import { readSync } from "node:fs";
import type { OpenFile } from "./messages.ts";

class FilePart {
  readonly #descriptor: number;
  readonly #from: number;
  readonly size: number;

  constructor(descriptor: number, from: number, size: number) {
    this.#descriptor = descriptor;
    this.#from = from;
    this.size = size;
  }

  /** As a blob's. */
  slice(from: number, to: number): FilePart {
    const start = Math.min(Math.max(0, from), this.size);
    const end = Math.min(Math.max(start, to), this.size);
    return new FilePart(this.#descriptor, this.#from + start, end - start);
  }

  /** @throws RangeError when the file has become shorter */
  read(): ArrayBuffer {
    const bytes = new Uint8Array(this.size);
    for (let filled = 0; filled < this.size; ) {
      const count = readSync(this.#descriptor, bytes, filled, this.size - filled, this.#from + filled);
      if (count === 0) throw new RangeError("the file is shorter than it was");
      filled += count;
    }
    return bytes.buffer;
  }
}

/** Only parts of files are ever read with it. */
class FileReader {
  readAsArrayBuffer(part: FilePart): ArrayBuffer {
    return part.read();
  }
}

/** Called once in the thread that reads. */
export function provideFileReader(): void {
  Object.defineProperty(globalThis, "FileReaderSync", { value: FileReader });
}

export function blobOf({ descriptor, bytes }: OpenFile): Blob {
  return new FilePart(descriptor, 0, bytes) as unknown as Blob;
}
