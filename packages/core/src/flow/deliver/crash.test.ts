/** Whoever writes, sends or attempts a delivery may die at any point: it is told all the same, and soon. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { makeDigest, workDeliveries } from "../../../testing/deliveries.ts";
import { type Receiver, startReceiver } from "../../../testing/receiver.ts";
import { type Arranged, arrange } from "../../../testing/walk.ts";
import * as Delivery from "../../delivery/index.ts";
import { EndpointInput } from "../../endpoint/wire.ts";
import { delivery as limits } from "../../limits.ts";
import { httpWebhooks, type Webhooks } from "../../platform/webhooks.ts";
import { addEndpoint, attemptDelivery, buryMessage, type Channels, sweep } from "../index.ts";
import { webhookChannel } from "./channel-webhook.ts";

/** The sweep runs every minute. */
const sweepMs = 60_000;

describe("a delivery whose process dies", () => {
  let base: TestDatabase;
  let receiver: Receiver;
  let webhooks: Webhooks;
  let channels: Channels;
  let walk: Arranged;

  before(async () => {
    [base, receiver] = await Promise.all([createTestDatabase(), startReceiver()]);
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
    receiver.received.length = 0;
    walk = arrange(base, "pro");
    const input = EndpointInput.parse({ type: "webhook", url: receiver.url });
    await addEndpoint(walk.services, { accountId: walk.accountId, actor: walk.memberId }, input);
  });

  const work = () => workDeliveries(walk, channels);
  const failingChannels = (): Channels => ({
    ...channels,
    webhook: async () => ({ status: 500, retryAfterMs: 0, error: null, final: false }),
  });

  /** A digest is written while nothing can be sent. */
  async function digestsUnsent(count: number): Promise<void> {
    const queue = walk.services.deliveries;
    walk.services.deliveries = { ...queue, send: () => Promise.reject(new Error("the queue is down")) };
    for (let made = 0; made < count; made += 1) await makeDigest(walk);
    walk.services.deliveries = queue;
    assert.deepEqual(await work(), []);
  }

  it("before it could begin is sent again as soon as its message is given up", async () => {
    await makeDigest(walk);
    const queue = walk.services.deliveries;
    const [message] = await queue.receive({ messagesMax: 1, waitSeconds: 0, visibilitySeconds: 60 });
    assert.ok(message);
    await queue.delete(message);
    assert.equal(await buryMessage(walk.services, message.body), "known");
    assert.deepEqual(await work(), ["delivered"]);
    assert.equal(await buryMessage(walk.services, message.body), "known");
    assert.deepEqual(await work(), [], "what has been told is not told again");
  });

  it("between commit and queue is sent by the next sweep, all that waited at once", async () => {
    await digestsUnsent(6);
    await sweep(walk.services);
    assert.deepEqual(await work(), Array(6).fill("delivered"));
  });

  it("between lease and send is told within two minutes, and not before the lease ends", async () => {
    await digestsUnsent(1);
    const { clock, database } = walk.services;
    const { due } = await Delivery.leaseDue(database.sql, clock.now());
    assert.equal(due.length, 1, "the process that dies has leased it");
    await sweep(walk.services);
    assert.deepEqual(await work(), []);
    assert.ok(limits.sendMsMax + sweepMs <= 120_000);
    clock.advance(limits.sendMsMax);
    await sweep(walk.services);
    assert.deepEqual(await work(), ["delivered"]);
    assert.equal(receiver.received.length, 1);
  });

  it("between send and note is sent twice and told once", async () => {
    await digestsUnsent(1);
    const { clock, database, deliveries } = walk.services;
    const { due } = await Delivery.leaseDue(database.sql, clock.now());
    for (const each of due) await deliveries.send(JSON.stringify({ v: 1, ...each }));
    clock.advance(limits.sendMsMax);
    await sweep(walk.services);
    assert.deepEqual((await work()).toSorted(), ["delivered", "nothing-to-do"]);
    assert.equal(receiver.received.length, 1);
  });

  it("never is sent again while its message lies in a long queue", async () => {
    await makeDigest(walk);
    for (let minute = 0; minute < 14; minute += 1) {
      walk.services.clock.advance(sweepMs);
      assert.equal((await sweep(walk.services)).deliveries, 0, `minute ${minute}`);
    }
    assert.deepEqual(await work(), ["delivered"]);
  });

  it("keeps no lease of a sender that was slower than the attempt", async () => {
    await digestsUnsent(1);
    const { clock, database } = walk.services;
    const leased = await Delivery.leaseDue(database.sql, clock.now());
    const [due] = leased.due;
    assert.ok(due);
    const failing = failingChannels();
    assert.equal(await attemptDelivery(walk.services, failing, due), "retry");
    await Delivery.noteSent(database.sql, leased, clock.now());
    const again = { until: new Date(clock.now().getTime() + 5_000 + limits.attemptMarginMs) };
    const [row] = await base.owner`select claimed_until as until from delivery where id = ${due.deliveryId}`;
    assert.deepEqual({ ...row }, again);
  });

  it("in an attempt is attempted again, under the same id", async () => {
    await makeDigest(walk);
    const [message] = await walk.services.deliveries.receive({
      messagesMax: 1,
      waitSeconds: 0,
      visibilitySeconds: 60,
    });
    assert.ok(message);
    const dying: Channels = { ...channels, webhook: () => Promise.reject(new Error("the process died")) };
    await assert.rejects(attemptDelivery(walk.services, dying, JSON.parse(message.body)));
    assert.equal(await attemptDelivery(walk.services, channels, JSON.parse(message.body)), "nothing-to-do");
    assert.ok(limits.attemptMsMax + limits.attemptMarginMs + sweepMs <= 120_000);
    walk.services.clock.advance(limits.attemptMsMax + limits.attemptMarginMs);
    await sweep(walk.services);
    assert.ok((await work()).includes("delivered"));
    assert.equal(receiver.received.length, 1);
  });

  it("in some attempts makes nobody wait longer for the next one after it fails", async () => {
    await makeDigest(walk);
    const { clock, deliveries: queue } = walk.services;
    const [message] = await queue.receive({ messagesMax: 1, waitSeconds: 0, visibilitySeconds: 60 });
    assert.ok(message);
    const due = JSON.parse(message.body);
    const dying: Channels = { ...channels, webhook: () => Promise.reject(new Error("the process died")) };
    for (let died = 0; died < 3; died += 1) {
      await assert.rejects(attemptDelivery(walk.services, dying, due));
      clock.advance(limits.attemptMsMax + limits.attemptMarginMs);
    }
    const failing = failingChannels();
    assert.equal(await attemptDelivery(walk.services, failing, due), "retry");
    clock.advance(6_000);
    assert.equal(await attemptDelivery(walk.services, channels, due), "delivered");
  });

  it("between an attempt that failed and the message of the next is attempted within two minutes of its time", async () => {
    await makeDigest(walk);
    const { clock, deliveries: queue } = walk.services;
    const failing = failingChannels();
    walk.services.deliveries = { ...queue, send: () => Promise.reject(new Error("the process died")) };
    assert.deepEqual(await workDeliveries(walk, failing), ["retry"]);
    walk.services.deliveries = queue;
    assert.ok(limits.attemptMarginMs + sweepMs <= 120_000);
    clock.advance(5_000 + limits.attemptMarginMs);
    await sweep(walk.services);
    assert.deepEqual(await work(), ["delivered"]);
  });
});
