/** What a worker saw in an image, kept by content hash, so that the same bytes are never looked at twice. */
import type { Flaw, PictureStatistics } from "@vigil/core/digest/wire";
import { LRUCache } from "lru-cache";
import type { DetectedImage } from "../infer/index.ts";
import type { Inspection } from "../second-stage/index.ts";

export type Seen = Pick<Exclude<DetectedImage, { error: string }>, "detections" | "bestConfidence"> & {
  /** What limits what can be seen in it. */
  flaws?: readonly Flaw[];
  statistics?: PictureStatistics;
  /** Absent when the second stage did not run on this image. */
  second?: Inspection;
};

export interface Results {
  /** `second`: whether the second stage is wanted as well; a result without it does not serve then. */
  find(sha256: string, options: { second: boolean }): Seen | undefined;
  keep(sha256: string, options: { second: boolean }, seen: Seen): void;
}

const megabyte = 1024 * 1024;

/** Entries are kept per model: the hash of another model makes another key. */
export function createResults(options: { modelSha256: string; bytesMax?: number }): Results {
  const cache = new LRUCache<string, Seen>({
    maxSize: options.bytesMax ?? 32 * megabyte,
    sizeCalculation: approximateBytes,
  });
  const key = (sha256: string, second: boolean) =>
    `${options.modelSha256} ${sha256} ${second ? "second" : "first"}`;
  return {
    find: (sha256, { second }) => cache.get(key(sha256, second)),
    keep: (sha256, { second }, seen) => {
      cache.set(key(sha256, second), seen);
    },
  };
}

/** An object header, a label, four coordinates: about 200 bytes a detection. */
function approximateBytes({ detections, second }: Seen): number {
  const embeddings = (second?.persons ?? []).reduce((sum, { embedding }) => sum + embedding.byteLength, 0);
  return 500 + detections.length * 200 + (second?.plates?.length ?? 0) * 200 + embeddings;
}
