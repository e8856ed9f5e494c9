/** The pages of a camera: what it sees now, what it recorded, and a clip of that. */
import type { Cameras } from "../cameras/index.ts";
import type { Clock } from "../clock.ts";
import type { Recorder } from "../recorder/index.ts";
import { type Answer, frame, missing, page, type RecordedAnswer } from "./answer.ts";
import { createRecordedPages, readTime } from "./recorded-pages.ts";
import { renderCameraPage, renderLiveCamera } from "./render-cameras.ts";
import { renderRecordings } from "./render-recordings.ts";

export type CameraPagesOptions = {
  site: string;
  timeZone: string;
  clock: Clock;
  cameras: Pick<Cameras, "list" | "picture" | "verdict">;
  recorder?: Pick<Recorder, "list" | "clip" | "read"> | undefined;
};

export type CameraPages = {
  /** What is held for players is let go. */
  stop(): Promise<void>;
  /** `/cameras/NAME`, what lies below it, and below `/live` the part that is swapped; undefined for other paths. */
  get(path: string, query: URLSearchParams): Promise<Answer | RecordedAnswer> | undefined;
};

export function createCameraPages({
  site,
  timeZone,
  clock,
  cameras,
  recorder,
}: CameraPagesOptions): CameraPages {
  type Found = ReturnType<Cameras["list"]>[number];
  const recorded = recorder && createRecordedPages({ site, clock, recorder });

  function now(camera: Found, isLive: boolean): Answer {
    const hasPicture = cameras.picture(camera.name) !== undefined;
    const verdict = cameras.verdict(camera.name);
    const words = { nowMonotonicMs: clock.monotonicMs(), hasPicture, verdict };
    if (isLive) return page(renderLiveCamera(camera, words));
    return page(frame(`${camera.name}: ${camera.place}`, site, renderCameraPage(camera, words)));
  }

  function recordings({ name, place }: Found, query: URLSearchParams): Answer {
    if (!recorder) return missing;
    const nowMs = clock.now().getTime();
    const segments = recorder.list(name, 0, nowMs);
    const atMs = readTime(query, "at");
    const shown = { camera: name, place, timeZone, nowMs, atMs, segments };
    return page(frame(`${name}: recorded`, site, renderRecordings(shown)));
  }

  async function answer(isLive: boolean, name: string, below: string, query: URLSearchParams) {
    const found = cameras.list().find((one) => one.name === name);
    if (!found) return missing;
    if (below === "/recordings") return recordings(found, query);
    if (below === "/clip.mp4") return recorded?.clip(name, query) ?? missing;
    if (below === "/segments.json") return recorded?.listing(found, query) ?? missing;
    const [, startMs] = /^\/segments\/(\d{1,15})\.ts$/.exec(below) ?? [];
    if (startMs !== undefined) return recorded?.segment(name, Number(startMs)) ?? missing;
    if (below === "") return now(found, isLive);
    const picture = cameras.picture(name);
    return picture ? { type: "image/jpeg", body: picture } : missing;
  }

  return {
    stop: async () => recorded?.stop(),
    get(path, query) {
      const [isCamera, live, name = "", below = ""] =
        /^(\/live)?\/cameras\/([A-Za-z0-9-]+)(\/now\.jpg|\/recordings|\/clip\.mp4|\/segments\.json|\/segments\/\d{1,15}\.ts)?$/.exec(
          path,
        ) ?? [];
      return isCamera === undefined ? undefined : answer(live !== undefined, name, below, query);
    },
  };
}
