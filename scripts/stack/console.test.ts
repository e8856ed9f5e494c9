import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { type ConsoleServer, serveConsole } from "./console.ts";

describe("the console's server", () => {
  let folder: string;
  let server: ConsoleServer;
  const peers = { apiUrl: "http://127.0.0.1:1", s3Url: "http://127.0.0.1:2" };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-console-"));
    await mkdir(join(folder, "dist", "assets"), { recursive: true });
    await writeFile(join(folder, "secret.txt"), "not for everybody");
    await writeFile(join(folder, "dist", "index.html"), "<title>Vigil</title>");
    await writeFile(join(folder, "dist", "assets", "main-1a2b.js"), "export {};");
    server = await serveConsole({ port: 0, folder: join(folder, "dist") }, () => peers);
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("serves files with their type, and hashed ones for ever", async () => {
    const script = await fetch(`${server.url}/assets/main-1a2b.js`);
    assert.equal(script.headers.get("content-type"), "text/javascript; charset=utf-8");
    assert.match(script.headers.get("cache-control") ?? "", /immutable/);
    assert.equal(await script.text(), "export {};");
    assert.equal((await fetch(server.url)).headers.get("cache-control"), "no-cache");
  });

  it("answers a route of the page with the page, and a missing file with 404", async () => {
    const route = await fetch(`${server.url}/digests/dig_1`);
    assert.equal(await route.text(), "<title>Vigil</title>");
    assert.equal((await fetch(`${server.url}/assets/gone.js`)).status, 404);
  });

  it("has the API answer its own paths, where it is now, with all that was asked and said", async () => {
    const asked: string[] = [];
    const tell = async (incoming: IncomingMessage, to: ServerResponse) => {
      const { method, url, headers } = incoming;
      asked.push(`${method} ${url} ${String(headers["x-asked"])} ${await text(incoming)}`);
      to.writeHead(201, { "x-said": "yes", "cache-control": "no-store" }).end("said");
    };
    const api = createServer((incoming, outgoing) => void tell(incoming, outgoing)).listen(0, "127.0.0.1");
    await once(api, "listening");
    try {
      peers.apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
      const answer = await fetch(`${server.url}/v1/events?limit=1`, {
        method: "POST",
        headers: { "x-asked": "so" },
        body: "body",
      });
      assert.deepEqual(asked, ["POST /v1/events?limit=1 so body"]);
      assert.equal(answer.status, 201);
      assert.equal(answer.headers.get("x-said"), "yes");
      assert.equal(answer.headers.get("cache-control"), "no-store");
      assert.equal(await answer.text(), "said");
      assert.equal(await (await fetch(`${server.url}/v10`)).text(), "<title>Vigil</title>");
    } finally {
      api.closeAllConnections();
      api.close();
    }
    assert.equal((await fetch(`${server.url}/v1/events`)).status, 502);
  });

  it("never leaves its folder", async () => {
    for (const path of ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/%"]) {
      // `fetch` would straighten the path before it sends it.
      const outgoing = request(server.url, { path }).end();
      const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
      const body = await text(incoming);
      assert.doesNotMatch(body, /not for everybody/, path);
    }
  });

  it("outlives every request target, whatever it is", async () => {
    for (const path of ["//", "///", "//[", "http://", "http://[", "*", "/%ff", "?", "/\\"]) {
      const outgoing = request(server.url, { path }).end();
      const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
      incoming.resume();
      assert.ok((incoming.statusCode ?? 0) < 500, path);
    }
    assert.equal((await fetch(server.url)).status, 200);
  });

  it("lets the page load from its own site and the evidence store alone", async () => {
    const policy = (await fetch(server.url)).headers.get("content-security-policy") ?? "";
    const sources = policy.split("; ").flatMap((directive) => directive.split(" ").slice(1));
    const known = ["'self'", "'none'", peers.s3Url];
    assert.deepEqual(
      sources.filter((source) => !known.includes(source)),
      [],
    );
    assert.match(policy, /default-src 'none'/);
  });

  it("refuses to be written to", async () => {
    assert.equal((await fetch(server.url, { method: "POST" })).status, 405);
  });
});
