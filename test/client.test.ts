/** The typed client against the API on a port, with the object store's signature gate, and a network that breaks. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { ApiError, type Client, createClient, followStream, listAll, sendEvent } from "@vigil/client";
import { verifyWebhook } from "@vigil/client/webhooks";
import { inAccount } from "@vigil/core/db";
import * as Stream from "@vigil/core/stream";
import { Webhook } from "standardwebhooks";
import { type ServedApi, serveApi } from "../functions/testing/served-api.ts";
import { jpeg } from "../packages/core/testing/images.ts";

describe("the client", () => {
  let served: ServedApi;
  let device: Client;
  let member: Client;
  let token: string;
  let accountId: string;
  before(async () => {
    served = await serveApi();
    const account = served.base.seeded.accounts.find(({ tier }) => tier === "pro");
    assert.ok(account);
    token = account.memberToken;
    accountId = account.accountId;
    device = createClient({ url: served.url, token: account.deviceKey });
    member = createClient({ url: `${served.url}/`, token });
  });
  after(() => served.close());

  const event = () => ({
    id: randomUUID(),
    type: "person" as const,
    occurredAt: new Date().toISOString(),
    zone: "front_door",
  });
  const picture = async (name: string, seed: number) => ({
    name,
    bytes: new Uint8Array(await jpeg(seed)),
    contentType: "image/jpeg" as const,
  });
  const ready = async (id: string) => {
    const [row] = await served.base.owner<{ count: number }[]>`
      select count(*)::int as count from moment where event_id = ${id} and state = 'ready'`;
    return row?.count;
  };

  it("sends an event with its pictures: announced, uploaded, sealed", async () => {
    const sent = event();
    const pictures = [await picture("a.jpg", 1), await picture("b.jpg", 2)];
    const accepted = await sendEvent(device, sent, pictures);
    assert.equal(accepted.status, "accepted");
    assert.equal(await ready(accepted.id), 2);
    const again = await sendEvent(device, sent, pictures);
    assert.deepEqual([again.id, again.status], [accepted.id, "duplicate"]);
  });

  it("goes on after a network that breaks at every step", async () => {
    let requests = 0;
    served.way.before = () => {
      requests += 1;
      return requests % 2 === 1 ? new Response("upstream is away", { status: 502 }) : undefined;
    };
    let uploads = 0;
    const flaky: typeof fetch = (...request) => {
      uploads += 1;
      return uploads === 1 ? Promise.reject(new TypeError("the connection broke")) : fetch(...request);
    };
    const accepted = await sendEvent(
      device,
      event(),
      [await picture("a.jpg", 3), await picture("b.jpg", 4)],
      {
        fetch: flaky,
      },
    );
    served.way.before = undefined;
    assert.equal(await ready(accepted.id), 2);
  });

  it("does not repeat what no repetition mends, and says what the API said", async () => {
    let requests = 0;
    served.way.before = () => {
      requests += 1;
      return undefined;
    };
    const wrong = { ...event(), occurredAt: "2001-01-01T00:00:00" };
    await assert.rejects(sendEvent(device, wrong), (error) => {
      assert.ok(error instanceof ApiError);
      assert.equal(error.status, 400);
      assert.equal(error.problem?.code, "invalid-body");
      return true;
    });
    served.way.before = undefined;
    assert.equal(requests, 1);
  });

  it("pages through a list to its end", async () => {
    for (let index = 0; index < 3; index += 1) await sendEvent(device, event());
    const seen = new Set<string>();
    for await (const { id } of listAll((cursor) =>
      member.GET("/v1/events", { params: { query: { limit: 2, ...cursor } } }),
    )) {
      seen.add(id);
    }
    const [row] = await served.base.owner<{ count: number }[]>`
      select count(*)::int as count from event where account_id = ${accountId}`;
    assert.equal(seen.size, row?.count);
  });

  it("follows the stream across breaks: every entry once, in order", async () => {
    const closing = new AbortController();
    const names = Array.from({ length: 12 }, (_, index) => `dig_${index}`);
    const seen: string[] = [];
    let breaks = 0;
    // Every answer breaks off after some bytes.
    served.way.after = (request, answer) => {
      if (!request.url.endsWith("/stream") || !answer.body || breaks >= 3) return answer;
      breaks += 1;
      let chunks = 0;
      const cut = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          chunks += 1;
          if (chunks > 3) controller.error(new Error("the connection broke"));
          else controller.enqueue(chunk);
        },
      });
      return new Response(answer.body.pipeThrough(cut), answer);
    };
    const append = async (subject: string) =>
      inAccount(served.base.database, accountId, (tx) =>
        Stream.append(tx, { accountId, kind: "digest", subject, detail: {}, at: new Date() }),
      );
    let writing: Promise<void> | undefined;
    const write = async () => {
      for (const name of names) await append(name);
    };
    for await (const told of followStream({ url: served.url, token, signal: closing.signal })) {
      if (told.kind === "open") writing ??= write();
      if (told.kind === "entry") seen.push(told.entry.subject);
      if (seen.length === names.length) closing.abort();
    }
    served.way.after = undefined;
    await writing;
    assert.deepEqual(seen, names);
    assert.ok(breaks > 0);
  });

  /** What the follower is told first, of an API that once answers the stream with `first`. */
  async function afterFirst(first: Response): Promise<string[]> {
    const closing = new AbortController();
    let asked = 0;
    served.way.before = (request) => {
      if (!request.url.endsWith("/stream")) return undefined;
      asked += 1;
      return asked === 1 ? first : undefined;
    };
    const told: string[] = [];
    for await (const { kind } of followStream({
      url: served.url,
      token,
      signal: closing.signal,
      silenceMs: 300,
    })) {
      told.push(kind);
      if (kind === "open") closing.abort();
    }
    served.way.before = undefined;
    return told;
  }

  it("takes up anew a stream whose connection has fallen silent", async () => {
    const mute = new ReadableStream<Uint8Array>({ start: () => undefined });
    const told = await afterFirst(new Response(mute));
    assert.deepEqual([told[0], told.at(-1)], ["broken", "open"]);
  });

  it("waits before it asks again after an answer that ended before it began", async () => {
    const told = await afterFirst(new Response(""));
    assert.deepEqual([told[0], told.at(-1)], ["broken", "open"]);
  });

  it("ends a stream whose credential is refused", async () => {
    const stream = followStream({
      url: served.url,
      token: "vgl_mem_nobody",
      signal: new AbortController().signal,
    });
    await assert.rejects(stream.next(), (error) => error instanceof ApiError && error.status === 401);
  });

  it("verifies webhooks, and refuses what was changed", () => {
    const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
    const body = JSON.stringify({ id: "dlv_1", type: "vigil.test.v1" });
    const at = new Date();
    const headers = {
      "Webhook-Id": "dlv_1",
      "Webhook-Timestamp": String(Math.floor(at.getTime() / 1000)),
      "Webhook-Signature": new Webhook(secret).sign("dlv_1", at, body),
    };
    assert.equal(verifyWebhook(secret, headers, Buffer.from(body)).type, "vigil.test.v1");
    assert.throws(() => verifyWebhook(secret, headers, body.replace("test", "tess")));
    assert.throws(() => verifyWebhook(secret, { ...headers, "Webhook-Timestamp": "1" }, body));
  });
});
