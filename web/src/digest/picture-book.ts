/**
 * Presigned URLs of pictures, renewed when they have expired. Many pictures of a digest expire at the same time,
 * so one request renews them all, also those that fail after it has been answered.
 */
import type { Digest, Picture } from "../api/contract.ts";

export type PictureBook = {
  /** A URL that still answers: the one known from before, so that a shown picture does not load twice, or the offered one. */
  current(momentId: string, offered: Picture | null): Picture | null;
  /**
   * Another URL than the one that failed: one that a neighbour's renewal has brought, or a new one from the API; null
   * when the picture is gone.
   */
  renew(digestId: string, momentId: string, failedUrl?: string): Promise<Picture | null>;
};

/** A URL with less than this left is treated as expired. */
const marginMs = 2_000;

export function isLive(picture: Picture, now: number): boolean {
  return Date.parse(picture.expiresAt) - marginMs > now;
}

export function createPictureBook(
  load: (digestId: string) => Promise<Pick<Digest, "moments">>,
  now: () => number = Date.now,
): PictureBook {
  const known = new Map<string, Picture>();
  const inFlight = new Map<string, Promise<void>>();

  async function reload(digestId: string): Promise<void> {
    const { moments } = await load(digestId);
    for (const { id, image } of moments) {
      if (image === undefined) known.delete(id);
      else known.set(id, image);
    }
  }

  return {
    current(momentId, offered) {
      const before = known.get(momentId);
      if (before !== undefined && isLive(before, now())) return before;
      if (offered !== null) known.set(momentId, offered);
      return offered;
    },
    async renew(digestId, momentId, failedUrl) {
      const newer = known.get(momentId);
      if (newer && failedUrl !== undefined && newer.url !== failedUrl && isLive(newer, now())) return newer;
      const shared = inFlight.get(digestId) ?? reload(digestId).finally(() => inFlight.delete(digestId));
      inFlight.set(digestId, shared);
      await shared;
      return known.get(momentId) ?? null;
    },
  };
}
