/**
 * Cloudflare's entry: the worker in front of the API.
 *
 * @example
 *   new sst.cloudflare.Worker("Edge", { handler: "functions/src/edge/worker.ts", environment: { API_URL: … } });
 */
import { createEdge } from "./app.ts";
import { type Bindings, readConfig } from "./config.ts";

let edge: ReturnType<typeof createEdge> | undefined;

export default {
  /** The bindings of a worker are the same for as long as it lives. */
  fetch(request: Request, bindings: Bindings): Response | Promise<Response> {
    edge ??= createEdge({ config: readConfig(bindings), rate: bindings.EventRate, log: globalThis.console });
    return edge.fetch(request);
  },
};
