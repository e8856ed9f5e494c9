/** An object store for evidence: R2 or S3 in production (`aws.ts`), a map in tests (`memory.ts`). */

/** `sha256`: hex, where the store reports one; many do not. */
export type BlobInfo = { bytes: number; contentType: string; sha256: string | undefined };

export type ListedBlob = { key: string; bytes: number };

/** What a client needs for one upload: it must send exactly these headers. */
export type PresignedPut = { url: string; headers: Record<string, string>; expiresAt: Date };
export type PresignedGet = { url: string; expiresAt: Date };

export interface Blobs {
  /** Bound to method, key, length, content type and sha256 (hex); lives `seconds` (at most 60). */
  presignPut(object: {
    key: string;
    bytes: number;
    contentType: string;
    sha256: string;
    seconds: number;
  }): Promise<PresignedPut>;
  /** Bound to method and key; lives `seconds` (at most 60). A browser keeps it as `filename`, where one is given. */
  presignGet(object: { key: string; seconds: number; filename?: string }): Promise<PresignedGet>;
  put(object: { key: string; body: Uint8Array; contentType: string; sha256: string }): Promise<void>;
  /** What is too large for memory: the bytes of a file of this machine. `bytes` and `sha256` are the file's. */
  putFile(object: {
    key: string;
    path: string;
    bytes: number;
    contentType: string;
    sha256: string;
  }): Promise<void>;
  /** Undefined when there is no such object. */
  find(key: string): Promise<BlobInfo | undefined>;
  /** The object's bytes, the first `bytesMax` of them at most; undefined when there is no such object. */
  read(key: string, bytesMax: number): Promise<Uint8Array | undefined>;
  /** Nothing happens when there is no such object. */
  delete(key: string): Promise<void>;
  /** In the order of their keys' bytes: those that begin with `prefix` and come after `after`, `countMax` at most. */
  list(wanted: { prefix: string; after: string | null; countMax: number }): Promise<ListedBlob[]>;
}
