import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, it } from "node:test";
import { type Route, startRoute } from "./route.ts";

describe("a port in front of two versions", () => {
  const servers: Server[] = [];
  let route: Route;
  afterEach(async () => {
    await route.close();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const start = async (canary: string, chances: number[], share = 0.1) => {
    const stable = await serve((_request, response) => response.end("stable"));
    let turn = 0;
    const random = () => chances[turn++ % chances.length] ?? 0;
    route = await startRoute({ stable, canary, port: 0, slowMs: 60_000, share: () => share, random });
  };

  it("gives the new version its share, passes on what is sent, and counts what fails for whoever failed", async () => {
    const canary = await serve((request, response) => {
      response.writeHead(request.url === "/fails" ? 500 : 200, { "x-path": request.url ?? "" });
      request.pipe(response);
    });
    await start(canary, [0.05, 0.5, 0.99, 0.0999]);
    const paths = ["/a?b=1", "/b", "/c", "/fails"];
    const answers: [number, string][] = [];
    for (const path of paths) {
      const answer = await fetch(`${route.url}${path}`, { method: "POST", body: "what was sent" });
      answers.push([answer.status, await answer.text()]);
    }
    assert.deepEqual(answers, [
      [200, "what was sent"],
      [200, "stable"],
      [200, "stable"],
      [500, "what was sent"],
    ]);
    assert.deepEqual(route.take(), {
      canary: { requests: 2, failed: 1, slow: 0 },
      stable: { requests: 2, failed: 0, slow: 0 },
    });
    assert.equal(route.take().stable.requests, 0, "each request is counted once");
  });

  it("answers 502 for a version that is not there, or dies with a request in hand, and counts it", async () => {
    await start("http://127.0.0.1:1", [0]);
    assert.equal((await fetch(route.url)).status, 502);
    await route.close();
    await start(await serve((request) => request.socket.destroy()), [0]);
    assert.equal((await fetch(route.url)).status, 502);
    assert.deepEqual(route.take().canary, { requests: 1, failed: 1, slow: 0 });
  });

  it("counts nobody's failure when whoever asks hangs up", async () => {
    const arrived = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const canary = await serve((_request, response) => {
      arrived.resolve();
      response.on("close", () => left.resolve());
    });
    await start(canary, [0]);
    const stop = new AbortController();
    const asking = fetch(route.url, { signal: stop.signal });
    await arrived.promise;
    stop.abort();
    await assert.rejects(asking);
    await left.promise;
    assert.deepEqual(route.take().canary, { requests: 0, failed: 0, slow: 0 });
  });
});
