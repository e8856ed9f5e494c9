/**
 * The console's address. It comes before the API, which must know the origin that browsers will call it from.
 *
 * The API is not behind it: a shared cache in front of answers that depend on `Authorization` is a leak between
 * tenants waiting for one wrong header.
 */
import { config } from "./config.ts";

/** Evidence comes from the bucket's origin and answers from the API's, both known only after this: hence `https:`. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data: blob: https:",
  "connect-src 'self' https:",
  "style-src 'self' 'unsafe-inline'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
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
    viewerResponse: {
      injection: Object.entries(headers)
        .map(([name, value]) => `event.response.headers["${name}"] = { value: "${value}" };`)
        .join("\n"),
    },
  },
});
