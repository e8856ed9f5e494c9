/**
 * An authority that says when it had some bytes (RFC 3161), and the request to it: to the one address that the operator has set,
 * checked like any other, without redirects, within a deadline and a length.
 */
import { partsOf, readDer } from "@vigil/verify/der";
import { Agent, request } from "undici";
import { custody as limits } from "../limits.ts";
import { type Allowance, guardedLookup, isRefusedLiteral, type Resolve } from "./public-address.ts";

export interface TimeAuthority {
  /** @returns the token, DER @throws Error when there is none to be had */
  stamp(bytes: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

export type AuthorityAddress = {
  url: string;
  /** The local stack only. */
  loopback: boolean;
  resolve?: Resolve;
  msMax?: number;
};

export type AskAuthority = { ask(query: Uint8Array): Promise<Uint8Array>; close(): Promise<void> };

/** Carries queries; what they and the answers say is not its business (RFC 3161 3.4). */
export function askAuthority(address: AuthorityAddress): AskAuthority {
  const { url, loopback, resolve, msMax = limits.stampMsMax } = address;
  // It may stand in the operator's own network.
  const allowance: Allowance = { privateAddresses: true, loopback };
  const agent = new Agent({
    connections: 1,
    keepAliveTimeout: 1_000,
    connect: { lookup: guardedLookup(() => allowance, resolve), timeout: msMax },
  });
  return {
    async ask(query) {
      if (isRefusedLiteral(new URL(url).hostname, allowance)) {
        throw new Error(`the time authority's address is refused: ${new URL(url).hostname}`);
      }
      const answer = await request(url, {
        dispatcher: agent,
        method: "POST",
        headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
        body: query,
        signal: AbortSignal.timeout(msMax),
      });
      const parts: Buffer[] = [];
      let bytes = 0;
      for await (const part of answer.body) {
        bytes += (part as Buffer).length;
        if (bytes > limits.stampBytesMax) throw new Error("the time authority's answer is too long");
        parts.push(part as Buffer);
      }
      if (answer.statusCode !== 200) throw new Error(`the time authority answered ${answer.statusCode}`);
      return Buffer.concat(parts);
    },
    close: () => agent.destroy(),
  };
}

/** The token of an answer, byte for byte: it is what was signed. @throws Error when there is none */
export function tokenIn(answer: Uint8Array): Uint8Array {
  const [, token] = partsOf(readDer(answer));
  if (!token) throw new Error("the time authority's answer has no token");
  return token.bytes;
}
