/** One worker thread with one session, seen from the main thread. */

import { type Reply, startThread } from "@vigil/core/platform/worker-thread";
import { switchTelemetryOff } from "../../model/runtime/config.ts";
import type { DetectedImage } from "./detected-image.ts";
import type { FromLane, LaneImage, LaneSettings, ToLane } from "./messages.ts";

export type Detected = { results: DetectedImage[]; runs: number; batchMax: number };

export type Lane = {
  /** Asks for a list of images, behind those that were asked for before. Rejects when the lane goes down. */
  detect(images: readonly LaneImage[]): Promise<Detected>;
  /** Ends the lane at once: what is asked for rejects. */
  abandon(reason: Error): void;
  /** Ends the lane after everything that was asked for. */
  close(): Promise<void>;
};

export type LaneOptions = {
  settings: LaneSettings;
  /** The file that the thread runs. */
  entry: URL;
  /** For loading a model, and for TensorRT building its engine. */
  startMsMax: number;
  /** A lane that has not answered for `hangMsMax` plus `hangMsPerImage` for each image that it runs is stuck. */
  hangMsMax: number;
  hangMsPerImage: number;
};

const closeMsMax = 5_000;

/** Resolves when the session is there; rejects with the runtime's reason when it refuses. */
export async function startLane(options: LaneOptions): Promise<Lane> {
  const { settings, entry, startMsMax, hangMsMax, hangMsPerImage } = options;
  switchTelemetryOff();
  const thread = await startThread<ToLane, FromLane, Detected>({
    name: "lane",
    entry,
    data: settings,
    startMsMax,
    closeMsMax,
    read,
  });
  return {
    detect: (images) =>
      thread.ask(() => ({ kind: "detect", images }), { msMax: hangMsMax + hangMsPerImage * images.length }),
    abandon: (reason) => thread.abandon(reason),
    close: () => thread.close(),
  };
}

function read(message: FromLane): Reply<Detected> {
  return message.kind === "detected" ? { kind: "answer", answer: message } : message;
}
