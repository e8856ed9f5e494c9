/** What a worker saw in an image, kept by content hash, so that the same bytes are never looked at twice. */
import type { Allowed } from "@vigil/core/consent/wire";
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
  /** `second`: what of the second stage is wanted as well; a result with more or less of it does not serve then. */
  find(sha256: string, options: { second: Allowed }): Seen | undefined;
  /** For as long as an incident may go on: what people look like is remembered no longer. */
  keep(sha256: string, options: { second: Allowed }, seen: Seen): void;
}

/** As long as known-looks.ts. */
const secondKeptMs = 20 * 60 * 1000;
const megabyte = 1024 * 1024;

/** Entries are kept per model: the hash of another model makes another key. */
export function createResults(options: { modelSha256: string; bytesMax?: number }): Results {
  const cache = new LRUCache<string, Seen>({
    maxSize: options.bytesMax ?? 32 * megabyte,
    sizeCalculation: approximateBytes,
  });
  const key = (sha256: string, { faces, plates, reidentification }: Allowed) =>
    `${options.modelSha256} ${sha256} ${[faces, plates, reidentification].map(Number).join("")}`;
  return {
    find: (sha256, { second }) => cache.get(key(sha256, second)),
    keep: (sha256, { second }, seen) => {
      cache.set(key(sha256, second), seen, seen.second ? { ttl: secondKeptMs } : {});
    },
  };
}

/** An object header, a label, four coordinates: about 200 bytes a detection. */
function approximateBytes({ detections, second }: Seen): number {
  const embeddings = (second?.persons ?? []).reduce((sum, { embedding }) => sum + embedding.byteLength, 0);
  return 500 + detections.length * 200 + (second?.plates?.length ?? 0) * 200 + embeddings;
}
