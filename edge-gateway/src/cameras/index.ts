/** The site's cameras: what they see is told as events, and how they are stands on the local page. */

import { type CamerasConfig, isRecorded } from "../cameras-config.ts";
import type { Clock } from "../clock.ts";
import type { Recorder } from "../recorder/index.ts";
import type { Fault } from "../sensing-words.ts";
import { type Camera, type CameraEvent, type CameraState, openCamera } from "./camera.ts";
import { ffmpegFinder } from "./ffmpeg.ts";
import { openUploadCamera, type UploadCamera } from "./upload-camera.ts";

export type { CameraEvent, CameraState } from "./camera.ts";

export type Cameras = {
  list(): CameraState[];
  /** The latest picture of a camera; undefined when there is no such camera, or no picture yet. */
  picture(name: string): Uint8Array | undefined;
  /** A camera brings something itself: pictures, or without any the word that it has seen something. */
  take(name: string, pictures: readonly Buffer[], by: string): void;
  stop(): Promise<void>;
};

export type CamerasOptions = {
  config: CamerasConfig;
  clock: Clock;
  /** Absent: nothing is recorded. */
  recorder?: Recorder | undefined;
  onEvent: (event: CameraEvent) => void;
  onFault: (fault: Fault) => void;
};

/** Never rejects: a camera that cannot be had is tried again for ever. */
export function openCameras({ config, clock, recorder, onEvent, onFault }: CamerasOptions): Cameras {
  const findFfmpeg = ffmpegFinder(config.ffmpeg);
  const cameras = new Map<string, Camera>();
  const uploading = new Map<string, UploadCamera>();
  for (const camera of config.list) {
    const { name, source } = camera;
    if (source.kind === "upload") {
      const opened = openUploadCamera({ config: camera, clock, onEvent });
      uploading.set(name, opened);
      cameras.set(name, opened);
      continue;
    }
    const opened = openCamera({
      config: { ...camera, source },
      findFfmpeg,
      clock,
      recorder: isRecorded(camera) ? recorder : undefined,
      onEvent,
      onFault: (code, text) => onFault({ code, device: name, text, monotonicMs: clock.monotonicMs() }),
    });
    cameras.set(name, opened);
  }
  return {
    list: () => [...cameras.values()].map((camera) => camera.state()),
    picture: (name) => cameras.get(name)?.picture(),
    take: (name, pictures, by) => uploading.get(name)?.take(pictures, by),
    async stop() {
      await Promise.all([...cameras.values()].map((camera) => camera.stop()));
    },
  };
}
