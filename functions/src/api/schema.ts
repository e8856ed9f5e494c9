/** Pieces of the API's description that many operations share. */

import { accept } from "@vigil/core/limits";
import * as z from "zod";

/** What belongs together, in the order in which the description lists it. */
export const tags = {
  Events: "What devices report.",
  Sessions: "Events of one site that lie close together in time, and the reviews that are asked of them.",
  Digests: "What subscribers came for.",
  Authenticity: "What can be said of whether a text or a picture is what it claims to be.",
  Custody: "The evidence log: what was taken in, and when, is signed for and can be proved.",
  Runs: "Archives and feeds of pictures: worked in bulk, grouped, sealed into manifests.",
  Questions: "What people are asked of items that are near to the boundary of a run's rules.",
  Sources:
    "Cameras, gateways and partners as givers of pictures: what is held against them, and what follows.",
  Endpoints: "Where an account is told: webhooks, e-mail addresses, browsers.",
  Deliveries: "What was told where, every attempt of it, and telling it once more.",
  Account: "An account's settings, and what it has used of its tier.",
  People: "Who is signed in, members, invitations, tokens, and what was done.",
  Devices: "Cameras, sensors and gateways, and their keys.",
  Workers: "What workers report, signed, and what they are told.",
  Operators: "For whoever runs Vigil. Every change is audited.",
  Subscriptions: "What an account has bought, where it buys and changes it, and what Stripe tells.",
  System: "What the API says of itself.",
} as const;
export type Tag = keyof typeof tags;

/** An answer whose body is JSON. The schema has a name (`.meta({ id })`), so that generated clients have it too. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** The answers that refuse, by status: each is described once, and referred to by name. */
const refusalsByStatus: Readonly<Record<number, { name: string; description: string; headers?: string[] }>> =
  {
    400: { name: "Invalid", description: "The request is not well formed" },
    401: { name: "Unauthenticated", description: "No valid credential" },
    403: { name: "Forbidden", description: "The credential or the tier does not allow it" },
    404: { name: "NotFound", description: "There is no such thing in this account" },
    409: {
      name: "Conflict",
      description: "It conflicts with what is there; Retry-After is said where that ends by itself",
      headers: ["Retry-After"],
    },
    413: { name: "TooLarge", description: "The body is too large" },
    415: { name: "UnsupportedMediaType", description: "The content type is not supported" },
    422: { name: "Unprocessable", description: "The request is well formed but cannot be carried out" },
    429: {
      name: "TooManyRequests",
      description: "Used up for now; RateLimit says what is left, Retry-After when to ask again",
      headers: ["RateLimit-Policy", "RateLimit", "Retry-After"],
    },
    503: { name: "Unavailable", description: "Try again later", headers: ["Retry-After"] },
  };

/** Refers to the answers of these statuses. */
export function refusals(statuses: readonly number[]): Record<number, { $ref: string }> {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${refusalOf(status).name}` }]),
  );
}

function refusalOf(status: number) {
  const found = refusalsByStatus[status];
  if (!found) throw new Error(`expected one of ${Object.keys(refusalsByStatus).join(", ")}, got ${status}`);
  return found;
}

/** What `refusals` refers to. */
export function refusalComponents() {
  return Object.values(refusalsByStatus).map(({ name, description, headers = [] }) => ({
    name,
    component: {
      description,
      ...(headers.length === 0
        ? {}
        : {
            headers: Object.fromEntries(
              headers.map((header) => [header, { schema: { type: "string" as const } }]),
            ),
          }),
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    },
  }));
}

export const PageQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(accept.listItemsMax)
    .default(accept.listItemsDefault)
    .meta({ example: accept.listItemsDefault }),
  cursor: z.string().max(200).optional().meta({ description: "The `nextCursor` of the page before" }),
});

/** A page of a list; `name` is what clients call it. */
export function pageOf<T extends z.ZodType>(name: string, item: T) {
  return z
    .object({
      items: z.array(item),
      nextCursor: z.string().nullable().describe("Null: this is the last page"),
    })
    .meta({ id: name });
}

export function idempotencyHeader(need: "required" | "optional") {
  const key = z.string().min(1).max(accept.idempotencyKeyCharsMax).meta({
    description:
      "Yours to choose, new for each request: the same again is then answered the same (see: sending again).",
    example: "8e03978e-40d5-43dd-bc93-6894a57f9324",
  });
  // Whether it is missing is told by the idempotency itself, with a problem of its own.
  return z.object({ "idempotency-key": need === "required" ? key : key.optional() });
}
