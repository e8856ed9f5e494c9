/** One GET of one object: no redirect, no more bytes than announced, the announced type and the announced sha256. */
import { createHash } from "node:crypto";
import { sniff } from "@vigil/core/evidence/read-head";
import { Agent, type Dispatcher, request } from "undici";
import type { Guard } from "./guard.ts";
import { AddressRefused } from "./guard.ts";
import type { ReadBytes } from "./shared-bytes.ts";
import { Unfetchable } from "./unfetchable.ts";

export type Announced = { sha256: string; bytes: number; contentType: string };

/** The store did not honour the URL: it has expired, or never was good. */
export class UrlRefused extends Error {
  override readonly name = "UrlRefused";
}

export interface Fetcher {
  /** Throws `UrlRefused` on 403, `Unfetchable` for what is final, and other errors for what may pass. */
  fetch(url: string, announced: Announced, signal: AbortSignal): Promise<ReadBytes>;
  close(): Promise<void>;
}

export function createFetcher(options: { guard: Guard; connectionsPerHostMax: number }): Fetcher {
  const { guard } = options;
  const agent = new Agent({
    connections: options.connectionsPerHostMax,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    connect: { lookup: guard.lookup, timeout: 5_000 },
  });
  return {
    async fetch(url, announced, signal) {
      const target = guard.check(url);
      try {
        const answer = await request(target, { dispatcher: agent, method: "GET", signal });
        refuseUnlessWhole(answer, announced);
        return await readExactly(answer.body, announced);
      } catch (error) {
        if (error instanceof AddressRefused || (error as Error).cause instanceof AddressRefused) {
          throw final("missing", "the evidence host resolves to an address that is refused");
        }
        throw error;
      }
    },
    close: () => agent.destroy(),
  };
}

/** Looks at status and headers; the body of an answer that is refused is thrown away unread. */
function refuseUnlessWhole(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  announced: Announced,
): void {
  const error = refusal(statusCode, Number(headers["content-length"]), announced);
  if (!error) return;
  body.on("error", () => undefined);
  body.destroy();
  throw error;
}

function refusal(status: number, contentLength: number, announced: Announced): Error | undefined {
  if (status === 403) return new UrlRefused("the evidence host answered 403");
  if (status === 404 || status === 410) return final("missing", "the evidence is no longer in the store");
  if (status >= 300 && status < 400) return final("missing", "the evidence host redirects, which is refused");
  if (status === 429 || status >= 500) return new Error(`the evidence host answered ${status}`);
  if (status !== 200) return final("missing", `the evidence host answered ${status}`);
  if (contentLength > announced.bytes) {
    return final("unreadable", `${announced.bytes} bytes were announced, the host would send more`);
  }
  return undefined;
}

function final(outcome: "missing" | "unreadable", reason: string): Unfetchable {
  return new Unfetchable(outcome, reason, { passing: false });
}

/** Reads at most the announced bytes into one buffer of exactly that size. */
async function readExactly(body: Dispatcher.ResponseData["body"], announced: Announced): Promise<ReadBytes> {
  const bytes = Buffer.allocUnsafeSlow(announced.bytes);
  const hash = createHash("sha256");
  let filled = 0;
  let checkedType = false;
  // Leaving the loop by an error destroys the body, and with it the connection.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    if (filled + chunk.byteLength > announced.bytes) {
      throw final("unreadable", `${announced.bytes} bytes were announced, more came`);
    }
    bytes.set(chunk, filled);
    hash.update(chunk);
    filled += chunk.byteLength;
    if (!checkedType && filled >= 12) {
      refuseOtherType(bytes.subarray(0, filled), announced.contentType);
      checkedType = true;
    }
  }
  const sha256 = hash.digest("hex");
  if (filled < announced.bytes || sha256 !== announced.sha256) {
    throw final("unreadable", "the bytes differ from what was announced (length or sha256)");
  }
  refuseOtherType(bytes, announced.contentType);
  return { bytes, sha256 };
}

function refuseOtherType(bytes: Uint8Array, contentType: string): void {
  if (sniff(bytes) === contentType) return;
  throw final("unreadable", `expected ${contentType}, the first bytes are of something else`);
}
