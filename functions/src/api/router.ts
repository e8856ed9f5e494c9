/** Every router of the API describes its operations and refuses what does not match a schema in the same way. */
import { OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import { describeFaults, problem } from "@vigil/core/problem";
import type { Env } from "./context.ts";

export function createRouter(): OpenAPIHono<Env> {
  const routes = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return;
      const { detail, errors } = describeFaults("the request does not match the schema", result.error);
      throw problem(result.target === "param" ? "not-found" : "invalid-query", detail, { errors });
    },
  });
  const { openapi } = routes;
  // The library would read bodies and headers itself, once more and without bounds. Operations have done it by then
  // (`operation.ts`), so they are described here, and served by it without those two.
  routes.openapi = (({ middleware, ...route }: RouteConfig, ...handlers: [never]) => {
    routes.openAPIRegistry.registerPath(route);
    const { params, query } = route.request ?? {};
    const request = { ...(params && { params }), ...(query && { query }) };
    return openapi({ ...route, ...(middleware && { middleware }), request, hide: true }, ...handlers);
  }) as typeof openapi;
  return routes;
}
