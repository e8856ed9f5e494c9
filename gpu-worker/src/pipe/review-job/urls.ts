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

  const isStale = ({ expiresAtMs }: Url) => expiresAtMs - now() < evidence.urlMarginSeconds * 1000;

  async function renewStale(momentId: string): Promise<void> {
    const stale = [...urls].filter(([id, url]) => id === momentId || isStale(url)).map(([id]) => id);
    for (const { id, url, expiresAt } of await options.renew(stale)) {
      if (urls.has(id)) urls.set(id, { url, expiresAtMs: Date.parse(expiresAt) });
    }
  }

  async function renewOnce(momentId: string): Promise<void> {
    renewal ??= renewStale(momentId).finally(() => {
      renewal = undefined;
    });
    await renewal;
  }

  return {
    async fresh(momentId) {
      // A renewal that was already out may have begun before this moment's URL grew stale: hence twice.
      for (let round = 0; round < 2 && isStaleNow(momentId); round += 1) await renewOnce(momentId);
      const known = urls.get(momentId);
      if (!known) throw noUrl();
      // Still stale after a renewal means that the clocks differ; the store's own clock decides.
      return known.url;
    },
    async replace(momentId) {
      const refused = urls.get(momentId)?.url;
      for (let round = 0; round < 2 && urls.get(momentId)?.url === refused; round += 1) {
        await renewOnce(momentId);
      }
      const known = urls.get(momentId);
      if (!known || known.url === refused) throw noUrl();
      return known.url;
    },
    drop(momentId) {
      urls.delete(momentId);
    },
  };

  function isStaleNow(momentId: string): boolean {
    const known = urls.get(momentId);
    return known !== undefined && isStale(known);
  }
}

function noUrl(): Unfetchable {
  return new Unfetchable("missing", "the API gave no usable URL for this evidence", { passing: false });
}
