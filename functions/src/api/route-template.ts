import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import type { Env } from "./context.ts";

/** What no route has, so that a search for holes is one name. */
const noRoute = "none";

/**
 * As the API's description has it, `/v1/digests/{id}`: an id is never a label. The route that answered, or that would have, had
 * what stands before all of them not refused.
 */
export function templateOf(c: Context<Env>): string {
  const found = matchedRoutes(c)
    .slice(c.req.routeIndex)
    .find(({ method }) => method !== "ALL");
  return found ? found.path.replaceAll(/:(\w+)/g, "{$1}") : noRoute;
}
