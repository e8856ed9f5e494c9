/** What every app of the API is made on: ids, services, headers, and how a problem is answered. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Services } from "@vigil/core/flow";
import { problem } from "@vigil/core/problem";
import { secureHeaders } from "hono/secure-headers";
import type { SignInSettings } from "../sign-in-cookie.ts";
import { refuseEncodedBodies } from "./content-encoding.ts";
import type { Env } from "./context.ts";
import { answerProblem, identifyRequest, withServices } from "./middleware.ts";
import { createRouter } from "./router.ts";

export function createBase(services: Services, signIn: SignInSettings): OpenAPIHono<Env> {
  const app = createRouter();
  app.use(identifyRequest, withServices(services, signIn), refuseEncodedBodies);
  app.use(secureHeaders());
  app.onError(answerProblem);
  app.notFound((c) =>
    answerProblem(problem("not-found", `no route ${c.req.method} ${c.req.path}; see /docs`), c),
  );
  return app;
}
