/** What every request passes through, outermost first in `app.ts`. */
import type { Services } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import * as Idempotency from "@vigil/core/idempotency";
import * as Key from "@vigil/core/key";
import { accept } from "@vigil/core/limits";
import { Problem, problem, toBody } from "@vigil/core/problem";
import type { Context, ErrorHandler, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { bearer, type Env } from "./context.ts";
import { fingerprintOf } from "./fingerprint.ts";

export function withServices(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const offered = c.req.header("x-request-id");
    const requestId = offered && /^[A-Za-z0-9._:-]{1,128}$/.test(offered) ? offered : Id.create("request");
    c.set("requestId", requestId);
    c.set("services", services);
    c.header("X-Request-Id", requestId);
    await next();
  };
}

/** Turns whatever was thrown into a problem. Defects are logged whole and answered without detail. */
export const answerProblem: ErrorHandler<Env> = (error, c) => {
  const found = toProblem(error);
  const requestId = c.get("requestId") ?? "";
  if (found.code === "internal") c.get("services").log.error({ err: error, requestId }, "a request failed");
  const headers = new Headers(found.headers);
  headers.set("Content-Type", "application/problem+json");
  headers.set("X-Request-Id", requestId);
  if (found.kind === "unauthenticated") headers.set("WWW-Authenticate", "Bearer");
  if (found.retryAfterSeconds !== undefined) headers.set("Retry-After", String(found.retryAfterSeconds));
  return c.newResponse(JSON.stringify(toBody(found, requestId)), found.status, Object.fromEntries(headers));
};

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException && error.status === 400) return problem("invalid-json", error.message);
  return problem(
    "internal",
    "the request could not be completed; try again, and quote the request id if it stays so",
  );
}

export const authenticate: MiddlewareHandler<Env> = async (c, next) => {
  c.set("principal", await Key.authenticate(c.get("services").database, bearer(c)));
  await next();
};

export function limitBody(bytesMax: number): MiddlewareHandler<Env> {
  return bodyLimit({
    maxSize: bytesMax,
    onError: () => {
      throw problem("body-too-large", `expected a body of at most ${bytesMax} bytes`);
    },
  });
}

/** The JSON of a request, within the bounds of depth and string length. @throws `unsupported-media-type`, `invalid-json`, `too-deep` */
export async function readJson(c: Context): Promise<unknown> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/(.+\+)?json\b/i.test(type)) {
    throw problem("unsupported-media-type", `expected Content-Type: application/json, got ${type || "none"}`);
  }
  return parseJson(await c.req.text());
}

export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw problem(
      "invalid-json",
      `the body could not be read as JSON: ${cause instanceof Error ? cause.message : ""}`,
      { cause },
    );
  }
  assertBounds(value);
  return value;
}

function assertBounds(value: unknown, depth = 1): void {
  if (typeof value === "string" && value.length > accept.stringCharsMax) {
    throw problem(
      "invalid-body",
      `expected strings of at most ${accept.stringCharsMax} characters, got one of ${value.length}`,
    );
  }
  if (value === null || typeof value !== "object") return;
  if (depth > accept.jsonDepthMax) {
    throw problem("too-deep", `expected at most ${accept.jsonDepthMax} levels of nesting`);
  }
  for (const part of Object.values(value)) assertBounds(part, depth + 1);
}

/** Checks a JSON body before the route's schema sees it. */
export const checkJson: MiddlewareHandler<Env> = async (c, next) => {
  if (["POST", "PUT", "PATCH"].includes(c.req.method)) await readJson(c);
  await next();
};

/** Answers the same request with the same Idempotency-Key from what was answered first. Goes after `authenticate`. */
export function idempotent({ required }: { required: boolean }): MiddlewareHandler<Env> {
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (key === undefined) {
      if (required)
        throw problem(
          "idempotency-key-missing",
          "expected the header Idempotency-Key with a value of your choice, new for each request",
        );
      return next();
    }
    if (key.length < 1 || key.length > accept.idempotencyKeyCharsMax) {
      throw problem(
        "idempotency-key-missing",
        `expected an Idempotency-Key of 1 to ${accept.idempotencyKeyCharsMax} characters, got ${key.length}`,
      );
    }
    const principal = c.get("principal");
    if (!("accountId" in principal)) throw problem("forbidden", "expected the key of a device or a member");
    const { database, clock } = c.get("services");
    const { method, path } = c.req;
    const body = new Uint8Array(await c.req.arrayBuffer());
    const contentType = c.req.header("content-type") ?? "";
    const claim = {
      accountId: principal.accountId,
      principal: principal.subjectId,
      key,
      credential: bearer(c),
      fingerprint: fingerprintOf({ method, path, contentType, body }),
    };
    const earlier = await Idempotency.begin(database, claim, clock.now());
    if (earlier) {
      return c.newResponse(earlier.body, earlier.status as 200, {
        "Content-Type": "application/json",
        "Idempotency-Replayed": "true",
      });
    }
    try {
      await next();
    } finally {
      if (c.res.ok && !c.error) {
        await Idempotency.finish(database, claim, { status: c.res.status, body: await c.res.clone().text() });
      } else {
        await Idempotency.release(database, claim);
      }
    }
    return undefined;
  };
}
