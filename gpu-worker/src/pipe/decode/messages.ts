/**
 * What travels between the decoder and its processes. A picture's bytes, and what they become, go through a file that
 * both hold open: messages carry what is small.
 */
import type { DecodedImage, DecodeOptions } from "./decode-image.ts";
import type { UnreadableReason } from "./unreadable-image.ts";

/** The file's descriptor in the process, behind its standard streams and the channel of messages. */
export const pixelsDescriptor = 4;

/** The picture is the first `bytes` bytes of the file. */
export type ToDecodeProcess = { id: number; bytes: number; options: DecodeOptions };

/** An image whose pixels, then cells, then quarters lie at the beginning of the file. */
export type ImageInFile = Omit<DecodedImage, "pixels" | "fingerprint"> & {
  fingerprint: Pick<DecodedImage["fingerprint"], "columns" | "rows" | "hash">;
};

export type FromDecodeProcess =
  | { kind: "ready" }
  | ({
      id: number;
      /** Processor time that the picture took, in milliseconds. */
      cpuMs: number;
    } & (
      | { kind: "decoded"; image: ImageInFile }
      | { kind: "unreadable"; reason: UnreadableReason; detail: string }
      | { kind: "failed"; reason: string }
    ));
