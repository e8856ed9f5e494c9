/** Which addresses a customer may name for webhooks. Needs no network: what a name resolves to is checked at each POST. */
import { type Allowance, isRefusedLiteral } from "./public-address.ts";

/** Lets webhooks reach this machine, over plain HTTP too: for the local stack alone. */
export type ReceiverPolicy = { localReceivers: boolean };

export const urlCharsMax = 2_000;

export function allowanceOf({ localReceivers }: ReceiverPolicy): Allowance {
  return { privateAddresses: false, loopback: localReceivers };
}

/** Why nothing may ever be posted to this URL; undefined when it may be tried. */
export function refusalOf(text: string, policy: ReceiverPolicy): string | undefined {
  const url = text.length <= urlCharsMax && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return `expected a URL of at most ${urlCharsMax} characters`;
  const schemes = policy.localReceivers ? ["https:", "http:"] : ["https:"];
  if (!schemes.includes(url.protocol)) return "expected a URL that begins with https://";
  if (url.username !== "" || url.password !== "") return "expected a URL without a user name or password";
  if (isRefusedLiteral(url.hostname, allowanceOf(policy))) return "expected a public address";
  if (!policy.localReceivers && isInnerName(url.hostname)) return "expected a public host name";
  return undefined;
}

/** Names that only a private resolver answers: without a dot, or under a domain that is reserved (RFC 2606, 6761, 6762, 8375). */
function isInnerName(hostname: string): boolean {
  if (hostname.startsWith("[")) return false;
  const name = hostname.replace(/\.$/, "");
  return !name.includes(".") || /\.(localhost|local|internal|home\.arpa|test|invalid|onion)$/.test(name);
}
