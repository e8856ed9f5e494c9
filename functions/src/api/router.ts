/**
 * Every router of the API keeps what its operations declare, and refuses what does not match a schema in the same way.
 *
 * The library that makes a description of them types their handlers, and is loaded when somebody asks for the description
 * (`openapi.ts`): an event that wakes a function does not wait for it.
 */
import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import { describeFaults, problem } from "@vigil/core/problem";
import { Hono, type MiddlewareHandler } from "hono";
import { validator } from "hono/validator";
import type { ZodType } from "zod";
import type { Env } from "./context.ts";

/** What an operation declares, at the path where it is mounted. */
type Declared = Omit<RouteConfig, "middleware">;

const declarations = new WeakMap<OpenAPIHono<Env>, Declared[]>();

/** Its type is the library's; of that, `openapi` and what Hono has are there. */
export function createRouter(): OpenAPIHono<Env> {
  const routes = new Hono<Env>() as OpenAPIHono<Env>;
  const declared: Declared[] = [];
  declarations.set(routes, declared);
  // Bodies and headers are read within their bounds by the operation's own middleware (`operation.ts`).
  routes.openapi = (({ middleware = [], ...operation }: RouteConfig, handler: MiddlewareHandler<Env>) => {
    declared.push(operation);
    const { params, query } = operation.request ?? {};
    const steps = [
      ...[middleware].flat(),
      ...(params ? [matching("param", params)] : []),
      ...(query ? [matching("query", query)] : []),
      handler,
    ];
    return routes.on(operation.method, [operation.path.replaceAll(/\{(.+?)\}/g, ":$1")], ...steps);
  }) as typeof routes.openapi;
  const mount = routes.route.bind(routes);
  routes.route = ((path: string, mounted: OpenAPIHono<Env>) => {
    const under = path.replace(/\/$/, "");
    declared.push(...declaredBy(mounted).map((one) => ({ ...one, path: under + one.path })));
    return mount(path, mounted);
  }) as typeof routes.route;
  return routes;
}

/** The operations of a router, and of those that are mounted on it. */
export function declaredBy(router: OpenAPIHono<Env>): readonly Declared[] {
  return declarations.get(router) ?? [];
}

/** @throws `not-found` for a path that names nothing, `invalid-query` with every fault */
function matching(target: "param" | "query", schema: ZodType): MiddlewareHandler {
  return validator(target, async (value) => {
    const parsed = await schema.safeParseAsync(value);
    if (parsed.success) return parsed.data as Record<string, unknown>;
    const { detail, errors } = describeFaults("the request does not match the schema", parsed.error);
    throw problem(target === "param" ? "not-found" : "invalid-query", detail, { errors });
  });
}
