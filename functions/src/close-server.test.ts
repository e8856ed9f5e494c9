import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, createServer, type RequestListener, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { closeServer } from "./close-server.ts";

async function serve(listener: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

describe("closing a server", () => {
  it("answers what is under way, and does not wait for a client that keeps asking on its connection", async () => {
    const answering = Promise.withResolvers<void>();
    const { server, port } = await serve((_, answer) => {
      answering.resolve();
      setTimeout(() => answer.end("there"), 100);
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const answers: string[] = [];
    const ask = () =>
      new Promise<boolean>((resolve) => {
        const asking = request({ agent, port, host: "127.0.0.1" }, (answer) => {
          answer.on("data", (part) => answers.push(String(part)));
          answer.on("end", () => resolve(true));
        });
        asking.on("error", () => resolve(false));
        asking.end();
      });
    // As a console does: the next question comes soon after the answer, on the same connection.
    const asking = (async () => {
      while (await ask()) await pause(200);
    })();
    await answering.promise;
    await closeServer(server, 60_000);
    await asking;
    agent.destroy();
    assert.deepEqual(answers, ["there"]);
  });

  it("cuts off what goes on after the grace", async () => {
    const { server, port } = await serve((_, answer) => void answer.write("and so on"));
    const answer = await fetch(`http://127.0.0.1:${port}`);
    await closeServer(server, 100);
    await assert.rejects(answer.text());
  });
});
