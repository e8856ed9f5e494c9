import assert from "node:assert/strict";
import type { LookupAddress } from "node:dns";
import { describe, it } from "node:test";
import { AddressRefused, type Resolve } from "@vigil/core/platform/public-address";
import { forged } from "../../../../packages/core/testing/forged-addresses.ts";
import { startEvidenceHost } from "../../../testing/evidence-host.ts";
import { createFetcher } from "./fetch.ts";
import { createGuard } from "./guard.ts";
import { LinkRefused } from "./link-refused.ts";
import { Unfetchable } from "./unfetchable.ts";

function resolvesTo(...addresses: string[]): Resolve {
  return (_hostname, done) =>
    done(
      null,
      addresses.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
}

async function lookup(hostname: string, resolve: Resolve, privateAddresses = false): Promise<string[]> {
  const guard = createGuard({ origins: [`https://${hostname}`], privateAddresses, resolve });
  return new Promise((done, reject) => {
    guard.lookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else done((addresses as LookupAddress[]).map(({ address }) => address));
    });
  });
}

describe("the guard", () => {
  it("lets a public address through", async () => {
    assert.deepEqual(await lookup("store.example", resolvesTo("93.184.215.14")), ["93.184.215.14"]);
  });

  for (const address of [
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "127.0.0.1",
    "169.254.169.254",
    "100.100.100.200",
    "0.0.0.0",
    "::1",
    "::",
    "fe80::1",
    "fd00:ec2::254",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "224.0.0.1",
    "255.255.255.255",
    "64:ff9b::a00:1",
    "2002:a00:1::1",
  ]) {
    it(`refuses a name that resolves to ${address}`, async () => {
      await assert.rejects(lookup("store.example", resolvesTo(address)), AddressRefused);
    });
  }

  it("never connects to the private one of several addresses", async () => {
    assert.deepEqual(await lookup("store.example", resolvesTo("10.0.0.1", "93.184.215.14")), [
      "93.184.215.14",
    ]);
  });

  it("lets a private network through by configuration, but no link-local or metadata address", async () => {
    assert.deepEqual(await lookup("minio", resolvesTo("10.0.0.7"), true), ["10.0.0.7"]);
    for (const address of ["169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200"]) {
      await assert.rejects(lookup("minio", resolvesTo(address), true), AddressRefused, address);
    }
  });

  it("connects to the address that was checked and resolves once per connection", async () => {
    const host = await startEvidenceHost();
    const { port } = new URL(host.origin);
    let asked = 0;
    const fetcher = createFetcher({
      guard: createGuard({
        origins: [`http://rebinding.example:${port}`],
        privateAddresses: true,
        resolve(_hostname, done) {
          asked += 1;
          done(null, [{ address: asked === 1 ? "127.0.0.1" : "169.254.169.254", family: 4 }]);
        },
      }),
      connectionsPerHostMax: 1,
    });
    host.put("/a.jpg", Buffer.from("x"));
    const get = () =>
      fetcher.fetch(
        `http://rebinding.example:${port}/a.jpg`,
        { sha256: "0".repeat(64), bytes: 1, contentType: "image/jpeg" },
        AbortSignal.timeout(60_000),
      );
    // The bytes are no picture: what counts is that the request reached the checked address.
    await assert.rejects(get(), Unfetchable);
    assert.equal(host.requests("/a.jpg"), 1);
    assert.equal(asked, 1);
    await fetcher.close();
    await host.close();
  });

  it("refuses the link when its host resolves to an address that may not be used", async () => {
    const fetcher = createFetcher({
      guard: createGuard({
        origins: ["http://inside.example"],
        privateAddresses: false,
        resolve: resolvesTo("10.0.0.1"),
      }),
      connectionsPerHostMax: 1,
    });
    await assert.rejects(
      fetcher.fetch(
        "http://inside.example/a.jpg",
        { sha256: "0".repeat(64), bytes: 1, contentType: "image/jpeg" },
        AbortSignal.timeout(60_000),
      ),
      (error: unknown) => error instanceof LinkRefused && !error.isGone && /refused/.test(error.message),
    );
    await fetcher.close();
  });

  it("takes evidence from none of the forged addresses", () => {
    const guard = createGuard({ origins: ["https://store.example"], privateAddresses: true });
    for (const url of forged) assert.throws(() => guard.check(url), LinkRefused, url);
  });

  it("takes a literal private address only when exactly that origin is configured", () => {
    const guard = createGuard({ origins: ["http://127.0.0.1:9000"], privateAddresses: false });
    assert.equal(guard.check("http://127.0.0.1:9000/a?X-Amz-Signature=1").pathname, "/a");
    for (const url of [
      "http://127.0.0.1:9001/a",
      "https://127.0.0.1:9000/a",
      "http://127.0.0.2:9000/a",
      "http://localhost:9000/a",
      "http://127.0.0.1:9000@evil.example/a",
      "file:///etc/passwd",
      "not a url",
    ]) {
      assert.throws(() => guard.check(url), LinkRefused, url);
    }
  });
});
