/** The site's cameras: what they see is told as events, and how they are stands on the local page. */

import type { Verdict } from "../alarm/alarm-record.ts";
import { type CameraConfig, type CamerasConfig, type FetchedSource, isRecorded } from "../cameras-config.ts";
import type { Clock } from "../clock.ts";
import type { Recorder } from "../recorder/index.ts";
import type { Fault } from "../sensing-words.ts";
import type { AddedCameras } from "./added-cameras.ts";
import { type Camera, type CameraEvent, type CameraState, openCamera } from "./camera.ts";
import type { Areas, DrawnAreas } from "./drawn-areas.ts";
import { ffmpegFinder } from "./ffmpeg.ts";
import { type Preview, preview } from "./preview.ts";
import { openUploadCamera, type UploadCamera } from "./upload-camera.ts";

export type { CameraEvent, CameraState } from "./camera.ts";

export type Cameras = {
  list(): CameraState[];
  /** The latest picture of a camera; undefined when there is no such camera, or no picture yet. */
  picture(name: string): Uint8Array | undefined;
  /** In force at once, and kept for good when it resolves; rejects with `NotKept` otherwise. */
  draw(name: string, areas: Areas): Promise<void>;
  /** What a camera of that source would show. Rejects with words for the person. */
  preview(source: FetchedSource): Promise<Preview>;
  /** There at once, and kept for good when it resolves; rejects with `NotKept`, or a RangeError when there is one of that name. */
  add(camera: CameraConfig): Promise<void>;
  /** A camera brings something itself: pictures, or without any the word that it has seen something. */
  take(name: string, pictures: readonly Buffer[], by: string): void;
  /** What the cloud made of a camera's latest event. */
  judge(name: string, verdict: Verdict): void;
  verdict(name: string): Verdict | undefined;
  stop(): Promise<void>;
};

export type CamerasOptions = {
  config: CamerasConfig;
  clock: Clock;
  /** Absent: nothing is recorded. */
  recorder?: Recorder | undefined;
  /** The local page as browsers reach it. */
  pageUrl?: string | undefined;
  /** What people drew, which comes before the configuration. */
  areas?: DrawnAreas | undefined;
  /** Those of the local page; one of the configuration comes before one of the same name. */
  added?: AddedCameras | undefined;
  onEvent: (event: CameraEvent) => void;
  onFault: (fault: Fault) => void;
};

/** As many as the configuration takes. */
const camerasMax = 64;

/** Never rejects: a camera that cannot be had is tried again for ever. */
export function openCameras(options: CamerasOptions): Cameras {
  const { config, clock, recorder, areas, added, onEvent, onFault } = options;
  const findFfmpeg = ffmpegFinder(config.ffmpeg);
  const cameras = new Map<string, Camera>();
  const uploading = new Map<string, UploadCamera>();
  const verdicts = new Map<string, Verdict>();

  function start(camera: CameraConfig): void {
    const { name, source } = camera;
    if (source.kind === "upload") {
      const opened = openUploadCamera({ config: camera, clock, onEvent });
      uploading.set(name, opened);
      cameras.set(name, opened);
      return;
    }
    const opened = openCamera({
      config: { ...camera, ...areas?.find(name), source },
      findFfmpeg,
      clock,
      recorder: isRecorded(camera) ? recorder : undefined,
      pageUrl: options.pageUrl,
      onEvent,
      onFault: (code, text) => onFault({ code, device: name, text, monotonicMs: clock.monotonicMs() }),
    });
    cameras.set(name, opened);
  }

  for (const camera of [...config.list, ...(added?.list() ?? [])]) {
    if (!cameras.has(camera.name)) start(camera);
  }
  return {
    list: () => [...cameras.values()].map((camera) => camera.state()),
    picture: (name) => cameras.get(name)?.picture(),
    async draw(name, drawn) {
      cameras.get(name)?.draw(drawn);
      await areas?.set(name, drawn);
    },
    preview: (source) => preview({ findFfmpeg, source, clock }),
    async add(camera) {
      if (cameras.has(camera.name)) throw new RangeError(`there is a camera ${camera.name} already`);
      if (cameras.size >= camerasMax) throw new RangeError(`a gateway has at most ${camerasMax} cameras`);
      start(camera);
      await added?.add(camera);
    },
    take: (name, pictures, by) => uploading.get(name)?.take(pictures, by),
    judge: (name, verdict) => void verdicts.set(name, verdict),
    verdict: (name) => verdicts.get(name),
    async stop() {
      await Promise.all([...cameras.values()].map((camera) => camera.stop()));
    },
  };
}
