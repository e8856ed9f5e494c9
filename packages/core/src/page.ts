/** Lists are read in pages, newest first, with an opaque cursor: the id of the last row, which sorts by time. */

import * as Id from "./id.ts";
import { problem } from "./problem.ts";

export type Page<T> = { items: T[]; nextCursor: string | null };
export type PageRequest = { limit: number; before: string | undefined };

/** @throws `invalid-cursor` when it was not made by `pageOf` for this kind */
export function parseCursor(kind: Id.Kind, cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(cursor, "base64url").toString("utf8");
  if (!Id.of(kind).safeParse(id).success) {
    throw problem("invalid-cursor", "expected the nextCursor of an earlier answer of this list");
  }
  return id;
}

/** A page out of rows of which one more than `limit` was read. */
export function pageOf<T extends { id: string }>(rows: T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last ? Buffer.from(last.id).toString("base64url") : null,
  };
}
