/** Who may see the local page: everybody on this machine, or whoever knows the password. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isLoopback } from "../config.ts";

export type Refusal = { status: 401 | 403 | 429; why: string };

export type Guard = {
  /** Undefined: let in. */
  check(request: IncomingMessage): Refusal | undefined;
};

const digestOf = (text: string) => createHash("sha256").update(text).digest();

/** Wrong passwords in a minute, from everybody together, after which none is looked at for the rest of it. */
const wrongMax = 20;
const wrongWindowMs = 60_000;

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? "").replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}

/** @param password absent: the page listens on this machine alone */
export function createGuard(password: string | undefined, monotonicMs: () => number): Guard {
  const expected = password === undefined ? undefined : digestOf(password);
  let wrong = 0;
  let sinceMs = 0;

  function checkPassword(request: IncomingMessage, wanted: Buffer): Refusal | undefined {
    if (monotonicMs() - sinceMs > wrongWindowMs) {
      wrong = 0;
      sinceMs = monotonicMs();
    }
    if (wrong >= wrongMax) return { status: 429, why: "too many wrong passwords; wait a minute" };
    const [, encoded] = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (encoded === undefined) return { status: 401, why: "expected the password" };
    const given = Buffer.from(encoded, "base64")
      .toString()
      .replace(/^[^:]*:/, "");
    if (timingSafeEqual(digestOf(given), wanted)) return undefined;
    wrong += 1;
    return { status: 401, why: "another password" };
  }

  return {
    check(request) {
      // A page elsewhere may make the browser of somebody who is let in send requests, or rename itself to this machine.
      const { origin, host } = request.headers;
      if (request.method !== "GET" && origin !== `http://${host}` && origin !== `https://${host}`) {
        return { status: 403, why: "expected a request of this page's own" };
      }
      if (expected) return checkPassword(request, expected);
      return isLoopback(hostOf(request))
        ? undefined
        : { status: 403, why: "expected this machine's own name" };
    },
  };
}
