/**
 * Bodies of requests. A body is one value: what the API's description says of it, how large it may be, and how it is read.
 * The schema in the description is the schema that is enforced.
 */
import { accept } from "@vigil/core/limits";
import { describeFaults, problem } from "@vigil/core/problem";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type * as z from "zod";
import type { Env } from "./context.ts";

export type Body<T extends z.ZodType | undefined = z.ZodType | undefined> = {
  content: Record<string, { schema: z.ZodType }>;
  limit: MiddlewareHandler<Env>;
  /** Leaves what it read where the handler finds it, as `c.req.valid("json")`. Absent: the handler reads. */
  read?: MiddlewareHandler<Env>;
  /** The schema of what `read` leaves. */
  schema: T;
};

type JsonBounds = { bytesMax?: number; isSigned?: boolean; charsMax?: number };

/**
 * JSON that matches the schema.
 * @param options.isSigned a signed body comes from somebody who is known: only its size is bounded, not its shape
 * @param options.charsMax of one string
 */
export function jsonBody<T extends z.ZodType>(
  schema: T,
  { bytesMax = accept.jsonBytesMax, isSigned = false, charsMax = accept.stringCharsMax }: JsonBounds = {},
): Body<T> {
  return {
    schema,
    content: { "application/json": { schema } },
    limit: limitBody(() => bytesMax),
    read: async (c, next) => {
      c.req.addValidatedData("json", matched(schema, await readJson(c, { isSigned, charsMax })) as object);
      await next();
    },
  };
}

/** A body that the handler reads itself. */
export function ownBody(
  content: Body["content"],
  bytesMax: number | ((c: Context) => number),
): Body<undefined> {
  return {
    content,
    limit: limitBody(typeof bytesMax === "number" ? () => bytesMax : bytesMax),
    schema: undefined,
  };
}

/** @throws `invalid-body` with every fault */
export function matched<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { detail, errors } = describeFaults("the body does not match the schema", parsed.error);
  throw problem("invalid-body", detail, { errors });
}

function limitBody(bytesMaxOf: (c: Context) => number): MiddlewareHandler<Env> {
  return async (c, next) => {
    const bytesMax = bytesMaxOf(c);
    return bodyLimit({
      maxSize: bytesMax,
      onError: () => {
        throw problem("body-too-large", `expected a body of at most ${bytesMax} bytes`);
      },
    })(c, next);
  };
}

/**
 * The JSON of a request, within the bounds of depth and string length.
 * @throws `unsupported-media-type`, `invalid-json`, `too-deep`, `invalid-body`
 */
export async function readJson(
  c: Context,
  { isSigned = false, charsMax = accept.stringCharsMax }: JsonBounds = {},
): Promise<unknown> {
  if (!isJson(c)) {
    const type = c.req.header("content-type") ?? "";
    throw problem("unsupported-media-type", `expected Content-Type: application/json, got ${type || "none"}`);
  }
  const value = parseJson(await c.req.text());
  if (!isSigned) assertBounds(value, charsMax);
  return value;
}

export function isJson(c: Context): boolean {
  return /^application\/(.+\+)?json\b/i.test(c.req.header("content-type") ?? "");
}

/** JSON within the bounds, from a part of a body. @throws `invalid-json`, `too-deep`, `invalid-body` */
export function parseBounded(text: string): unknown {
  const value = parseJson(text);
  assertBounds(value, accept.stringCharsMax);
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw problem(
      "invalid-json",
      `the body could not be read as JSON: ${cause instanceof Error ? cause.message : ""}`,
      { cause },
    );
  }
}

function assertBounds(value: unknown, charsMax: number, depth = 1): void {
  if (typeof value === "string" && value.length > charsMax) {
    throw problem(
      "invalid-body",
      `expected strings of at most ${charsMax} characters, got one of ${value.length}`,
    );
  }
  if (value === null || typeof value !== "object") return;
  if (depth > accept.jsonDepthMax) {
    throw problem("too-deep", `expected at most ${accept.jsonDepthMax} levels of nesting`);
  }
  for (const part of Object.values(value)) assertBounds(part, charsMax, depth + 1);
}
