/** What travels between the decoder and its threads. Pixels go into shared memory: no message carries them. */
import type { DecodedImage, DecodeOptions } from "./decode-image.ts";
import type { UnreadableReason } from "./unreadable-image.ts";

/** `close`: end once everything that was asked has been answered. */
export type ToDecodeThread =
  | { kind: "decode"; id: number; bytes: Uint8Array; options: DecodeOptions; memory: SharedArrayBuffer }
  | { kind: "close" };

/** Answers come in any order. */
export type FromDecodeThread = { id: number } & (
  | { kind: "decoded"; image: DecodedImage }
  | { kind: "unreadable"; reason: UnreadableReason; detail: string }
  | { kind: "failed"; reason: string }
);
