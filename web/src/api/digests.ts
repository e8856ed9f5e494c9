/** What the console asks about digests: pages of them, one, and what has been read. */
import type { Client } from "@vigil/client";
import { bounded, type Settle } from "./asking.ts";
import type { Correction, Custody, Digest, InboxDigest, Level, SearchPage, UnreadCount } from "./contract.ts";

/** Which digests; all of it must hold. */
export type InboxFilter = {
  /** In words. */
  q?: string;
  levelFrom?: Level;
  site?: string;
  device?: string;
  zone?: string;
  /** A label, or a kind of things. */
  seen?: string;
  unread?: "true";
};

/** `understood` is there for a question in words. */
export type InboxPage = {
  items: InboxDigest[];
  nextCursor: string | null;
  understood?: SearchPage["understood"];
};

export type DigestsApi = {
  /** The newest first. */
  digests: (
    filter: InboxFilter,
    options: { limit: number; cursor?: string; signal?: AbortSignal },
  ) => Promise<InboxPage>;
  /** With `fresh`, no cached answer will do: its picture URLs may have expired. */
  digest: (id: string, options: { fresh?: boolean; signal?: AbortSignal }) => Promise<Digest>;
  /** What something in it really is. @returns the digest as it says it then */
  correctDigest: (id: string, correction: Correction) => Promise<Digest>;
  /** What the evidence log has of it. */
  custody: (id: string, signal?: AbortSignal) => Promise<Custody>;
  countUnread: (signal?: AbortSignal) => Promise<UnreadCount>;
  markReading: (id: string, read: boolean) => Promise<void>;
  /** What was there when this digest came is read. */
  markReadUpTo: (id: string) => Promise<void>;
};

export function digestCalls(client: Client, settle: Settle): DigestsApi {
  return {
    digests: ({ q, ...filter }, { signal, ...page }) => {
      if (q === undefined) {
        const params = { query: { ...filter, ...page } };
        return settle(client.GET("/v1/digests", { params, signal: bounded(signal) }));
      }
      const params = { query: { q, ...filter, ...page } };
      return settle(client.GET("/v1/search", { params, signal: bounded(signal) }));
    },
    digest: async (id, { fresh = false, signal }) => {
      const digest = await settle(
        client.GET("/v1/digests/{id}", {
          params: { path: { id } },
          cache: fresh ? "reload" : "no-cache",
          signal: bounded(signal),
        }),
      );
      // openapi-fetch widens the four numbers of a box to an array of any length.
      return digest as Digest;
    },
    correctDigest: async (id, body) => {
      const params = { path: { id } };
      const asked = client.PUT("/v1/digests/{id}/corrections", { params, body, signal: bounded() });
      return (await settle(asked)) as Digest;
    },
    custody: (id, signal) => {
      const params = { path: { id } };
      return settle(client.GET("/v1/digests/{id}/custody", { params, signal: bounded(signal) }));
    },
    countUnread: (signal) => settle(client.GET("/v1/digests/unread", { signal: bounded(signal) })),
    markReading: async (id, read) => {
      const params = { path: { id } };
      await settle(client.PUT("/v1/digests/{id}/reading", { params, body: { read }, signal: bounded() }));
    },
    markReadUpTo: async (upTo) => {
      await settle(client.POST("/v1/digests/read", { body: { upTo }, signal: bounded() }));
    },
  };
}
