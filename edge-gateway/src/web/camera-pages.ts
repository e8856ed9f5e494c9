/** The pages of a camera: what it sees now, what it recorded, and a clip of that. */
import type { Cameras } from "../cameras/index.ts";
import type { Clock } from "../clock.ts";
import { ClipRefused, type Recorder } from "../recorder/index.ts";
import { type Answer, type ClipAnswer, frame, missing, page } from "./answer.ts";
import { html } from "./html.ts";
import { renderCameraPage, renderLiveCamera } from "./render-cameras.ts";
import { renderRecordings } from "./render-recordings.ts";

export type CameraPagesOptions = {
  site: string;
  timeZone: string;
  clock: Clock;
  cameras: Pick<Cameras, "list" | "picture" | "verdict">;
  recorder?: Pick<Recorder, "list" | "clip"> | undefined;
};

export type CameraPages = {
  /** `/cameras/NAME`, what lies below it, and below `/live` the part that is swapped; undefined for other paths. */
  get(path: string, query: URLSearchParams): Promise<Answer | ClipAnswer> | undefined;
};

/** Milliseconds since 1970, as the page's own links give them. */
function readTime(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export function createCameraPages({
  site,
  timeZone,
  clock,
  cameras,
  recorder,
}: CameraPagesOptions): CameraPages {
  type Found = ReturnType<Cameras["list"]>[number];

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

  async function clip({ name }: Found, query: URLSearchParams): Promise<Answer | ClipAnswer> {
    const [fromMs, toMs] = [readTime(query, "from"), readTime(query, "to")];
    if (!recorder || fromMs === undefined || toMs === undefined) return missing;
    try {
      const made = await recorder.clip(name, fromMs, toMs);
      if (!made) return { ...missing, body: "Nothing was recorded then.\n" };
      return { clip: made, name: `${name}-${new Date(made.fromMs).toISOString().replaceAll(":", "-")}.mp4` };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const body = frame("No clip", site, html`<h2>There is no clip</h2><p>${why}</p>`);
      return page(body, error instanceof ClipRefused ? 422 : 500);
    }
  }

  async function answer(isLive: boolean, name: string, below: string, query: URLSearchParams) {
    const found = cameras.list().find((one) => one.name === name);
    if (!found) return missing;
    if (below === "/recordings") return recordings(found, query);
    if (below === "/clip.mp4") return clip(found, query);
    if (below === "") return now(found, isLive);
    const picture = cameras.picture(name);
    return picture ? { type: "image/jpeg", body: picture } : missing;
  }

  return {
    get(path, query) {
      const [isCamera, live, name = "", below = ""] =
        /^(\/live)?\/cameras\/([A-Za-z0-9-]+)(\/now\.jpg|\/recordings|\/clip\.mp4)?$/.exec(path) ?? [];
      return isCamera === undefined ? undefined : answer(live !== undefined, name, below, query);
    },
  };
}
