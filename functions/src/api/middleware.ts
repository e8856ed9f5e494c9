/** What every request passes through, outermost first in `app.ts`. */
import type { Services } from "@vigil/core/flow";
import * as Id from "@vigil/core/id";
import { Problem, problem, toBody } from "@vigil/core/problem";
import type { Context, ErrorHandler, MiddlewareHandler } from "hono";
import { requestId } from "hono/request-id";
import type { SignInSettings } from "../sign-in-cookie.ts";
import type { Env, ProblemTitles } from "./context.ts";
import { answerLanguage } from "./language.ts";

/** Takes the caller's `X-Request-Id` where it has the form of one, and answers with it. */
export const identifyRequest: MiddlewareHandler<Env> = requestId({
  limitLength: 128,
  generator: () => Id.create("request"),
});

export function withServices(
  services: Services,
  signIn: SignInSettings,
  titles: ProblemTitles | undefined,
): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set("services", services);
    c.set("titles", titles);
    c.set("signIn", signIn);
    await next();
  };
}

/** The answer may be read by its receiver alone, and kept by nobody: it holds a key. Replays pass through here too. */
export const unstored: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  c.res.headers.set("Cache-Control", "no-store");
};

/** Turns whatever was thrown into a problem. Defects are logged whole and answered without detail. */
export const answerProblem: ErrorHandler<Env> = (error, c) => {
  const found = toProblem(error);
  const id = c.get("requestId") ?? "";
  if (found.code === "internal" || found.concernsOperator) {
    c.get("services").log.error({ err: error, requestId: id }, "a request failed");
  }
  return writeProblem(found, c);
};

/** The answer that a refused request gets; of it the title alone is in the language that was asked for. */
export function writeProblem(found: Problem, c: Context<Env>): Response {
  const id = c.get("requestId") ?? "";
  const title = c.get("titles")?.[answerLanguage(c)][found.code];
  const headers = new Headers(found.headers);
  headers.set("Content-Type", "application/problem+json");
  headers.set("X-Request-Id", id);
  if (found.kind === "unauthenticated") headers.set("WWW-Authenticate", "Bearer");
  if (found.retryAfterSeconds !== undefined) headers.set("Retry-After", String(found.retryAfterSeconds));
  return c.newResponse(JSON.stringify(toBody(found, id, title)), found.status, Object.fromEntries(headers));
}

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return problem(
    "internal",
    "the request could not be completed; try again, and quote the request id if it stays so",
  );
}
