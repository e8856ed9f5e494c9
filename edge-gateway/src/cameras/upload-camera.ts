/** A camera that brings its pictures itself. Whether it is there shows only when it does. */
import { type CameraConfig, shownAddress } from "../cameras-config.ts";
import type { Camera, CameraOptions } from "./camera.ts";
import { createGathering } from "./gather-uploads.ts";

const dueEveryMs = 500;

export type UploadCamera = Camera & {
  take(pictures: readonly Buffer[], by: string): void;
};

export type UploadCameraOptions = Pick<CameraOptions, "clock" | "onEvent"> & { config: CameraConfig };

export function openUploadCamera({ config, clock, onEvent }: UploadCameraOptions): UploadCamera {
  const { name, place, source, zones, masks } = config;
  const gathering = createGathering();
  let latest: Buffer | undefined;
  let [frames, events, lastMs, broughtBy] = [0, 0, Number.NEGATIVE_INFINITY, ""];

  const timer = setInterval(() => {
    const now = clock.monotonicMs();
    const due = gathering.due(now);
    if (!due) return;
    events++;
    const wallMs = clock.now().getTime() - (now - due.firstMs);
    onEvent({
      heard: { type: "motion", zone: place, attributes: { camera: name, place, broughtBy } },
      at: { wallMs, monotonicMs: due.firstMs },
      evidence: due.pictures.map((bytes, index) => ({
        name: `upload-${index + 1}.jpg`,
        contentType: "image/jpeg",
        bytes,
      })),
    });
  }, dueEveryMs);

  return {
    take(pictures, by) {
      lastMs = clock.monotonicMs();
      broughtBy = by;
      frames += pictures.length;
      latest = pictures.at(-1) ?? latest;
      gathering.take(pictures, lastMs);
    },
    state: () => ({
      name,
      place,
      url: shownAddress(source),
      state: Number.isFinite(lastMs) ? "up" : "connecting",
      why: Number.isFinite(lastMs) ? "" : "has brought nothing yet",
      restarts: 0,
      frames,
      events,
      lastFrameMonotonicMs: lastMs,
      isMoving: gathering.isOpen,
      nuisanceShare: 0,
      zones,
      masks,
      recording: undefined,
    }),
    picture: () => latest,
    async stop() {
      clearInterval(timer);
    },
  };
}
