/**
 * A ZIP archive that grows in a file, a piece at a time, so that it may be larger than memory. It has a list of the SHA-256 of
 * its files at its end, as `sha256sum --check` reads it, and a signature over that list.
 */
import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { signatureOf } from "@vigil/verify/bundle";
import { type Signer, signNote } from "@vigil/verify/seal";
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

export type Archive = {
  /** How much of it is written, and how many files it has. */
  size(): { bytes: number; files: number };
  /** A file of which all is known. */
  add(name: string, bytes: Uint8Array): Promise<void>;
  /** A file that comes in pieces, and is compressed. Nothing else is added before it ends. */
  begin(name: string): { push(bytes: Uint8Array): Promise<void>; end(): Promise<void> };
  /** Adds the list of sums and its signature, and closes the file. @returns what it is now */
  end(signer: Signer): Promise<{ bytes: number; sha256: string; files: number }>;
  /** Closes the file as it is. */
  abandon(): Promise<void>;
};

/** Pieces of pictures and texts are written together. */
const heldBytesMax = 4 * 1024 * 1024;

/** @param path a file that does not exist yet */
export async function openArchive(path: string): Promise<Archive> {
  const handle = await open(path, "wx");
  const out = createOut(handle);
  const zip = new Zip((error, piece) => out.take(error, piece));
  const sums: string[] = [];
  const note = (name: string, hash: Hash) => sums.push(`${hash.digest("hex")}  ${name}\n`);
  const addWhole = async (name: string, bytes: Uint8Array) => {
    const file = new ZipPassThrough(name);
    zip.add(file);
    file.push(bytes, true);
    await out.settle();
  };
  return {
    size: () => ({ bytes: out.bytes(), files: sums.length }),
    async add(name, bytes) {
      note(name, createHash("sha256").update(bytes));
      await addWhole(name, bytes);
    },
    begin(name) {
      const file = new ZipDeflate(name, { level: 6 });
      const hash = createHash("sha256");
      zip.add(file);
      return {
        async push(bytes) {
          hash.update(bytes);
          file.push(bytes);
          await out.settle();
        },
        async end() {
          file.push(new Uint8Array(), true);
          note(name, hash);
          await out.settle();
        },
      };
    },
    async end(signer) {
      const files = sums.length;
      const list = sums.join("");
      await addWhole("SHA256SUMS", Buffer.from(list));
      await addWhole("SHA256SUMS.sig", Buffer.from(signatureOf(await signNote(list, signer))));
      zip.end();
      const whole = await out.end();
      await handle.close();
      return { ...whole, files };
    },
    async abandon() {
      zip.terminate();
      await handle.close();
    },
  };
}

/** What comes out of the archive, on its way into the file. */
function createOut(handle: FileHandle) {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let bytes = 0;
  let fault: Error | undefined;
  const hash = createHash("sha256");
  const write = async () => {
    const pieces = held;
    [held, heldBytes] = [[], 0];
    if (pieces.length > 0) await handle.writeFile(Buffer.concat(pieces));
  };
  return {
    bytes: () => bytes,
    take(error: Error | null, piece: Uint8Array) {
      if (error) {
        fault = error;
        return;
      }
      hash.update(piece);
      bytes += piece.byteLength;
      heldBytes += piece.byteLength;
      held.push(piece);
    },
    async settle() {
      if (fault) throw fault;
      if (heldBytes >= heldBytesMax) await write();
    },
    async end() {
      if (fault) throw fault;
      await write();
      return { bytes, sha256: hash.digest("hex") };
    },
  };
}
