/** What travels between the main thread and the one that reads manifests: one question, one answer. */

export type ManifestSettings = {
  /** Certificates of those whose signatures are trusted, PEM; empty: nobody's. */
  trustAnchors: string;
  memoryBytesMax: number;
};

/** A file that this process holds open: a thread reads it by its descriptor, so that it need not be in memory. */
export type OpenFile = { descriptor: number; bytes: number };

export type ToManifests =
  | { kind: "read"; bytes: Uint8Array; contentType: string }
  | { kind: "read-file"; file: OpenFile; contentType: string }
  | { kind: "close" };

/** `store`: the reader's answer as JSON; `fault`: why there is none. `isSpent`: the thread is fit for nothing more. */
export type FromManifests =
  | { kind: "ready" }
  | { kind: "refused"; reason: string }
  | { kind: "read"; store: string }
  | { kind: "fault"; reason: string; isSpent: boolean };
