/**
 * The guard against server-side request forgery: evidence comes from the configured origins and from nowhere else.
 *
 * Names are resolved once per connection; the connection goes to the very address that was checked (pinning), so a
 * name that answers differently the second time gains nothing. Private, loopback, link-local and metadata addresses
 * are refused unless the operator configured exactly such a host.
 */

import type { LookupAddress } from "node:dns";
import { lookup as dnsLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { LinkRefused } from "./link-refused.ts";

export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const systemResolve: Resolve = (hostname, done) => dnsLookup(hostname, { all: true }, done);

export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

export type Guard = {
  /** The URL, parsed, when its origin is configured; throws `LinkRefused` otherwise. */
  check(url: string): URL;
  /** For the socket: resolves a name to addresses that may be connected to. */
  lookup: LookupFunction;
};

/** Metadata services of clouds that lie in ranges which an operator may allow (AWS over IPv6, Alibaba Cloud). */
const metadataAddresses = new Set(["fd00:ec2::254", "100.100.100.200"]);

/** Ranges (as ipaddr.js names them) of addresses inside an organisation's own network. */
const privateRanges = new Set(["private", "loopback", "uniqueLocal", "carrierGradeNat"]);

export function createGuard(options: {
  /** Such as `https://account.r2.cloudflarestorage.com`. */
  origins: readonly string[];
  /** Lets configured names resolve to private addresses; link-local and metadata addresses stay refused. */
  privateAddresses: boolean;
  resolve?: Resolve;
}): Guard {
  const { privateAddresses, resolve = systemResolve } = options;
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
    lookup(hostname, lookupOptions, done) {
      const loopback = isLoopbackName(hostname);
      resolve(hostname, (error, addresses) => {
        if (error) return done(error, []);
        const allowed = addresses.filter(({ address }) => isAllowed(address, { privateAddresses, loopback }));
        const [first] = allowed;
        if (!first) {
          return done(new AddressRefused("the evidence host resolves to an address that is refused"), []);
        }
        return lookupOptions.all ? done(null, allowed) : done(null, first.address, first.family);
      });
    },
  };
}

/** Names that stand for this machine (RFC 6761); configuring one is leave for loopback addresses. */
function isLoopbackName(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost");
}

function isAllowed(address: string, leave: { privateAddresses: boolean; loopback: boolean }): boolean {
  // `process` reads ::ffff:10.0.0.1 as the IPv4 address that it is.
  const parsed = ipaddr.process(address);
  if (metadataAddresses.has(parsed.toString())) return false;
  const range = parsed.range();
  if (range === "unicast") return true;
  return (leave.privateAddresses && privateRanges.has(range)) || (leave.loopback && range === "loopback");
}
