/** Every router of the API refuses what does not match a schema in the same way. */
import { OpenAPIHono } from "@hono/zod-openapi";
import { faultsOf, problem } from "@vigil/core/problem";
import type { Env } from "./context.ts";

export function createRouter(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      const code =
        result.target === "query"
          ? "invalid-query"
          : result.target === "param"
            ? "not-found"
            : "invalid-body";
      throw problem(code, "the request does not match the schema; see errors", {
        errors: faultsOf(result.error),
      });
    },
  });
}
