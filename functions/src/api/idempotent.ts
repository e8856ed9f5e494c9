/** Idempotency keys over HTTP. */
import * as Idempotency from "@vigil/core/idempotency";
import { accept } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import type { MiddlewareHandler } from "hono";
import type { KeyEnv } from "./context.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** Answers the same request with the same Idempotency-Key from what was answered first. Goes after the check of the key. */
export function idempotent({ required }: { required: boolean }): MiddlewareHandler<KeyEnv> {
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (key === undefined) {
      if (required) {
        throw problem(
          "idempotency-key-missing",
          "expected the header Idempotency-Key with a value of your choice, new for each request",
        );
      }
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
    const services = c.get("services");
    const { database, clock, log } = services;
    const { method, path } = c.req;
    const body = new Uint8Array(await c.req.arrayBuffer());
    const contentType = c.req.header("content-type") ?? "";
    const keyed = {
      accountId: principal.accountId,
      principal: principal.subjectId,
      key,
      credential: c.get("credential"),
      at: clock.now(),
      fingerprint: fingerprintOf({ method, path, contentType, body }),
    };
    const earlier = await Idempotency.begin(database, keyed);
    if (earlier) {
      return c.newResponse(earlier.body, earlier.status as 200, {
        "Content-Type": "application/json",
        "Idempotency-Replayed": "true",
      });
    }
    // An event is told from others by its own id.
    if (required) c.set("services", { ...services, database: Idempotency.fenced(database, keyed) });
    await next();
    const { ok, status } = c.res;
    try {
      if (ok && !c.error) {
        await Idempotency.finish(database, keyed, { status, body: await c.res.clone().text() });
      } else {
        await Idempotency.release(database, keyed, status < 500);
      }
    } catch (error) {
      // What was asked for is done: that its answer cannot be kept is no reason to withhold it.
      log.warn({ err: error }, "an answer could not be kept for replays");
    }
    return undefined;
  };
}
