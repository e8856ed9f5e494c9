/** The API behind the worker: requests go to it as they are, and its answers come back as they come. */
import { edge as limits, outside } from "@vigil/core/limits";
import { problem } from "@vigil/core/problem";
import { acceptPath, streamPath } from "../one-origin.ts";
import { routerHeader, viewerHeader } from "../viewer.ts";
import type { Config } from "./config.ts";

export type Upstream = {
  /**
   * @param body what was read of the request's already; without it the request's own goes on as it comes
   * @throws `unavailable` when the API does not answer
   */
  forward(request: Request, requestId: string, body?: Uint8Array<ArrayBuffer>): Promise<Response>;
  /** A call of the worker's own for whoever asks. @throws `unavailable` */
  call(
    asked: Request,
    requestId: string,
    path: string,
    body?: object,
    more?: Record<string, string>,
  ): Promise<Response>;
};

export function createUpstream(config: Config): Upstream {
  const ask = async (path: string, request: RequestInit & { duplex?: "half" }): Promise<Response> => {
    try {
      return await fetch(originOf(config, path) + path, { ...request, redirect: "manual" });
    } catch (cause) {
      throw problem("unavailable", "the API does not answer; send the same request again", {
        cause,
        retryAfterSeconds: outside.retryAfterSeconds,
      });
    }
  };
  return {
    async forward(request, requestId, body) {
      const { pathname, search } = new URL(request.url);
      const { method, signal } = request;
      const sent = body ?? request.body;
      const answer = await ask(pathname + search, {
        method,
        signal,
        headers: headersOf(config, request, requestId),
        ...(sent === null ? {} : { body: sent, duplex: "half" }),
      });
      // Its headers can be added to, and its body is not read here.
      return new Response(answer.body, answer);
    },
    call(asked, requestId, path, body, more) {
      const headers = headersOf(config, asked, requestId);
      for (const name of ["content-length", "content-type", "transfer-encoding", "idempotency-key"]) {
        headers.delete(name);
      }
      if (body !== undefined) headers.set("content-type", "application/json");
      for (const [name, value] of Object.entries(more ?? {})) headers.set(name, value);
      return ask(path, {
        method: "POST",
        headers,
        signal: AbortSignal.timeout(limits.callMsMax),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
  };
}

function originOf({ API_URL, ACCEPT_URL = API_URL, STREAM_URL = API_URL }: Config, path: string): string {
  const [plain = ""] = path.split("?", 1);
  if (plain === streamPath) return withoutSlash(STREAM_URL);
  const isEvents = plain === acceptPath || plain.startsWith(`${acceptPath}/`);
  return withoutSlash(isEvents ? ACCEPT_URL : API_URL);
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}

/** Who asks is this worker's word: whatever a client says of it is thrown away. */
function headersOf({ ROUTER_KEY }: Config, request: Request, requestId: string): Headers {
  const headers = new Headers(request.headers);
  for (const name of ["host", "connection", viewerHeader, routerHeader]) headers.delete(name);
  headers.set("x-request-id", requestId);
  const viewer = request.headers.get("cf-connecting-ip");
  if (ROUTER_KEY !== undefined && viewer !== null) {
    headers.set(viewerHeader, viewer);
    headers.set(routerHeader, ROUTER_KEY);
  }
  return headers;
}
