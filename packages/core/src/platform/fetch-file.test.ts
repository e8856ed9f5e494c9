/** What is fetched for somebody else comes from where anybody could have it, and from nowhere else. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { forged, innerAddresses } from "../../testing/forged-addresses.ts";
import { httpFiles } from "./fetch-file.ts";
import { AddressRefused, type Resolve } from "./public-address.ts";

let asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const to = new URL(request.url ?? "/", "http://x").searchParams.get("to");
  if (to === null) response.end("words");
  else response.writeHead(302, { location: to }).end();
});
let port = 0;
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
after(() => new Promise((resolve) => server.close(resolve)));

async function fetched(url: string, resolve?: Resolve, localReceivers = false): Promise<unknown> {
  const files = httpFiles({ localReceivers, ...(resolve ? { resolve } : {}) });
  try {
    return await files.fetch({ url, bytesMax: 1_000, msMax: 60_000 }).catch((error: unknown) => error);
  } finally {
    await files.close();
  }
}
const isRefused = (error: unknown) =>
  error instanceof AddressRefused || (error instanceof Error && error.cause instanceof AddressRefused);

describe("a file at an address that was given from outside", () => {
  it("is not fetched from any forged address, and none is looked up", async () => {
    let looked = 0;
    const resolve: Resolve = (_, done) => {
      looked++;
      done(null, []);
    };
    for (const url of forged) assert.ok(isRefused(await fetched(url, resolve)), url);
    assert.equal(looked, 0);
  });

  it("is not fetched under a name that resolves to an inner address", async () => {
    asked = [];
    for (const address of innerAddresses) {
      const family = address.includes(":") ? 6 : 4;
      const answer = await fetched(`https://x.example.com:${port}/`, (_, done) =>
        done(null, [{ address, family }]),
      );
      assert.ok(isRefused(answer), `${address}: ${String(answer)}`);
    }
    assert.deepEqual(asked, []);
  });

  // The server of this test stands for a public one: loopback is allowed here, and other inner addresses are not.
  it("is not fetched from where a redirect leads", async () => {
    asked = [];
    const targets = [`http://localhost:${port}/inside`, "http://169.254.169.254/latest", "//10.0.0.1/"];
    for (const to of targets) {
      const path = `/?to=${encodeURIComponent(to)}`;
      const answer = await fetched(`http://localhost:${port}${path}`, undefined, true);
      assert.match(String(answer), /got 302; redirects are not followed/);
      assert.equal(asked.pop(), path);
    }
    assert.deepEqual(asked, []);
  });
});
