/** From which network somebody asks: how many of something one of them may do is counted by it. */
import { timingSafeEqual } from "node:crypto";
import { isIPv6 } from "node:net";
import { hash } from "@vigil/core/key/format";
import type { Context } from "hono";

/** Who asks, as the router in front or the port itself says; whatever a client sends under it is thrown away. */
export const viewerHeader = "x-vigil-viewer";
/** By what the router in front is known to be it. */
export const routerHeader = "x-vigil-router";

/** The address that asks; undefined where it is not known. */
export type ViewerOf = (c: Context) => string | undefined;

/** The router's word, if it is the router's: anybody may call a function's own address. */
export function viewerByRouter(routerKey: string): ViewerOf {
  return (c) => {
    const key = c.req.header(routerHeader) ?? "";
    const isRouter = timingSafeEqual(hash(key), hash(routerKey));
    return isRouter ? c.req.header(viewerHeader) : undefined;
  };
}

/** An address of IPv4, or the /64 of one of IPv6, of which a household has billions. */
export function networkOf(address: string): string {
  const plain = address.split("%")[0] ?? "";
  if (!isIPv6(plain)) return address;
  const [head = "", tail = ""] = plain.toLowerCase().split("::");
  const before = head.split(":").filter((group) => group !== "");
  const after = tail.split(":").filter((group) => group !== "");
  const zeros = plain.includes("::")
    ? Array.from({ length: 8 - before.length - after.length }, () => "0")
    : [];
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":");
}
