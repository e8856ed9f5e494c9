/**
 * One POST to an address that a customer gave: to a public address, over TLS, without redirects, within a deadline.
 *
 * @example
 *   const webhooks = httpWebhooks({ localReceivers: false });
 *   const { status } = await webhooks.post({ url, headers, body, msMax: 15_000 });
 */
import { Agent, type Dispatcher, request } from "undici";
import { AddressRefused, guardedLookup, type Resolve } from "./public-address.ts";
import { allowanceOf, type ReceiverPolicy, refusalOf } from "./webhook-url.ts";

export type WebhookAnswer = {
  status: number;
  /** As the receiver asked with `Retry-After`: seconds, or an HTTP date. */
  retryAfter: string | undefined;
};

export interface Webhooks {
  /** @throws AddressRefused; any other error when no answer came within `msMax` milliseconds */
  post(request: {
    url: string;
    headers: Record<string, string>;
    body: string | Uint8Array;
    msMax: number;
  }): Promise<WebhookAnswer>;
  close(): Promise<void>;
}

/** An answer's body is read up to here, so that the connection ends well, and thrown away. */
const answerBytesMax = 16 * 1024;
const connectMsMax = 5_000;

export function httpWebhooks(
  policy: ReceiverPolicy & {
    resolve?: Resolve;
    /** Certificates of authorities beyond the system's, PEM. */
    ca?: string;
  },
): Webhooks {
  const { resolve, ca } = policy;
  const agent = new Agent({
    connections: 4,
    pipelining: 1,
    keepAliveTimeout: 1_000,
    connect: {
      lookup: guardedLookup(() => allowanceOf(policy), resolve),
      timeout: connectMsMax,
      ...(ca === undefined ? {} : { ca }),
    },
  });
  return {
    async post({ url, headers, body, msMax }) {
      const refused = refusalOf(url, policy);
      if (refused !== undefined) throw new AddressRefused(refused);
      const signal = AbortSignal.timeout(msMax);
      const answer = await request(url, { dispatcher: agent, method: "POST", headers, body, signal });
      await answer.body.dump({ limit: answerBytesMax, signal }).catch(() => undefined);
      return { status: answer.statusCode, retryAfter: single(answer.headers["retry-after"]) };
    },
    close: () => agent.destroy(),
  };
}

function single(header: Dispatcher.ResponseData["headers"][string]): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
