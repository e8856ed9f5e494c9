/** Something is told to webhooks: over real HTTP, out of a real database, on a clock that the test moves. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { makeDigest, workDeliveries } from "../../../testing/deliveries.ts";
import { type Receiver, startReceiver } from "../../../testing/receiver.ts";
import { type Arranged, arrange } from "../../../testing/walk.ts";
import { attemptsMax, delaysMs } from "../../delivery/schedule.ts";
import { Message } from "../../delivery/wire.ts";
import { EndpointInput, type EndpointWithSecret } from "../../endpoint/wire.ts";
import { httpWebhooks, type Webhooks } from "../../platform/webhooks.ts";
import {
  addEndpoint,
  type Channels,
  changeAccount,
  changeEndpoint,
  getDelivery,
  listDeliveries,
  listEndpoints,
  removeEndpoint,
  renewDeliveries,
  rotateSecret,
  sweep,
  testEndpoint,
} from "../index.ts";
import { webhookChannel } from "./channel-webhook.ts";

describe("deliveries to webhooks", () => {
  let base: TestDatabase;
  let receiver: Receiver;
  let webhooks: Webhooks;
  let channels: Channels;
  let walk: Arranged;

  before(async () => {
    receiver = await startReceiver();
    base = await createTestDatabase();
    webhooks = httpWebhooks({ localReceivers: true });
    const none = () => Promise.reject(new Error("expected no other channel"));
    channels = { webhook: webhookChannel(webhooks), email: none, push: none };
  });
  after(async () => {
    await webhooks.close();
    await receiver.close();
    await base.close();
  });
  beforeEach(async () => {
    await base.owner`truncate session, endpoint, stream_entry cascade`;
    await base.owner`update account set quiet_from_minute = null, quiet_until_minute = null, summary_due_at = null`;
    receiver.received.length = 0;
    receiver.answer = () => ({ status: 200 });
    walk = arrange(base, "pro");
  });

  const by = () => ({ accountId: walk.accountId, actor: walk.memberId });
  const add = (part: Record<string, unknown> = {}): Promise<EndpointWithSecret> =>
    addEndpoint(walk.services, by(), EndpointInput.parse({ type: "webhook", url: receiver.url, ...part }));
  const deliveries = async () =>
    (await listDeliveries(walk.services, { ...by(), limit: 100, before: undefined })).items;

  const work = () => workDeliveries(walk, channels);
  const digest = (type: "person" | "smoke" = "person") => makeDigest(walk, { type });

  it("sends a digest once, signed so that the official library accepts it, under the delivery's id", async () => {
    // The library compares with the real time.
    walk.services.clock.set(new Date(Date.now() - 5 * 60_000));
    const { secret = "" } = await add();
    const digestId = await digest();
    assert.deepEqual(await work(), ["delivered"]);
    const [received] = receiver.received;
    assert.ok(received);
    const headers = received.headers as Record<string, string>;
    const message = Message.parse(new Webhook(secret).verify(received.body, headers));
    assert.equal(message.id, headers["webhook-id"]);
    assert.equal(message.type, "vigil.digest.v1");
    assert.equal(message.subject, digestId);
    assert.equal(message.source, `/accounts/${walk.accountId}`);
    assert.match(message.data.title, /person/i);
    assert.equal(message.data.rings, true);
    assert.ok(received.body.length < 20 * 1024);
    const tampered = received.body.replace("vigil.digest", "vigil.dogest");
    assert.throws(() => new Webhook(secret).verify(tampered, headers), WebhookVerificationError);
    await sweep(walk.services);
    assert.deepEqual(await work(), []);
    const [row] = await deliveries();
    assert.equal(row?.state, "delivered");
  });

  it("reaches a receiver that fails nine times at the tenth attempt, with the same id and the same body", async () => {
    await add();
    await digest();
    let failures = 0;
    receiver.answer = () => ({ status: (failures += 1) <= 9 ? 500 : 204 });
    assert.deepEqual(await work(), ["retry"]);
    for (const delay of delaysMs) {
      walk.services.clock.advance(delay / 2);
      await sweep(walk.services);
      assert.deepEqual(await work(), [], "it is not tried before its time");
      walk.services.clock.advance(delay / 2);
      await sweep(walk.services);
      assert.equal((await work()).length, 1);
    }
    assert.equal(receiver.received.length, attemptsMax);
    assert.equal(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size, 1);
    assert.equal(new Set(receiver.received.map(({ body }) => body)).size, 1);
    const [row] = await deliveries();
    assert.equal(row?.state, "delivered");
    const { history } = await getDelivery(walk.services, { ...by(), id: row?.id ?? "" });
    assert.deepEqual(
      history.map(({ status }) => status),
      [...Array.from({ length: 9 }, () => 500), 204],
    );
  });

  it("gives up after the tenth, says why, and tells once more when it is asked to, under the same id", async () => {
    const { id: endpointId } = await add();
    await digest();
    receiver.answer = () => ({ status: 503 });
    await work();
    for (const delay of delaysMs) {
      walk.services.clock.advance(delay);
      await sweep(walk.services);
      await work();
    }
    const [failed] = await deliveries();
    assert.equal(failed?.state, "failed");
    assert.match(failed?.reason ?? "", /10 attempts failed.*503/);
    receiver.answer = () => ({ status: 200 });
    const now = walk.services.clock.now();
    const range = { from: new Date(now.getTime() - 10 * 86_400_000), until: now };
    assert.equal(await renewDeliveries(walk.services, by(), { endpointId, ...range }), 1);
    assert.deepEqual(await work(), ["delivered"]);
    assert.equal(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size, 1);
    const { history } = await getDelivery(walk.services, { ...by(), id: failed?.id ?? "" });
    assert.equal(history.length, attemptsMax + 1);
  });

  it("waits as long as a receiver asks with Retry-After", async () => {
    await add();
    await digest();
    receiver.answer = () => ({ status: 429, headers: { "retry-after": "3600" } });
    await work();
    walk.services.clock.advance(3_599_000);
    await sweep(walk.services);
    assert.deepEqual(await work(), []);
    walk.services.clock.advance(1_000);
    await sweep(walk.services);
    assert.deepEqual(await work(), ["retry"]);
  });

  it("follows no redirect", async () => {
    await add();
    await digest();
    receiver.answer = () => ({
      status: 302,
      headers: { location: "http://169.254.169.254/latest/meta-data" },
    });
    assert.deepEqual(await work(), ["retry"]);
    assert.equal(receiver.received.length, 1);
  });

  it("switches an endpoint off at 410, drops what it was owed, and tells the others", async () => {
    const other = await startReceiver();
    try {
      const gone = await add();
      await add({ url: other.url, levelFrom: "critical", kinds: ["summary"] });
      await digest();
      receiver.answer = () => ({ status: 410 });
      assert.deepEqual(await work(), ["failed", "delivered"]);
      const [shown] = (await listEndpoints(walk.services, walk.accountId)).filter(({ id }) => id === gone.id);
      assert.equal(shown?.state, "disabled");
      assert.match(shown?.disabledReason ?? "", /410/);
      const [told] = other.received;
      assert.match(told?.body ?? "", /vigil\.endpoint\.v1/);
      await digest();
      await work();
      assert.equal(receiver.received.length, 1, "an endpoint that is off is told nothing");
    } finally {
      await other.close();
    }
  });

  it("switches an endpoint off when nothing was taken for five days, and not when something was", async () => {
    const { id } = await add();
    receiver.answer = () => ({ status: 500 });
    for (let day = 0; day < 6; day += 1) {
      await digest();
      await work();
      walk.services.clock.advance(86_400_000);
      if (day === 2) {
        receiver.answer = () => ({ status: 200 });
        await testEndpoint(walk.services, { ...by(), id });
        await work();
        receiver.answer = () => ({ status: 500 });
      }
      await sweep(walk.services);
      await work();
    }
    const state = async () => (await listEndpoints(walk.services, walk.accountId))[0]?.state;
    assert.equal(await state(), "active");
    for (let day = 0; day < 5; day += 1) {
      walk.services.clock.advance(86_400_000);
      await digest();
      await sweep(walk.services);
      await work();
    }
    assert.equal(await state(), "disabled");
  });

  it("signs with both secrets while a rotation lasts, and with the new one alone after it", async () => {
    const { id, secret: old = "" } = await add();
    const { secret: now = "" } = await rotateSecret(walk.services, { ...by(), id });
    await testEndpoint(walk.services, { ...by(), id });
    await work();
    const verify = (secret: string, index: number) => {
      const received = receiver.received[index];
      assert.ok(received);
      // The clock of the test is not the real one.
      const headers = received.headers as Record<string, string>;
      const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
      const signature = new Webhook(secret).sign(headers["webhook-id"] ?? "", at, received.body);
      return (headers["webhook-signature"] ?? "").split(" ").includes(signature);
    };
    assert.deepEqual([verify(old, 0), verify(now, 0)], [true, true]);
    walk.services.clock.advance(25 * 3_600_000);
    await testEndpoint(walk.services, { ...by(), id });
    await work();
    assert.deepEqual([verify(old, 1), verify(now, 1)], [false, true]);
  });

  it("tells life-safety at once, and rings once for all that follows of the same happening", async () => {
    await add();
    await digest("smoke");
    await work();
    const messages = receiver.received.map(({ body }) => Message.parse(JSON.parse(body)));
    assert.deepEqual(
      messages.map(({ type }) => type),
      ["vigil.assessment.v1", "vigil.digest.v1"],
    );
    assert.deepEqual(
      messages.map(({ data }) => data.rings),
      [true, false],
    );
    assert.equal(new Set(messages.map(({ data }) => data.thread)).size, 1);
  });

  it("never rings for life-safety that comes late, and rings for what follows in the same session", async () => {
    await add();
    const now = walk.services.clock.now().getTime();
    const sessions = new Set<string>();
    for (const secondsAgo of [920, 910, 895, 880]) {
      const occurredAt = new Date(now - secondsAgo * 1_000).toISOString();
      const event = walk.event({ type: "smoke", zone: "kitchen", mode: "away" });
      sessions.add((await walk.post({ ...event, occurredAt })).sessionId);
    }
    assert.equal(sessions.size, 1);
    await work();
    const messages = receiver.received.map(({ body }) => Message.parse(JSON.parse(body)));
    assert.equal(messages.length, 4);
    const rang = messages.filter(({ data }) => data.rings).map(({ data }) => data.occurredAt);
    assert.deepEqual(rang, [new Date(now - 895_000).toISOString()]);
  });

  it("tells an endpoint what it wants and nothing else", async () => {
    const { id } = await add({ levelFrom: "critical" });
    await digest();
    assert.deepEqual(await work(), []);
    await changeEndpoint(walk.services, { ...by(), id }, { levelFrom: "low", kinds: ["usage"] });
    await digest();
    assert.deepEqual(await work(), []);
    await changeEndpoint(walk.services, { ...by(), id }, { kinds: ["digest"] });
    await digest();
    assert.deepEqual(await work(), ["delivered"]);
    await removeEndpoint(walk.services, { ...by(), id });
    await digest();
    assert.deepEqual(await work(), []);
    const [row] = await base.owner`select target_sealed, secret_sealed from endpoint where id = ${id}`;
    assert.deepEqual({ ...row }, { target_sealed: "", secret_sealed: null });
  });

  it("keeps addresses and secrets where the database cannot read them", async () => {
    const { secret = "" } = await add();
    const rows = await base.owner`select * from endpoint`;
    const kept = JSON.stringify(rows);
    assert.ok(!kept.includes(receiver.url) && !kept.includes(secret));
  });

  it("holds what may wait until the quiet hours end, and tells the night in one summary", async () => {
    // The walk's clock begins at ten in the morning, London.
    await changeAccount(walk.services, by(), { quietHours: { from: "09:00", until: "12:00" } });
    await add();
    const impatient = await startReceiver();
    try {
      await add({ url: impatient.url, quietHours: "ignore", kinds: ["digest"] });
      await digest();
      assert.deepEqual(await work(), ["delivered"]);
      assert.equal(impatient.received.length, 1);
      assert.equal(receiver.received.length, 0);
      walk.services.clock.advance(3 * 3_600_000);
      await sweep(walk.services);
      await work();
      const [summary, ...rest] = receiver.received.map(({ body }) => Message.parse(JSON.parse(body)));
      assert.equal(summary?.type, "vigil.summary.v1");
      assert.deepEqual(rest, []);
      await sweep(walk.services);
      await work();
      assert.equal(receiver.received.length, 1, "a night is told once");
    } finally {
      await impatient.close();
    }
  });

  it("never holds life-safety", async () => {
    await changeAccount(walk.services, by(), { quietHours: { from: "09:00", until: "12:00" } });
    await add();
    await digest("smoke");
    await work();
    assert.equal(receiver.received.length, 2);
  });

  it("refuses addresses that lead inside, when they are given", async () => {
    walk.services.telling.receivers = { localReceivers: false };
    for (const url of [
      "http://example.com/",
      "https://127.0.0.1/",
      "https://[::1]/",
      "https://intranet/",
      "nonsense",
    ]) {
      await assert.rejects(add({ url }), { code: "invalid-body" }, url);
    }
  });
});
