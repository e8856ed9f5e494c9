/** What travels between the main thread and the one that reads manifests: one question, one answer. */

export type ManifestSettings = {
  /** Certificates of those whose signatures are trusted, PEM; empty: nobody's. */
  trustAnchors: string;
  memoryBytesMax: number;
};

export type ToManifests = { kind: "read"; bytes: Uint8Array; contentType: string } | { kind: "close" };

/** `store`: the reader's answer as JSON; `fault`: why there is none. `isSpent`: the thread is fit for nothing more. */
export type FromManifests =
  | { kind: "ready" }
  | { kind: "refused"; reason: string }
  | { kind: "read"; store: string }
  | { kind: "fault"; reason: string; isSpent: boolean };
