/** What every app of the API is made on: ids, services, headers, and how a problem is answered. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Services } from "@vigil/core/flow";
import { problem } from "@vigil/core/problem";
import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { SignInSettings } from "../sign-in-cookie.ts";
import { refuseEncodedBodies } from "./content-encoding.ts";
import type { Env, ProblemTitles } from "./context.ts";
import { answerProblem, identifyRequest, withServices } from "./middleware.ts";
import { createRouter } from "./router.ts";
import { traceRequest } from "./trace-request.ts";

/**
 * @param watch sees every request before anything else does
 * @param titles of problems, where people are answered too; left out: in English alone
 */
export function createBase(
  services: Services,
  signIn: SignInSettings,
  { watch, titles }: { watch?: MiddlewareHandler<Env> | undefined; titles?: ProblemTitles } = {},
): OpenAPIHono<Env> {
  const app = createRouter();
  if (watch) app.use(watch);
  app.use(identifyRequest, withServices(services, signIn, titles), traceRequest, refuseEncodedBodies);
  app.use(secureHeaders());
  app.onError(answerProblem);
  app.notFound((c) =>
    answerProblem(problem("not-found", `no route ${c.req.method} ${c.req.path}; see /docs`), c),
  );
  return app;
}
