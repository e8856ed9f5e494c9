import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { describe, it } from "node:test";
import { createClient } from "@vigil/client";
import { sendItems } from "./send-items.ts";

/** An API and a store in one, which knows what was uploaded to it. */
function standIn() {
  const stored = new Set<string>();
  const name = async (request: IncomingMessage, response: ServerResponse) => {
    const { items } = (await json(request)) as { items: { sha256: string }[] };
    const missing = items
      .filter(({ sha256 }) => !stored.has(sha256))
      .map(({ sha256 }) => ({ sha256, method: "PUT", url: `${urlOf(server)}/${sha256}`, headers: {} }));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ accepted: items.length - missing.length, missing }));
  };
  const server = createServer((request, response) => {
    if (request.method !== "PUT") return void name(request, response);
    stored.add((request.url ?? "").slice(1));
    request.resume();
    request.on("end", () => response.end());
  });
  return server;
}

function urlOf(server: ReturnType<typeof standIn>): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("sending items", () => {
  it("counts what every page uploads, although pages end in any order", async () => {
    const server = standIn().listen(0, "127.0.0.1");
    try {
      await once(server, "listening");
      const pictures = Array.from({ length: 600 }, (_, no) => ({
        no,
        name: `${no}`,
        bytes: 4,
        contentType: "image/jpeg" as const,
        read: async () => new TextEncoder().encode(String(no).padStart(4, "0")),
      }));
      const client = createClient({ url: urlOf(server), token: "any" });
      const sent = await sendItems(client, "run_1", pictures, {
        onPage: () => undefined,
        signal: new AbortController().signal,
      });
      assert.deepEqual(sent, { accepted: 600, uploaded: 600 });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
