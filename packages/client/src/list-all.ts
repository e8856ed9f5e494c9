/** Pages through a list until it ends, or until the caller stops. */
import { settled } from "./api-error.ts";

type Page<Item> = { items: Item[]; nextCursor: string | null };

/**
 * @example
 *   for await (const digest of listAll((cursor) => vigil.GET("/v1/digests", { params: { query: { ...cursor } } }))) …
 * @param ask asks for one page; what it is given goes into the query
 * @throws ApiError
 */
export async function* listAll<Item>(
  ask: (query: { cursor?: string }) => Promise<{ data?: Page<Item>; error?: unknown; response: Response }>,
): AsyncGenerator<Item> {
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await settled(ask(cursor === null ? {} : { cursor }));
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
