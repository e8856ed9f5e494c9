/**
 * What stands at an address that a customer gave: from a public address, over TLS, without redirects, within a deadline and a
 * length.
 *
 * @example
 *   const files = httpFiles({ localReceivers: false });
 *   const { bytes, contentType } = await files.fetch({ url, bytesMax, msMax: 10_000 });
 */
import { Agent, request } from "undici";
import { AddressRefused, guardedLookup, type Resolve } from "./public-address.ts";
import { allowanceOf, type ReceiverPolicy, refusalOf } from "./webhook-url.ts";

export type FetchedFile = {
  bytes: Uint8Array;
  /** As the server has it; undefined: it says none. */
  contentType: string | undefined;
};

export interface Files {
  /** @throws AddressRefused; any other error when it is not there, too long, or does not come within `msMax` milliseconds */
  fetch(wanted: { url: string; bytesMax: number; msMax: number }): Promise<FetchedFile>;
  close(): Promise<void>;
}

const connectMsMax = 5_000;

export function httpFiles(policy: ReceiverPolicy & { resolve?: Resolve }): Files {
  const agent = new Agent({
    connections: 4,
    keepAliveTimeout: 1_000,
    connect: {
      lookup: guardedLookup(() => allowanceOf(policy), policy.resolve),
      timeout: connectMsMax,
    },
  });
  return {
    async fetch({ url, bytesMax, msMax }) {
      const refused = refusalOf(url, policy);
      if (refused !== undefined) throw new AddressRefused(refused);
      const signal = AbortSignal.timeout(msMax);
      const headers = {
        accept: "image/jpeg, image/png, image/webp, text/plain",
        "accept-encoding": "identity",
      };
      const answer = await request(url, { dispatcher: agent, method: "GET", headers, signal });
      if (answer.statusCode !== 200) {
        await answer.body.dump({ limit: 16 * 1024, signal }).catch(() => undefined);
        throw new Error(`expected the answer 200, got ${answer.statusCode}; redirects are not followed`);
      }
      const parts: Buffer[] = [];
      let length = 0;
      for await (const part of answer.body) {
        length += (part as Buffer).length;
        if (length > bytesMax) throw new Error(`expected at most ${bytesMax} bytes`);
        parts.push(part as Buffer);
      }
      const contentType = answer.headers["content-type"];
      return {
        bytes: Buffer.concat(parts),
        contentType: Array.isArray(contentType) ? contentType[0] : contentType,
      };
    },
    close: () => agent.destroy(),
  };
}
