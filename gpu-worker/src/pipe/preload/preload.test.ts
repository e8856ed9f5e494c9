import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { type EvidenceHost, startEvidenceHost } from "../../../testing/evidence-host.ts";
import { picture } from "../../../testing/pictures.ts";
import {
  createFetcher,
  createGuard,
  createPreloader,
  Misdirected,
  type Preloader,
  type PreloaderOptions,
  Unfetchable,
  type Wanted,
} from "./index.ts";

const quiet = { onShared() {}, onFetch() {}, onRetry() {} };

function ends(outcome: "missing" | "unreadable", pattern: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof Unfetchable, `expected Unfetchable, got ${String(error)}`);
    assert.equal(error.outcome, outcome);
    assert.match(error.message, pattern);
    assert.doesNotMatch(error.message, /expires=/, "no URL in an error");
    return true;
  };
}

describe("the preloader", () => {
  let host: EvidenceHost;
  let bytes: Uint8Array;
  const open: Preloader[] = [];

  before(async () => {
    host = await startEvidenceHost();
    bytes = await picture(1);
  });
  after(async () => {
    await Promise.all(open.map((preloader) => preloader.close()));
    await host.close();
  });

  function start(options: Partial<PreloaderOptions> = {}): Preloader {
    const preloader = createPreloader({
      fetcher: createFetcher({
        guard: createGuard({ origins: [host.origin], privateAddresses: false }),
        connectionsPerHostMax: 4,
      }),
      events: quiet,
      backoff: { firstMs: 2, mostMs: 10 },
      deadlineMs: [60_000, 60_000, 60_000, 60_000],
      ...options,
    });
    open.push(preloader);
    return preloader;
  }

  function wanted(path: string, overrides: Partial<Wanted> = {}): Wanted {
    const { url } = host.url(path);
    return {
      sha256: createHash("sha256").update(bytes).digest("hex"),
      bytes: bytes.byteLength,
      contentType: "image/jpeg",
      priority: 1,
      source: new URL(path, host.origin),
      url: async () => url,
      ...overrides,
    };
  }

  it("fetches once for a hundred askers at once, and once more for whoever asks afterwards", async () => {
    host.put("/hundred.jpg", bytes);
    const preloader = start();
    const all = await Promise.all(Array.from({ length: 100 }, () => preloader.get(wanted("/hundred.jpg"))));
    assert.ok(all.every((one) => Buffer.compare(one.bytes, bytes) === 0));
    assert.equal(host.requests("/hundred.jpg"), 1);
    await preloader.get(wanted("/hundred.jpg"));
    assert.equal(host.requests("/hundred.jpg"), 2);
  });

  it("frees bytes once the last of their readers has given them back", async () => {
    host.put("/shown.jpg", bytes);
    const preloader = start();
    const [one, two] = await Promise.all([
      preloader.get(wanted("/shown.jpg")),
      preloader.get(wanted("/shown.jpg")),
    ]);
    one.giveBack();
    one.giveBack();
    assert.equal(Buffer.compare(two.bytes, bytes), 0, "still lent");
    two.giveBack();
    assert.equal(two.bytes.byteLength, 0, "freed");
  });

  it("refuses other bytes of the same length under the announced hash, also where it has read the announced ones", async () => {
    host.put("/altered.jpg", bytes);
    const preloader = start();
    const read = await preloader.get(wanted("/altered.jpg"));
    assert.equal(read.sha256, wanted("/altered.jpg").sha256);
    const altered = Uint8Array.from(bytes);
    altered[altered.length - 10] = (altered[altered.length - 10] ?? 0) ^ 1;
    host.put("/altered.jpg", altered);
    await assert.rejects(
      preloader.get(wanted("/altered.jpg")),
      ends("unreadable", /differ from what was announced/),
    );
  });

  it("fetches anew after a failure: a failure is not cached", async () => {
    const preloader = start();
    await assert.rejects(preloader.get(wanted("/later.jpg")), ends("missing", /no longer in the store/));
    host.put("/later.jpg", bytes);
    assert.equal((await preloader.get(wanted("/later.jpg"))).bytes.byteLength, bytes.byteLength);
  });

  it("gives up on a host that does not answer when the priority's deadline has passed", async () => {
    host.misbehave("/silent.jpg", () => undefined);
    const preloader = start({ deadlineMs: [60, 120, 180, 240] });
    await assert.rejects(preloader.get(wanted("/silent.jpg")), ends("missing", /within 60 ms/));
    await assert.rejects(
      preloader.get(wanted("/silent.jpg", { priority: 3 })),
      ends("missing", /within 180 ms/),
    );
  });

  it("gives up on a host that drips byte by byte when the deadline has passed", async () => {
    host.misbehave("/drip.jpg", (_request, response) => {
      response.writeHead(200, { "content-length": bytes.byteLength });
      let sent = 0;
      const timer = setInterval(() => response.write(bytes.subarray(sent, ++sent)), 10);
      response.once("close", () => clearInterval(timer));
    });
    const preloader = start({ deadlineMs: [100, 100, 100, 100] });
    await assert.rejects(preloader.get(wanted("/drip.jpg")), ends("missing", /within 100 ms/));
  });

  it("stops reading at the announced length when the host lies about it", async () => {
    let written = 0;
    let closed: Promise<unknown> = Promise.resolve();
    host.misbehave("/endless.jpg", (_request, response) => {
      closed = once(response, "close");
      response.writeHead(200);
      const chunk = Buffer.concat([bytes, Buffer.alloc(64 * 1024)]);
      const write = () => {
        do written += chunk.byteLength;
        while (response.write(chunk) && written < 1e9);
      };
      response.on("drain", write);
      write();
    });
    await assert.rejects(start().get(wanted("/endless.jpg")), ends("unreadable", /more came/));
    await closed;
    assert.ok(written < 20e6, `the connection was cut after ${written} bytes`);
  });

  it("refuses by the length in the headers without reading", async () => {
    host.put("/longer.jpg", Buffer.concat([bytes, Buffer.alloc(10)]));
    await assert.rejects(start().get(wanted("/longer.jpg")), ends("unreadable", /would send more/));
  });

  it("tries again when the host dies in the middle of the body", async () => {
    let deaths = 0;
    host.misbehave("/dies.jpg", (_request, response, object) => {
      response.writeHead(200, { "content-length": object.byteLength });
      if (deaths < 2) {
        deaths += 1;
        response.write(object.subarray(0, 100), () => response.destroy());
      } else response.end(object);
    });
    host.put("/dies.jpg", bytes);
    assert.equal((await start().get(wanted("/dies.jpg"))).bytes.byteLength, bytes.byteLength);
    assert.equal(deaths, 2);
  });

  it("ends as missing when the host dies every time", async () => {
    host.misbehave("/dead.jpg", (_request, response) => {
      response.writeHead(200, { "content-length": bytes.byteLength });
      response.write(bytes.subarray(0, 100), () => response.destroy());
    });
    await assert.rejects(
      start({ deadlineMs: [100, 100, 100, 100] }).get(wanted("/dead.jpg")),
      ends("missing", /within 100 ms/),
    );
  });

  it("follows no redirect, wherever it leads", async () => {
    const secret = await startEvidenceHost();
    secret.put("/secret.jpg", bytes);
    host.misbehave("/moved.jpg", (_request, response) => {
      response.writeHead(302, { location: secret.url("/secret.jpg").url }).end();
    });
    await assert.rejects(start().get(wanted("/moved.jpg")), ends("missing", /redirects, which is refused/));
    assert.equal(secret.requests(), 0);
    await secret.close();
  });

  it("refuses another origin, and a URL with credentials, without a request", async () => {
    const other = await startEvidenceHost();
    other.put("/a.jpg", bytes);
    const elsewhere = wanted("/a.jpg", { url: async () => other.url("/a.jpg").url });
    await assert.rejects(start().get(elsewhere), ends("missing", /not the configured evidence host/));
    const withUser = wanted("/b.jpg", { url: async () => host.origin.replace("//", "//user:pass@") });
    await assert.rejects(start().get(withUser), ends("missing", /not the configured evidence host/));
    assert.equal(other.requests(), 0);
    await other.close();
  });

  it("asks for another URL once when the store answers 403", async () => {
    host.put("/expired.jpg", bytes);
    const states: string[] = [];
    const url = async (state: "first" | "refused") => {
      states.push(state);
      return host.url("/expired.jpg", state === "first" ? -1 : 60).url;
    };
    await start().get(wanted("/expired.jpg", { url }));
    assert.deepEqual(
      states.filter((state) => state === "refused"),
      ["refused"],
    );
    const never = wanted("/expired.jpg", {
      source: new URL("/never.jpg", host.origin),
      url: async () => host.url("/expired.jpg", -1).url,
    });
    await assert.rejects(start().get(never), ends("missing", /answered 403, for a fresh link too/));
  });

  it("asks for another URL when the store is elsewhere by now, however that shows", async () => {
    host.put("/elsewhere.jpg", bytes);
    const closed = await startEvidenceHost();
    await closed.close();
    const emptied = await startEvidenceHost();
    const page = await startEvidenceHost();
    page.misbehave("/elsewhere.jpg", (_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>Welcome</h1>");
    });
    const service = await startEvidenceHost();
    service.misbehave("/elsewhere.jpg", (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end('{"status":"ok"}');
    });
    const signIn = await startEvidenceHost();
    signIn.misbehave("/elsewhere.jpg", (_request, response) => {
      response.writeHead(302, { location: "/login" }).end();
    });
    const notConfigured = "https://store.invalid";
    const origins = [host, closed, emptied, page, service, signIn].map(({ origin }) => origin);
    const guard = createGuard({ origins, privateAddresses: false });
    for (const old of [...origins.slice(1), notConfigured]) {
      const asked: string[] = [];
      const url = async (state: "first" | "refused") => {
        asked.push(state);
        return state === "first" ? `${old}/elsewhere.jpg` : host.url("/elsewhere.jpg").url;
      };
      const fetcher = createFetcher({ guard, connectionsPerHostMax: 4 });
      const source = new URL("/elsewhere.jpg", old);
      const lent = await start({ fetcher }).get(wanted("/elsewhere.jpg", { url, source }));
      assert.equal(lent.bytes.byteLength, bytes.byteLength, old);
      assert.equal(asked.filter((state) => state === "refused").length, 1, old);
    }
    await Promise.all([emptied, page, service, signIn].map((other) => other.close()));
  });

  it("tells evidence that is gone from a store that is not there", async () => {
    const isMisdirected = (pattern: RegExp) => (error: unknown) => {
      assert.ok(error instanceof Misdirected && error.passing, String(error));
      assert.match(error.message, pattern);
      return true;
    };
    await assert.rejects(start().get(wanted("/gone.jpg")), (error: unknown) => {
      assert.ok(error instanceof Unfetchable && !(error instanceof Misdirected) && !error.passing);
      return true;
    });
    for (const [path, status, body, pattern, type] of [
      ["/plain-404.jpg", 404, "not found", /answered 404/],
      ["/no-bucket.jpg", 404, "<Error><Code>NoSuchBucket</Code></Error>", /404 \(NoSuchBucket\)/],
      ["/unsigned.jpg", 401, "", /answered 401/],
      ["/gone-410.jpg", 410, "", /answered 410/],
      ["/listed.jpg", 200, "<ListBucketResult/>", /application\/xml/, "application/xml"],
      ["/service.jpg", 200, "{}", /application\/json/, "application/json; charset=utf-8"],
    ] as const) {
      const headers = type === undefined ? {} : { "content-type": type };
      host.misbehave(path, (_request, response) => void response.writeHead(status, headers).end(body));
      await assert.rejects(start().get(wanted(path)), isMisdirected(pattern));
    }
    const strict = createGuard({
      origins: ["http://store.example"],
      privateAddresses: false,
      resolve: (_hostname, done) => done(null, [{ address: "10.0.0.7", family: 4 }]),
    });
    const fetcher = createFetcher({ guard: strict, connectionsPerHostMax: 4 });
    const hidden = wanted("/a.jpg", { url: async () => "http://store.example/a.jpg" });
    await assert.rejects(start({ fetcher }).get(hidden), isMisdirected(/EVIDENCE_PRIVATE_ADDRESSES/));
  });

  it("does not let one asker's failure to renew become another's", async () => {
    host.put("/shared.jpg", bytes);
    const preloader = start();
    const cancelled = preloader.get(
      wanted("/shared.jpg", { url: () => Promise.reject(new Error("review-not-wanted")) }),
    );
    const other = preloader.get(wanted("/shared.jpg"));
    await assert.rejects(cancelled, /review-not-wanted/);
    assert.equal((await other).bytes.byteLength, bytes.byteLength);
  });

  it("refuses what is not the announced image: other bytes, fewer bytes, another type", async () => {
    const text = Buffer.from("this is no picture but it is long enough");
    host.put("/text.jpg", text);
    const asJpeg = {
      sha256: createHash("sha256").update(text).digest("hex"),
      bytes: text.byteLength,
    };
    await assert.rejects(
      start().get(wanted("/text.jpg", asJpeg)),
      ends("unreadable", /expected image\/jpeg/),
    );
    host.put("/other.jpg", await picture(2));
    await assert.rejects(
      start().get(wanted("/other.jpg", { bytes: 100_000 })),
      ends("unreadable", /differ from what was announced/),
    );
    host.put("/short.jpg", bytes.subarray(0, 200));
    await assert.rejects(
      start().get(wanted("/short.jpg")),
      ends("unreadable", /differ from what was announced/),
    );
  });

  it("opens at most four connections to a host", async () => {
    const busy = await startEvidenceHost();
    const preloader = start({
      fetcher: createFetcher({
        guard: createGuard({ origins: [busy.origin], privateAddresses: false }),
        connectionsPerHostMax: 100,
      }),
    });
    await Promise.all(
      Array.from({ length: 24 }, async (_, index) => {
        const own = await picture(100 + index);
        busy.put(`/${index}.jpg`, own);
        const source = new URL(`/${index}.jpg`, busy.origin);
        return preloader.get(
          wanted(`/${index}.jpg`, {
            sha256: createHash("sha256").update(own).digest("hex"),
            bytes: own.byteLength,
            source,
            url: async () => busy.url(source.pathname).url,
          }),
        );
      }),
    );
    assert.ok(busy.openMax() <= 4, `${busy.openMax()} requests were open at once`);
    await busy.close();
  });
});
