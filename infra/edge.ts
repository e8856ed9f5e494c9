/**
 * In front of the API, near to the devices, where `EDGE_DOMAIN` names a domain on Cloudflare: it refuses what the API would
 * refuse, and takes events with more pictures than a function can be sent. It knows where the API is and the key by which
 * its word on who asks is believed, and nothing of AWS or the database.
 */
import { edgeRuntime } from "../functions/bundling.ts";
import { rate as limits } from "../packages/core/src/limits.ts";
import { acceptUrl, apiUrl, streamUrl } from "./api.ts";
import { config } from "./config.ts";
import { routerKey } from "./sign-in-secret.ts";

function createEdge(domain: string) {
  const rate = new sst.cloudflare.RateLimit("EventRate", {
    namespaceId: config.EDGE_RATE_NAMESPACE,
    limit: limits.eventsMax,
    period: "10 seconds",
  });
  return new sst.cloudflare.Worker("Edge", {
    handler: "functions/src/edge/worker.ts",
    domain,
    compatibility: { date: edgeRuntime.date, flags: [...edgeRuntime.flags] },
    link: [rate],
    environment: {
      API_URL: apiUrl,
      ACCEPT_URL: acceptUrl,
      STREAM_URL: streamUrl,
      BODY_BYTES_MAX: String(config.EDGE_BODY_BYTES_MAX),
    },
    transform: {
      worker: (args) => {
        args.bindings = $util
          .output(args.bindings ?? [])
          .apply((bindings) => [...bindings, { type: "secret_text", name: "ROUTER_KEY", text: routerKey }]);
      },
    },
  });
}

export const edge = config.EDGE_DOMAIN === undefined ? undefined : createEdge(config.EDGE_DOMAIN);
