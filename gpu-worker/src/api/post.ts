/** One signed POST to the API, repeated while the failure looks passing. */

import { randomUUID } from "node:crypto";
import { sign } from "@vigil/core/worker/signature";
import { Agent, request } from "undici";
import { type Backoff, backoffMs, pause } from "../bounds/backoff.ts";

/** The API gave no usable answer within all tries. */
export class ApiUnreachable extends Error {
  override readonly name = "ApiUnreachable";
}

/** The API said no, and would say no again. `code` is a problem code of the catalogue, where the answer had one. */
export class ApiRefused extends Error {
  override readonly name = "ApiRefused";
  readonly status: number;
  readonly code: string | undefined;

  constructor(path: string, status: number, code: string | undefined, detail: string) {
    super(`the API answered ${status}${code ? ` ${code}` : ""} to POST ${path}: ${detail}`);
    this.status = status;
    this.code = code;
  }
}

export type PostOptions = {
  /** Tries in all. */
  attempts: number;
  traceparent?: string;
  signal?: AbortSignal | undefined;
};

export interface Poster {
  /** The parsed answer of a 2xx. Throws `ApiRefused` or `ApiUnreachable`. */
  post(path: string, body: unknown, options: PostOptions): Promise<unknown>;
  close(): Promise<void>;
}

export type Send = (
  url: URL,
  options: {
    dispatcher: Agent;
    method: "POST";
    headers: Record<string, string>;
    body: string;
    signal: AbortSignal;
  },
) => Promise<{
  statusCode: number;
  headers: Record<string, string | string[] | undefined>;
  body: AsyncIterable<Uint8Array>;
}>;

type Answer = { status: number; json: unknown; retryAfterMs: number | undefined };

const answerBytesMax = 1024 * 1024;
const retryAfterMsMax = 30_000;

export function createPoster(options: {
  url: string;
  key: string;
  backoff: Backoff;
  timeoutMs: number;
  onRetry: () => void;
  /** How a request is made; undici's way when it is absent. */
  request?: Send | undefined;
}): Poster {
  const { request: ask = request } = options;
  const agent = new Agent({
    connections: 16,
    connect: { timeout: options.timeoutMs },
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
  });

  async function send(path: string, id: string, body: string, traceparent?: string): Promise<Answer> {
    const answer = await ask(new URL(path, options.url), {
      dispatcher: agent,
      method: "POST",
      headers: {
        ...sign(options.key, { id, at: new Date(), body }),
        authorization: `Bearer ${options.key}`,
        "content-type": "application/json",
        ...(traceparent ? { traceparent } : {}),
      },
      body,
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    const retryAfter = Number(answer.headers["retry-after"]);
    return {
      status: answer.statusCode,
      json: parse(await readText(answer.body)),
      retryAfterMs: retryAfter > 0 ? Math.min(retryAfter * 1000, retryAfterMsMax) : undefined,
    };
  }

  return {
    async post(path, value, { attempts, traceparent, signal }) {
      const body = JSON.stringify(value);
      // The same id on every try: the receiver can tell a repeat from a second message.
      const id = `msg_${randomUUID()}`;
      let last = "no try was made";
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        let retryAfterMs: number | undefined;
        try {
          const answer = await send(path, id, body, traceparent);
          if (answer.status >= 200 && answer.status < 300) return answer.json;
          if (!isPassing(answer.status)) throw refusal(path, answer);
          last = `status ${answer.status}`;
          retryAfterMs = answer.retryAfterMs;
        } catch (error) {
          if (error instanceof ApiRefused) throw error;
          last = error instanceof Error ? error.message : String(error);
        }
        if (signal?.aborted || attempt + 1 === attempts) break;
        options.onRetry();
        await pause(retryAfterMs ?? backoffMs(attempt, options.backoff), signal);
      }
      throw new ApiUnreachable(`POST ${path} got no usable answer in ${attempts} tries; the last: ${last}`);
    },
    async close() {
      await agent.close();
    },
  };
}

/** Too many requests, and every fault of the server, may pass. */
function isPassing(status: number): boolean {
  return status === 429 || status === 408 || status >= 500;
}

function refusal(path: string, { status, json }: Answer): ApiRefused {
  const problem = (json ?? {}) as { code?: unknown; detail?: unknown };
  const code = typeof problem.code === "string" ? problem.code : undefined;
  return new ApiRefused(
    path,
    status,
    code,
    typeof problem.detail === "string" ? problem.detail : "no detail",
  );
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > answerBytesMax) throw new Error(`an answer of at most ${answerBytesMax} bytes was expected`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Undefined when the text is not JSON, as in the error page of a proxy. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
