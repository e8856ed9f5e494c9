/**
 * Evidence comes from the configured origins and from nowhere else, and which addresses those may resolve to is core's one
 * guard against server-side request forgery: private, loopback, link-local and metadata addresses are refused unless the
 * operator configured exactly such a host. A name such as `localhost` is permission for loopback addresses.
 */

import type { LookupFunction } from "node:net";
import { guardedLookup, isLoopbackName, type Resolve } from "@vigil/core/platform/public-address";
import { LinkRefused } from "./link-refused.ts";

export type Guard = {
  /** The URL, parsed, when its origin is configured; throws `LinkRefused` otherwise. */
  check(url: string): URL;
  /** For the socket: resolves a name to addresses that may be connected to. */
  lookup: LookupFunction;
};

export function createGuard(options: {
  /** Such as `https://account.r2.cloudflarestorage.com`. */
  origins: readonly string[];
  /** Lets configured names resolve to private addresses; link-local and metadata addresses stay refused. */
  privateAddresses: boolean;
  resolve?: Resolve;
}): Guard {
  const { privateAddresses, resolve } = options;
  const origins = new Set(options.origins);

  return {
    check(text) {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (!url || !origins.has(url.origin) || url.username !== "" || url.password !== "") {
        const host = url ? `on ${url.origin}` : "nowhere";
        throw new LinkRefused(
          `the evidence lies ${host}, which is not the configured evidence host (EVIDENCE_HOST: ${[...origins].join(", ")})`,
        );
      }
      return url;
    },
    lookup: guardedLookup(
      (hostname) => ({ privateAddresses, loopback: isLoopbackName(hostname) }),
      ...(resolve ? [resolve] : []),
    ),
  };
}
