/**
 * A port in front of two versions of the API. Each request goes to one of them by chance, and how it ended is counted for that
 * one: what the judgement of a version rests on.
 */
import { Agent, createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import type { Traffic } from "@vigil/core/deployment/wire";

export type Side = "canary" | "stable";
export type Counts = Record<Side, Traffic>;

export type RouteOptions = {
  /** Origins, such as http://127.0.0.1:8080. */
  stable: string;
  canary: string;
  /** 0 picks a free port. */
  port: number;
  /** Later than this, an answer is slow. */
  slowMs: number;
  /** Of the canary, read anew for each request. */
  share: () => number;
  /** 0..1: by chance, whatever the request is. */
  random?: () => number;
};

export interface Route {
  readonly url: string;
  /** How requests ended since it was called last. */
  take(): Counts;
  close(): Promise<void>;
}

const nothing = (): Traffic => ({ requests: 0, failed: 0, slow: 0 });

export async function startRoute(options: RouteOptions): Promise<Route> {
  const { random = Math.random } = options;
  const agent = new Agent({ keepAlive: true });
  let counts: Counts = { canary: nothing(), stable: nothing() };

  function answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const side: Side = random() < options.share() ? "canary" : "stable";
    const startedAt = performance.now();
    const ended = (isFailed: boolean) => {
      const traffic = counts[side];
      traffic.requests += 1;
      if (isFailed) traffic.failed += 1;
      if (performance.now() - startedAt > options.slowMs) traffic.slow += 1;
    };
    forward(incoming, outgoing, { to: options[side], agent, ended });
  }

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(options.port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = counts;
      counts = { canary: nothing(), stable: nothing() };
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

type Forwarding = { to: string; agent: Agent; ended: (isFailed: boolean) => void };

/** `ended` is called once: with the answer's head, or when there will be none. Whoever hangs up before is nobody's failure. */
function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { to, agent, ended }: Forwarding,
): void {
  const { method, headers, url = "/" } = incoming;
  const passing = send(new URL(url, to), { method, headers, agent });
  let isOver = false;
  const once = (isFailed: boolean) => {
    if (!isOver) ended(isFailed);
    isOver = true;
  };
  passing.on("response", (answer) => {
    const { statusCode = 502 } = answer;
    once(statusCode >= 500);
    outgoing.writeHead(statusCode, answer.headers);
    answer.pipe(outgoing);
    answer.on("error", () => outgoing.destroy());
  });
  passing.on("error", () => {
    if (!outgoing.destroyed) once(true);
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end();
  });
  outgoing.on("close", () => passing.destroy());
  incoming.pipe(passing);
}
