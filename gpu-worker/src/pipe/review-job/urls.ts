/**
 * The URLs of one job. They live 60 s at most, and a job may have waited longer: what has expired or is about to is
 * renewed at the API, in one request for all moments that need it.
 */
import { evidence } from "@vigil/core/limits";
import type { JobMoment } from "@vigil/core/review/wire";
import type { EvidenceUrls } from "@vigil/core/worker/wire";
import { Unfetchable } from "../preload/index.ts";

type Url = { url: string; expiresAtMs: number };

export interface JobUrls {
  /** A URL with at least the margin left. Throws `ReviewNotWanted`, or `Unfetchable` when the API has none. */
  fresh(momentId: string): Promise<string>;
  /** Another URL than the one that the store refused. */
  replace(momentId: string): Promise<string>;
  /** The moment needs no URL any more. */
  drop(momentId: string): void;
}

export function createJobUrls(options: {
  moments: readonly JobMoment[];
  renew: (momentIds: string[]) => Promise<EvidenceUrls["moments"]>;
  now?: () => number;
}): JobUrls {
  const now = options.now ?? Date.now;
  const urls = new Map<string, Url>(
    options.moments.map(({ id, url, expiresAt }) => [id, { url, expiresAtMs: Date.parse(expiresAt) }]),
  );
  /** The one request that is out; all who need a URL wait for it. */
  let renewal: Promise<void> | undefined;
  /** Moments that no request has asked for yet. */
  const needed = new Set<string>();

  const isStale = ({ expiresAtMs }: Url) => expiresAtMs - now() < evidence.urlMarginSeconds * 1000;
  const isStaleNow = (momentId: string) => {
    const known = urls.get(momentId);
    return known !== undefined && isStale(known);
  };

  async function renewNeeded(): Promise<void> {
    // Everybody who is about to ask is heard first.
    await Promise.resolve();
    const ids = [...urls].filter(([id, url]) => needed.has(id) || isStale(url)).map(([id]) => id);
    needed.clear();
    if (ids.length === 0) return;
    const renewed = new Map((await options.renew(ids)).map((fresh) => [fresh.id, fresh]));
    for (const id of ids) {
      const fresh = renewed.get(id);
      if (!fresh) urls.delete(id);
      else if (urls.has(id)) urls.set(id, { url: fresh.url, expiresAtMs: Date.parse(fresh.expiresAt) });
    }
  }

  /** Resolves after a request that began after this call. */
  async function renew(momentId: string): Promise<void> {
    needed.add(momentId);
    while (needed.has(momentId)) {
      renewal ??= renewNeeded().finally(() => {
        renewal = undefined;
      });
      await renewal;
    }
  }

  return {
    async fresh(momentId) {
      // The request that is out may ask for this one as well.
      if (isStaleNow(momentId)) await renewal;
      if (isStaleNow(momentId)) await renew(momentId);
      const known = urls.get(momentId);
      if (!known) throw noUrl();
      // Still stale after a renewal means that the clocks differ; the store's own clock decides.
      return known.url;
    },
    async replace(momentId) {
      const refused = urls.get(momentId)?.url;
      await renewal;
      if (urls.get(momentId)?.url === refused) await renew(momentId);
      const known = urls.get(momentId);
      if (!known) throw noUrl();
      // The same one once more was signed in the same second: it is as fresh as can be.
      return known.url;
    },
    drop(momentId) {
      urls.delete(momentId);
    },
  };
}

function noUrl(): Unfetchable {
  return new Unfetchable("missing", "the API gave no URL for this evidence", { passing: true });
}
