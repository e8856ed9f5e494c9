/** What an account has in the evidence store: everything under these prefixes, and nothing else. */
import type { ListedBlob } from "../../platform/blobs.ts";
import type { Services } from "../services.ts";

/** Kinds of objects. Each is a folder of the store, in which an account has a folder. */
export const objectKinds = ["content", "evidence", "exports", "manifests", "uploads"] as const;
export type ObjectKind = (typeof objectKinds)[number];

export function prefixOf(kind: ObjectKind, accountId: string): string {
  return `${kind}/${accountId}/`;
}

/** Those of one kind, in the order of their keys, after `after`. */
export function listObjects(
  { blobs }: Services,
  {
    kind,
    accountId,
    after,
    countMax,
  }: { kind: ObjectKind; accountId: string; after: string | null; countMax: number },
): Promise<ListedBlob[]> {
  return blobs.list({ prefix: prefixOf(kind, accountId), after, countMax });
}

/** Deletes all that lie under a prefix, some at a time. @param note is told of each of these after it has gone */
export async function deleteUnder(
  { blobs }: Services,
  prefix: string,
  { countMax, togetherMax }: { countMax: number; togetherMax: number },
  note: (gone: readonly ListedBlob[]) => Promise<boolean>,
): Promise<boolean> {
  for (;;) {
    const found = await blobs.list({ prefix, after: null, countMax });
    if (found.length === 0) return true;
    for (let first = 0; first < found.length; first += togetherMax) {
      await Promise.all(found.slice(first, first + togetherMax).map(({ key }) => blobs.delete(key)));
    }
    if (!(await note(found))) return false;
  }
}
