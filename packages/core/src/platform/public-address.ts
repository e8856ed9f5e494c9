/**
 * Which addresses a request on behalf of somebody else may go to: the guard against server-side request forgery. Used for
 * evidence, webhooks and everything else whose address was given from outside.
 *
 * A name is resolved once per connection, and the connection goes to the very address that was checked (pinning), so a
 * name that answers differently the second time gains nothing.
 */
import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const systemResolve: Resolve = (hostname, done) => dnsLookup(hostname, { all: true }, done);

export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

/** What an operator has allowed beyond public addresses. */
export type Allowance = {
  /** Addresses inside the operator's own network. Link-local and metadata addresses stay refused. */
  privateAddresses: boolean;
  /** This machine's own. */
  loopback: boolean;
};

const nothing: Allowance = { privateAddresses: false, loopback: false };

/** Metadata services of clouds in ranges that are public or may be allowed: AWS over IPv6, Alibaba Cloud, Azure. */
const metadataAddresses = new Set(["fd00:ec2::254", "100.100.100.200", "168.63.129.16"]);

/** Ranges (as ipaddr.js names them) of addresses inside an organisation's own network. */
const privateRanges = new Set(["private", "loopback", "uniqueLocal", "carrierGradeNat"]);

/** Whether one may connect to a numeric address. Anything that is not plainly public needs an allowance. */
export function isAllowed(address: string, allowance: Allowance = nothing): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` reads ::ffff:10.0.0.1 as the IPv4 address that it is.
  const parsed = ipaddr.process(address);
  if (metadataAddresses.has(parsed.toString())) return false;
  // IPv4 addresses in the deprecated form ::a.b.c.d (RFC 4291, 2.5.5.1) have no range of their own.
  const range = isCompatible(parsed) && parsed.range() === "unicast" ? "reserved" : parsed.range();
  if (range === "unicast") return true;
  return (
    (allowance.privateAddresses && privateRanges.has(range)) || (allowance.loopback && range === "loopback")
  );
}

function isCompatible(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address instanceof ipaddr.IPv6 && address.parts.slice(0, 6).every((part) => part === 0);
}

/** Names that stand for this machine (RFC 6761). */
export function isLoopbackName(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost");
}

/**
 * Whether the host of a URL, as `URL.hostname` gives it, is a numeric address that is refused. Sockets connect to those
 * without looking them up, so they are checked here; a name is checked when it is resolved.
 */
export function isRefusedLiteral(hostname: string, allowance: Allowance = nothing): boolean {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) !== 0 && !isAllowed(bare, allowance);
}

/**
 * The look-up of a socket, which answers only addresses that may be connected to.
 * @param allow what is allowed for this name
 */
export function guardedLookup(
  allow: (hostname: string) => Allowance,
  resolve: Resolve = systemResolve,
): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      if (error) return done(error, []);
      const allowed = addresses.filter(({ address }) => isAllowed(address, allow(hostname)));
      const [first] = allowed;
      if (!first) return done(new AddressRefused(`${hostname} resolves to an address that is refused`), []);
      return options.all ? done(null, allowed) : done(null, first.address, first.family);
    });
  };
}
