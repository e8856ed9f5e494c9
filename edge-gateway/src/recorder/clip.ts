/** A stretch of a camera's recording as one MP4: the segments put one behind the other by ffmpeg, nothing encoded anew. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Ring } from "./ring.ts";
import type { Segment } from "./segment.ts";

export const clipMsMax = 10 * 60_000;
const makingMsMax = 60_000;
const wordsMax = 2_000;

export type Clip = {
  path: string;
  bytes: number;
  /** Of the file, in hex. */
  sha256: string;
  /** What it shows: whole segments, so a little more than was asked for. */
  fromMs: number;
  toMs: number;
  /** Removes the file. */
  discard(): Promise<void>;
};

export type ClipOptions = {
  ring: Ring;
  folder: string;
  /** The ffmpeg program. */
  program: string;
  /** Another one than that of every other clip that is being made. */
  id: string;
};

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

async function* bytesOf(ring: Ring, segments: readonly Segment[]): AsyncGenerator<Buffer> {
  for (const segment of segments) {
    const bytes = await ring.read(segment);
    if (bytes) yield bytes;
  }
}

/** Rejects with what ffmpeg says when it makes none of it. */
export async function makeClip(
  { ring, folder, program, id }: ClipOptions,
  segments: readonly Segment[],
): Promise<Clip> {
  const path = join(folder, `clip-${id}.part`);
  const discard = () => rm(path, { force: true });
  const output = ["-c", "copy", "-movflags", "+faststart", "-f", "mp4", "-y", path];
  const child = spawn(
    program,
    [["-hide_banner", "-loglevel", "error", "-f", "mpegts", "-i", "pipe:0", "-map", "0:v:0"], output].flat(),
    { stdio: ["pipe", "ignore", "pipe"], timeout: makingMsMax, killSignal: "SIGKILL" },
  );
  let words = "";
  child.stderr.on("data", (piece: Buffer) => {
    words = (words + piece.toString("latin1")).slice(-wordsMax);
  });
  const closed = once(child, "close") as Promise<[number | null]>;
  try {
    // What ffmpeg thinks of its input it says by its exit code.
    const fed = pipeline(bytesOf(ring, segments), child.stdin).catch(() => undefined);
    const [[code]] = await Promise.all([closed, fed]);
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    if (code !== 0 || size === 0) throw new Error(words.trim().split("\n").at(-1) || "ffmpeg made no clip");
    const [first, last] = [segments[0], segments.at(-1)];
    const [fromMs, toMs] = [first?.startMs ?? 0, (last?.startMs ?? 0) + (last?.ms ?? 0)];
    return { path, bytes: size, sha256: await hashOf(path), fromMs, toMs, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}
