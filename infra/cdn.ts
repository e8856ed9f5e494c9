/**
 * The console's address. It comes before the API, which must know the origin that browsers will call it from.
 *
 * The API is not behind it: a shared cache in front of answers that depend on `Authorization` is a leak between
 * tenants waiting for one wrong header.
 */
import { config } from "./config.ts";

/**
 * What only a header can say, and what holds for every file. From where the page may load pictures and answers is known only
 * after this, and stands in the page itself (`web/scripts/security-policy.ts`): a browser obeys both.
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
    viewerResponse: {
      injection: Object.entries(headers)
        .map(([name, value]) => `event.response.headers["${name}"] = { value: "${value}" };`)
        .join("\n"),
    },
  },
});
