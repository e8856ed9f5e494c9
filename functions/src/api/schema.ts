/** Pieces of the OpenAPI document that many routes share. */
import { z } from "@hono/zod-openapi";
import { accept } from "@vigil/core/limits";
import { ProblemBody } from "@vigil/core/problem";

export const bearerAuth = [{ bearer: [] }];

export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}

const described: Record<number, string> = {
  400: "The request is not well formed",
  401: "No valid credential",
  403: "The credential or the tier does not allow it",
  404: "There is no such thing in this account",
  409: "It conflicts with what is there",
  413: "The body is too large",
  415: "The content type is not supported",
  422: "The request is well formed but cannot be carried out",
  429: "The allowance is used up; RateLimit and Retry-After say when to ask again",
  503: "Try again later",
};

/** The problems that a route answers with. */
export function problems(...statuses: number[]) {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: described[status] ?? "A problem",
        content: { "application/problem+json": { schema: ProblemBody } },
      },
    ]),
  );
}

export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(accept.listItemsMax).default(accept.listItemsDefault),
  cursor: z.string().max(200).optional(),
});

export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const idempotencyHeader = z.object({
  "idempotency-key": z
    .string()
    .max(accept.idempotencyKeyCharsMax)
    .optional()
    .openapi({ description: "Required. The same key and body answer the same; 422 when the body differs." }),
});
