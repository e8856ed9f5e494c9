/** One item's way through the pipe: fetched, decoded once for the detector and the difference hash, looked at. */
import type { Detection } from "@vigil/core/digest/wire";
import { evidence } from "@vigil/core/limits";
import type { ChunkItem } from "@vigil/core/run/wire";
import type { Batcher } from "../batch/index.ts";
import type { CanvasOptions, Decoder } from "../decode/index.ts";
import { freeFingerprint } from "../lookalike/index.ts";
import { type Preloader, Unfetchable } from "../preload/index.ts";
import { DetectorFault } from "./detector-fault.ts";

export type LookParts = {
  preloader: Preloader;
  decoder: Decoder;
  batcher: Batcher;
  /** As the detector wants its images. */
  canvas: CanvasOptions;
  onStage(stage: "decode" | "infer" | "post", seconds: number): void;
};

export type LookContext = {
  accountId: string;
  runId: string;
  /** The item with a fresh URL; undefined when it is no longer open. */
  renew(): Promise<ChunkItem | undefined>;
  signal: AbortSignal;
};

export type Looked = {
  detections: Detection[];
  /** 16 hexadecimal digits. */
  hash: string;
  embedding: Uint8Array | undefined;
};

/** Throws `Unfetchable`, `UnreadableImage`, `DetectorFault`, whatever `renew` throws, and the signal's reason. */
export type LookAtItem = (item: ChunkItem, context: LookContext) => Promise<Looked>;

/** Behind every review. */
const priority = 4;

export function createLookAtItem(parts: LookParts): LookAtItem {
  return async (item, context) => {
    const seat = parts.batcher.expect();
    try {
      const lent = await fetched(parts, item, context);
      try {
        context.signal.throwIfAborted();
        if (lent.sha256 !== item.sha256) {
          throw new Unfetchable("unreadable", `expected sha256 ${item.sha256}, got ${lent.sha256}`, {
            passing: false,
          });
        }
        return await lookAt(parts, { item, context, bytes: lent.bytes }, (entry) => seat.take(entry));
      } finally {
        lent.giveBack();
      }
    } finally {
      seat.leave();
    }
  };
}

async function fetched({ preloader }: LookParts, item: ChunkItem, context: LookContext) {
  let { url, expiresAt } = item;
  const isStale = () => Date.parse(expiresAt) - Date.now() < evidence.urlMarginSeconds * 1000;
  const { origin, pathname } = new URL(url);
  return preloader.get({
    sha256: item.sha256,
    bytes: item.bytes,
    contentType: item.contentType,
    priority,
    source: new URL(pathname, origin),
    async url(state) {
      if (state === "refused" || isStale()) {
        const fresh = await context.renew();
        if (!fresh) throw new Unfetchable("missing", "the API gave no URL for this item", { passing: true });
        ({ url, expiresAt } = fresh);
      }
      return url;
    },
  });
}

type Read = { item: ChunkItem; context: LookContext; bytes: Uint8Array };

async function lookAt(
  { decoder, canvas, ...parts }: LookParts,
  { item, context: { accountId, runId, signal }, bytes }: Read,
  take: ReturnType<Batcher["expect"]>["take"],
): Promise<Looked> {
  const { image, giveBack, ms } = await decoder.decode(
    bytes,
    { ...canvas, contentType: item.contentType, pixelsMax: evidence.pixelsMax },
    { accountId, priority, signal },
  );
  try {
    parts.onStage("decode", ms / 1000);
    const hash = image.fingerprint.hash.map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
    freeFingerprint(image.fingerprint);
    const answer = await take({ image, reviewId: runId, priority });
    if ("error" in answer) throw new DetectorFault(`the detector failed: ${answer.error}`);
    parts.onStage("infer", answer.inferMs / 1000);
    parts.onStage("post", answer.postMs / 1000);
    return { detections: answer.detections, hash, embedding: answer.embedding };
  } finally {
    giveBack();
  }
}
