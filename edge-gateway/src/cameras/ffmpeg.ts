/**
 * ffmpeg as a child: it decodes what a camera sends into small grey frames, of one size whatever the camera's, and into
 * JPEGs. It gets only what the operator has named: the kind of input is given, never guessed from what a camera answers.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { pids } from "../recorder/split-segments.ts";
import { greyBytes, greyHeight, greyWidth } from "./grey.ts";
import { createJpegSplitter } from "./split-jpegs.ts";

/** What differs between versions: the options' names. */
export type Ffmpeg = { program: string; isOld: boolean };

const probeMsMax = 10_000;
const pixelsMax = 7_680 * 4_320;
export const pictureBytesMax = 5 * 1024 * 1024;
const wordsMax = 2_000;
const greyPerSecond = 5;
const picturesPerSecond = 2;
/** Longer than the watchdog: it ends a child whose gateway was killed. */
const silentMsMax = 15_000;

const howToGet =
  "install it (Debian: apt install ffmpeg; macOS: brew install ffmpeg), or name the program in cameras.ffmpeg";

/** Asks the program what it is. Rejects with what to do where there is none. */
async function findFfmpeg(program: string): Promise<Ffmpeg> {
  try {
    const { stdout } = await promisify(execFile)(program, ["-hide_banner", "-h", "demuxer=rtsp"], {
      timeout: probeMsMax,
      maxBuffer: 1024 * 1024,
    });
    if (!/rtsp/i.test(stdout)) throw new Error("it reads no RTSP");
    return { program, isOld: stdout.includes("-stimeout") };
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const why = isMissing ? "is not there" : `does not work (${firstLine(error)})`;
    throw new Error(`${program} ${why}: ${howToGet}`, { cause: error });
  }
}

/** Asks once for all cameras, and again after a failure: it may have been installed since. */
export function ffmpegFinder(program: string): () => Promise<Ffmpeg> {
  let found: Promise<Ffmpeg> | undefined;
  return () => {
    found ??= findFfmpeg(program).catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

const firstLine = (error: unknown) =>
  String(error instanceof Error ? error.message : error).split("\n", 1)[0];

export type Decoding = {
  /** Resolves with why, when it has ended. */
  ended: Promise<string>;
  /** At once: ffmpeg may hang on a camera that has stalled. */
  kill(): void;
};

export type Decoded = {
  onGrey: (frame: Uint8Array) => void;
  onPicture: (jpeg: Buffer) => void;
  /** Asks for the stream itself as well, undecoded, in an MPEG transport stream. */
  onStream?: ((bytes: Buffer) => void) | undefined;
};

const common = ["-hide_banner", "-nostdin", "-loglevel", "error", "-threads", "1"];
const grey = `scale=${greyWidth}:${greyHeight}:flags=area,format=gray`;

function unpaced({ isOld }: Ffmpeg): string[] {
  return isOld ? ["-vsync", "passthrough"] : ["-fps_mode", "passthrough"];
}

const output = (rate: number, filter: string) => ["-map", "0:v:0", "-vf", `fps=${rate},${filter}`];

/** What a decoder needs to know of the stream is put before each key frame, so that it can be cut there. */
const undecoded = [
  ["-map", "0:v:0", "-c", "copy", "-bsf:v", "dump_extra", "-f", "mpegts"],
  ["-mpegts_pmt_start_pid", String(pids.tables), "-mpegts_start_pid", String(pids.video), "pipe:4"],
].flat();

export type Input = {
  arguments: readonly string[];
  /** What is not to be told: whatever ffmpeg says of its input, it says with its address. */
  secret?: string;
};

/** @param url with the credentials that the camera wants; they are seen in the list of processes */
export function rtspInput(ffmpeg: Ffmpeg, url: string): Input {
  const socket = [ffmpeg.isOld ? "-stimeout" : "-timeout", String(silentMsMax * 1_000)];
  // What the stream is stands in its first key frame; its rate, which would take seconds to find out, is not needed.
  const probing = ["-fpsprobesize", "0", "-analyzeduration", "4000000"];
  const transport = ["-rtsp_transport", "tcp", "-allowed_media_types", "video"];
  return { arguments: [...socket, ...probing, ...transport, "-i", url], secret: url };
}

export function decodeStream(
  ffmpeg: Ffmpeg,
  input: Input,
  { onGrey, onPicture, onStream }: Decoded,
): Decoding {
  // The times of cameras leap and drift: what counts is when a frame came.
  const timed = ["-use_wallclock_as_timestamps", "1", "-max_pixels", String(pixelsMax)];
  const child = spawn(
    ffmpeg.program,
    [
      [...common, ...timed, ...input.arguments],
      [...output(greyPerSecond, grey), ...unpaced(ffmpeg), "-f", "rawvideo", "pipe:1"],
      [...output(picturesPerSecond, "scale=min(1920\\,iw):-2"), ...unpaced(ffmpeg)],
      ["-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p", "-f", "image2pipe", "pipe:3"],
      onStream ? undecoded : [],
    ].flat(),
    { stdio: ["ignore", "pipe", "pipe", "pipe", onStream ? "pipe" : "ignore"] },
  );
  if (onStream) (child.stdio[4] as Readable).on("data", onStream);
  const splitter = createJpegSplitter(pictureBytesMax);
  (child.stdio[3] as Readable).on("data", (piece: Buffer) => {
    for (const picture of splitter.take(piece)) onPicture(picture);
  });
  return watch(child, onGrey, input.secret);
}

/** Pictures that somebody else fetched, each to one grey frame. */
export function decodePictures(
  ffmpeg: Ffmpeg,
  onGrey: Decoded["onGrey"],
): Decoding & { decode(jpeg: Buffer): void } {
  const input = ["-max_pixels", String(pixelsMax), "-f", "mjpeg", "-i", "pipe:0"];
  const child = spawn(
    ffmpeg.program,
    [
      ...common.filter((option) => option !== "-nostdin"),
      ...input,
      "-vf",
      grey,
      ...unpaced(ffmpeg),
      "-f",
      "rawvideo",
      "pipe:1",
    ],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  const sink = child.stdin;
  sink.on("error", () => child.kill("SIGKILL"));
  return {
    ...watch(child, onGrey),
    decode(jpeg) {
      // A decoder that cannot keep up gets no more: the next picture says as much as this one.
      if (!sink.writableNeedDrain) sink.write(jpeg);
    },
  };
}

function watch(child: ChildProcess, onGrey: Decoded["onGrey"], secret?: string): Decoding {
  let words = "";
  child.stderr?.on("data", (piece: Buffer) => {
    words = (words + piece.toString("latin1")).slice(-wordsMax);
  });
  const frame = Buffer.alloc(greyBytes);
  let filled = 0;
  child.stdout?.on("data", (piece: Buffer) => {
    for (let at = 0; at < piece.length; ) {
      const copied = piece.copy(frame, filled, at);
      at += copied;
      filled += copied;
      if (filled < greyBytes) return;
      filled = 0;
      onGrey(frame);
    }
  });
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  child.once("error", (error: NodeJS.ErrnoException) =>
    resolve(`ffmpeg cannot be started: ${error.message}`),
  );
  child.once("close", (code, signal) => {
    const said = lastLine(secret === undefined ? words : words.replaceAll(secret, "the camera"));
    resolve(said || `ffmpeg ended (${signal ?? code})`);
  });
  return { ended, kill: () => void child.kill("SIGKILL") };
}

/** Whatever a camera says is printed by ffmpeg: only what can be shown on one line is kept. */
function lastLine(words: string): string {
  const line = words.trim().split("\n").at(-1) ?? "";
  return line.replaceAll(/[^\x20-\x7e]/g, "").slice(0, 200);
}
