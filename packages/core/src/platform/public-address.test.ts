/** Forged addresses: whatever form one takes, nothing inside is reached. */
import assert from "node:assert/strict";
import type { LookupAddress } from "node:dns";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { AddressRefused, isAllowed, type Resolve } from "./public-address.ts";
import { refusalOf } from "./webhook-url.ts";
import { httpWebhooks } from "./webhooks.ts";

/** Forms in which an inner address, a metadata service or another scheme has been smuggled past a check. */
const forged = [
  "https://127.0.0.1/",
  "https://127.1/",
  "https://127.0.1/",
  "https://0/",
  "https://0.0.0.0/",
  "https://0x7f.0.0.1/",
  "https://0x7f000001/",
  "https://0177.0.0.1/",
  "https://2130706433/",
  "https://017700000001/",
  "https://127.0.0.1./",
  "https://127。0。0。1/",
  "https://①②⑦.⓪.⓪.①/",
  "https://%31%32%37.0.0.1/",
  "https://localhost/",
  "https://LOCALHOST/",
  "https://localhost./",
  "https://a.localhost/",
  "https://[::1]/",
  "https://[0:0:0:0:0:0:0:1]/",
  "https://[::]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:7f00:1]/",
  "https://[::127.0.0.1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[64:ff9b::a9fe:a9fe]/",
  "https://[64:ff9b:1::7f00:1]/",
  "https://[2002:7f00:1::]/",
  "https://[2002:a9fe:a9fe::]/",
  "https://[2001:0:7f00:1::]/",
  "https://[fe80::1]/",
  "https://[fec0::1]/",
  "https://[fc00::1]/",
  "https://[fd00:ec2::254]/",
  "https://[ff02::1]/",
  "https://[100::1]/",
  "https://[2001:db8::1]/",
  "https://10.0.0.1/",
  "https://10.1/",
  "https://172.16.0.1/",
  "https://172.31.255.255/",
  "https://192.168.1.1/",
  "https://0xc0a80101/",
  "https://100.64.0.1/",
  "https://100.100.100.200/",
  "https://169.254.169.254/latest/meta-data/",
  "https://0xa9fea9fe/",
  "https://2852039166/",
  "https://0251.0376.0251.0376/",
  "https://169.254.170.2/",
  "https://168.63.129.16/",
  "https://192.0.0.1/",
  "https://192.0.2.1/",
  "https://198.18.0.1/",
  "https://224.0.0.1/",
  "https://240.0.0.1/",
  "https://255.255.255.255/",
  "https://metadata.google.internal/",
  "https://printer.local/",
  "https://intranet/",
  "https://router.home.arpa/",
  "https://user:password@example.com/",
  "https://example.com@127.0.0.1/",
  "https://127.0.0.1#@example.com/",
  "https://127.0.0.1\\@example.com/",
  "http://example.com/",
  "file:///etc/passwd",
  "gopher://127.0.0.1:6379/_INFO",
  "data:text/plain,hello",
  "ftp://example.com/",
  "//example.com/",
  "https://",
  "",
];

describe("forged addresses", () => {
  it(`refuses each of ${forged.length} forms before anything is looked up`, () => {
    const through = forged.filter((url) => refusalOf(url, { localReceivers: false }) === undefined);
    assert.deepEqual(through, []);
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
