/**
 * What the cameras saw: segments of some seconds in a ring on the disk, kept longer where something happened and longest
 * around alarms for life and limb, and cut into clips for whoever asks.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RecordingConfig } from "../cameras-config.ts";
import type { Clock } from "../clock.ts";
import { type Clip, clipMsMax, makeClip } from "./clip.ts";
import { openRing, type Ring } from "./ring.ts";
import { type Kind, type Segment, worthMore } from "./segment.ts";
import { createSegmentWriter, type SegmentWriter } from "./write-segments.ts";

export { type Clip, clipMsMax } from "./clip.ts";
export type { Kind, Segment } from "./segment.ts";

/** Kept before and after what happened. */
const preRollMs = 10_000;
const postRollMs = 20_000;
const clipsAtOnceMax = 2;

const MIB = 1024 * 1024;
const HOUR = 3_600_000;

/** What one camera does with its recording. */
export type CameraRecording = {
  push(bytes: Buffer): void;
  interrupt(): void;
};

export type RecordingState = { segments: number; dropped: number };

export type Recorder = {
  of(camera: string): CameraRecording;
  state(camera: string): RecordingState;
  /** Something happens before the camera now: what it shows is kept from a little before until a little after. */
  keep(camera: string, kind: Exclude<Kind, "ring">): void;
  /** Oldest first. */
  list(camera: string, fromMs: number, toMs: number): Segment[];
  /** The bytes of a segment; undefined when it has gone. */
  read(segment: Segment): Promise<Buffer | undefined>;
  /** Undefined when nothing was recorded then. Rejects with a `ClipRefused` or with what ffmpeg says. */
  clip(camera: string, fromMs: number, toMs: number): Promise<Clip | undefined>;
  stop(): Promise<void>;
};

export class ClipRefused extends Error {
  override readonly name = "ClipRefused";
}

export type RecorderOptions = {
  config: RecordingConfig;
  folder: string;
  cameras: readonly string[];
  clock: Clock;
  /** The ffmpeg program. */
  program: string;
  onFault: (camera: string, text: string) => void;
};

/** Until when what a camera shows counts for more, and what for. */
type Window = { toMs: number; kind: Kind };

function inTurnOf(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}

async function openFolder({ folder, cameras, config }: RecorderOptions): Promise<Ring> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (/^clip-.*\.part$/.test(name)) await rm(join(folder, name), { force: true });
  }
  return openRing(folder, cameras, {
    bytesMax: config.mebibytesMax * MIB,
    freeBytesMin: config.freeMebibytesMin * MIB,
    ageMsMax: {
      ring: config.hours * HOUR,
      event: config.eventDays * 24 * HOUR,
      alarm: config.alarmDays * 24 * HOUR,
    },
  });
}

/** Rejects when the folder cannot be had. */
export async function openRecorder(options: RecorderOptions): Promise<Recorder> {
  const { folder, clock, onFault } = options;
  const ring = await openFolder(options);
  const inTurn = inTurnOf();
  const writers = new Map<string, SegmentWriter>();
  const windows = new Map<string, Window>();
  const failing = new Set<string>();
  const wallMs = () => clock.now().getTime();
  let making = 0;

  function writerOf(camera: string): SegmentWriter {
    return createSegmentWriter({
      camera,
      ring,
      wallMs,
      inTurn,
      kindOf(fromMs) {
        failing.delete(camera);
        const window = windows.get(camera);
        return window && fromMs < window.toMs ? window.kind : "ring";
      },
      onDropped(why) {
        if (!failing.has(camera)) onFault(camera, `${camera} is not recorded: ${why}`);
        failing.add(camera);
      },
    });
  }

  return {
    of(camera) {
      const writer = writers.get(camera) ?? writerOf(camera);
      writers.set(camera, writer);
      return writer;
    },
    state(camera) {
      const { written = 0, dropped = 0 } = writers.get(camera) ?? {};
      return { segments: written, dropped };
    },
    keep(camera, kind) {
      const now = wallMs();
      const open = windows.get(camera);
      const goesOn = open !== undefined && now < open.toMs && !worthMore(kind, open.kind);
      windows.set(camera, { toMs: now + postRollMs, kind: goesOn ? open.kind : kind });
      // What was written since is of the window already.
      if (goesOn) return;
      inTurn(() => ring.keep(camera, now - preRollMs, now, kind)).catch((error: unknown) =>
        onFault(camera, `what ${camera} recorded may go too early: ${String(error)}`),
      );
    },
    list: (camera, fromMs, toMs) => ring.list(camera, fromMs, toMs),
    read: (segment) => ring.read(segment),
    async clip(camera, fromMs, toMs) {
      if (toMs - fromMs > clipMsMax) {
        throw new ClipRefused(`a clip is of at most ${clipMsMax / 60_000} minutes`);
      }
      if (making >= clipsAtOnceMax) {
        throw new ClipRefused("other clips are being made; try again in a moment");
      }
      const segments = ring.list(camera, fromMs, toMs);
      if (segments.length === 0) return undefined;
      making++;
      try {
        return await makeClip({ ring, folder, program: options.program, id: randomUUID() }, segments);
      } finally {
        making--;
      }
    },
    async stop() {
      await Promise.all([...writers.values()].map((writer) => writer.stop()));
    },
  };
}
