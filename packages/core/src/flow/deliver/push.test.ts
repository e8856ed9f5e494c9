/** What a push service is sent: only the browser can read it, and it says who sent it. */
import assert from "node:assert/strict";
import { createECDH, randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import ece from "http_ece";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { makeDigest, workDeliveries } from "../../../testing/deliveries.ts";
import { type Receiver, startReceiver } from "../../../testing/receiver.ts";
import { type Arranged, arrange } from "../../../testing/walk.ts";
import { EndpointInput } from "../../endpoint/wire.ts";
import { createVapidKeys, webPusher } from "../../platform/push.ts";
import { httpWebhooks, type Webhooks } from "../../platform/webhooks.ts";
import { addEndpoint, findNotifiedPicture, listEndpoints } from "../index.ts";
import type { PushPayload } from "./channel-push.ts";
import { createChannels } from "./channels.ts";

describe("deliveries to browsers", () => {
  let base: TestDatabase;
  let service: Receiver;
  let webhooks: Webhooks;
  let walk: Arranged;
  const vapid = createVapidKeys();
  const browser = createECDH("prime256v1");
  const auth = randomBytes(16);
  before(async () => {
    [base, service] = await Promise.all([createTestDatabase(), startReceiver()]);
    webhooks = httpWebhooks({ localReceivers: true });
    walk = arrange(base, "pro");
    walk.services.telling.offered = { email: false, vapidPublicKey: vapid.publicKey };
    browser.generateKeys();
    const keys = { p256dh: browser.getPublicKey("base64url"), auth: auth.toString("base64url") };
    const subscription = { endpoint: service.url, keys };
    await addEndpoint(
      walk.services,
      { accountId: walk.accountId, actor: walk.memberId },
      EndpointInput.parse({ type: "push", subscription }),
    );
  });
  after(async () => {
    await webhooks.close();
    await service.close();
    await base.close();
  });

  async function tellDigest(): Promise<string[]> {
    await makeDigest(walk);
    const pusher = webPusher({ ...vapid, subject: "mailto:ops@example.com" }, webhooks);
    const channels = createChannels(walk.services, { webhooks, mailer: undefined, pusher });
    return workDeliveries(walk, channels);
  }

  it("are encrypted for the browser, signed, and name a picture that can be had while the endpoint is told", async () => {
    assert.deepEqual(await tellDigest(), ["delivered"]);
    const [received] = service.received;
    assert.ok(received);
    assert.equal(received.headers["content-encoding"], "aes128gcm");
    assert.match(String(received.headers.authorization), /^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=/);
    assert.match(String(received.headers["topic"]), /^[\w-]{32}$/);
    assert.ok(!received.bytes.includes("person"));
    const opened = ece.decrypt(received.bytes, {
      version: "aes128gcm",
      privateKey: browser,
      authSecret: auth.toString("base64url"),
    });
    const payload = JSON.parse(opened.toString("utf8")) as PushPayload;
    assert.match(payload.title, /person/i);
    assert.match(payload.url, /^http:\/\/console\.test\/digests\/dig_/);
    const token = /\/v1\/notifications\/([^/]+)\/picture$/.exec(payload.picture ?? "")?.[1] ?? "";
    assert.match((await findNotifiedPicture(walk.services, token)).url, /\/mom_[0-9a-f]{32}$/);
    await assert.rejects(findNotifiedPicture(walk.services, `${token.slice(0, -2)}aa`), {
      code: "not-found",
    });
    walk.services.clock.advance(25 * 3_600_000);
    await assert.rejects(findNotifiedPicture(walk.services, token), { code: "not-found" });
  });

  it("end with the subscription: a browser that is gone is told nothing more", async () => {
    service.answer = () => ({ status: 404 });
    assert.deepEqual(await tellDigest(), ["failed"]);
    const [endpoint] = await listEndpoints(walk.services, walk.accountId);
    assert.equal(endpoint?.state, "disabled");
    assert.deepEqual(await tellDigest(), []);
  });
});
