/**
 * The one origin that browsers see: the console, and the API behind it (`router.ts`). It comes before the API, which must
 * know the origin that browsers will call it from.
 *
 * A shared cache in front of answers that depend on a credential is a leak between tenants waiting for one wrong header:
 * the API's paths have a behaviour of their own, whose policy is to keep nothing, whatever the API says.
 */
import { apiPaths } from "../functions/src/one-origin.ts";
import { config } from "./config.ts";
import { routerKey } from "./sign-in-secret.ts";

/** AWS's own policy `Managed-CachingDisabled`. */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

/**
 * What only a header can say, and what holds for every file. From where the page may load pictures and answers is known only
 * after this, and stands in the page itself (`web/scripts/security-policy.ts`): a browser obeys both. What the API says of its
 * own pages stands.
 */
const contentSecurityPolicy = [
  "script-src 'self'",
  "style-src 'self'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const headers = {
  "content-security-policy": contentSecurityPolicy,
  "strict-transport-security": "max-age=63072000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

export const cdn = new sst.aws.Router("Cdn", {
  ...(config.CONSOLE_DOMAIN ? { domain: config.CONSOLE_DOMAIN } : {}),
  edge: {
    viewerRequest: {
      injection: $interpolate`event.request.headers["x-vigil-viewer"] = { value: event.viewer.ip };
event.request.headers["x-vigil-router"] = { value: "${routerKey}" };`,
    },
    viewerResponse: {
      injection: Object.entries(headers)
        .map(
          ([name, value]) =>
            `event.response.headers["${name}"] = event.response.headers["${name}"] || { value: "${value}" };`,
        )
        .join("\n"),
    },
  },
  transform: {
    cdn: (args) => {
      args.orderedCacheBehaviors = $util.output(args.defaultCacheBehavior).apply((behaviour) =>
        apiPaths.map((path) => ({
          ...behaviour,
          pathPattern: `${path}/*`,
          cachePolicyId: cachingDisabled,
          // The console's headers are not the API's, which sets its own.
          functionAssociations: $util
            .output(behaviour.functionAssociations ?? [])
            .apply((all) => all.filter(({ eventType }) => eventType === "viewer-request")),
        })),
      );
    },
  },
});
