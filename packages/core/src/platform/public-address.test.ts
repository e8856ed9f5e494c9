/** Forged addresses: whatever form one takes, nothing inside is reached. */
import assert from "node:assert/strict";
import type { LookupAddress } from "node:dns";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import * as fc from "fast-check";
import { forged, innerAddresses, spellings } from "../../testing/forged-addresses.ts";
import { AddressRefused, isAllowed, type Resolve } from "./public-address.ts";
import { refusalOf } from "./webhook-url.ts";
import { httpWebhooks } from "./webhooks.ts";

describe("forged addresses", () => {
  it(`refuses each of ${forged.length} forms before anything is looked up`, () => {
    const through = forged.filter((url) => refusalOf(url, { localReceivers: false }) === undefined);
    assert.deepEqual(through, []);
  });

  it("refuses every inner IPv4 address, however it is written", () => {
    const byte = fc.nat(255);
    const inner = fc.oneof(
      fc.tuple(fc.constantFrom(10, 127, 0), byte, byte, byte),
      fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
      fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte, byte),
    );
    const rests = fc.constantFrom("/", ":8443/", "/a?b#c");
    fc.assert(
      fc.property(inner, rests, (bytes, rest) => {
        for (const host of spellings(bytes)) {
          const url = `https://${host}${rest}`;
          assert.notEqual(refusalOf(url, { localReceivers: false }), undefined, url);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("lets public addresses through", () => {
    for (const url of [
      "https://example.com/hook",
      "https://example.com:8443/a?b=c",
      "https://8.8.8.8/",
      "https://[2606:4700::1111]/",
      "https://hooks.example.co.uk/",
    ]) {
      assert.equal(refusalOf(url, { localReceivers: false }), undefined, url);
    }
  });

  it("never allows link-local and metadata addresses, whatever an operator allows", () => {
    const everything = { privateAddresses: true, loopback: true };
    for (const address of [
      "169.254.169.254",
      "fe80::1",
      "fd00:ec2::254",
      "100.100.100.200",
      "::ffff:169.254.169.254",
    ]) {
      assert.equal(isAllowed(address, everything), false, address);
    }
    assert.equal(isAllowed("10.0.0.1", everything), true);
    assert.equal(isAllowed("not an address", everything), false);
  });
});

describe("names that lead inside", () => {
  let server: ReturnType<typeof createServer>;
  let port: number;
  let reached = 0;
  before(async () => {
    server = createServer((_request, response) => {
      reached += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  /** A resolver of the attacker's: what it answers changes from one question to the next. */
  function answering(...answers: LookupAddress[][]): Resolve & { asked: number } {
    const resolve = Object.assign(
      (_hostname: string, done: Parameters<Resolve>[1]) => {
        done(null, answers[Math.min(resolve.asked, answers.length - 1)] ?? []);
        resolve.asked += 1;
      },
      { asked: 0 },
    );
    return resolve;
  }

  async function post(resolve: Resolve, localReceivers = false): Promise<unknown> {
    const webhooks = httpWebhooks({ localReceivers, resolve });
    try {
      const url = `${localReceivers ? "http" : "https"}://rebind.example.com:${port}/`;
      return await webhooks
        .post({ url, headers: {}, body: "{}", msMax: 60_000 })
        .catch((error: unknown) => error);
    } finally {
      await webhooks.close();
    }
  }
  const isRefused = (error: unknown) =>
    error instanceof AddressRefused || (error instanceof Error && error.cause instanceof AddressRefused);

  it("refuses a name that resolves to a private address", async () => {
    const error = await post(answering([{ address: "127.0.0.1", family: 4 }]));
    assert.ok(isRefused(error), String(error));
  });

  it("refuses a name of which no answer may be connected to, and one with none", async () => {
    assert.ok(isRefused(await post(answering([]))));
    const inner = answering([
      { address: "10.0.0.1", family: 4 },
      { address: "::1", family: 6 },
    ]);
    assert.ok(isRefused(await post(inner)));
    assert.equal(reached, 0);
  });

  it("refuses a name that resolves to any of the inner addresses", async () => {
    for (const address of innerAddresses) {
      const error = await post(answering([{ address, family: address.includes(":") ? 6 : 4 }]));
      assert.ok(isRefused(error), `${address}: ${String(error)}`);
    }
    assert.equal(reached, 0);
  });

  // The server of this test stands for a public one: loopback is allowed, and other inner addresses are not.
  it("connects to the very address that was checked, and to none of the name's others", async () => {
    const mixed: LookupAddress[] = [
      { address: "10.0.0.1", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    const resolve = answering(mixed, [{ address: "10.0.0.1", family: 4 }]);
    assert.deepEqual(await post(resolve, true), { status: 200, retryAfter: undefined });
    assert.equal(resolve.asked, 1, "one look-up for one connection: a later answer is never asked for");
    assert.equal(reached, 1);
    assert.ok(isRefused(await post(resolve, true)), "the next connection checks anew");
    assert.equal(reached, 1);
  });
});
