/** Ten events of one happening: a webhook, a browser and a mailbox are each told of all of it, and ring once. */
import assert from "node:assert/strict";
import { createECDH, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import ece from "http_ece";
import { listMails, type MailCatcher, startMailCatcher } from "../../../../../scripts/local/mail-catcher.ts";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { reportPerson, workDeliveries } from "../../../testing/deliveries.ts";
import { image } from "../../../testing/images.ts";
import { type Receiver, startReceiver } from "../../../testing/receiver.ts";
import { type Arranged, arrange } from "../../../testing/walk.ts";
import { Message } from "../../delivery/wire.ts";
import { EndpointInput } from "../../endpoint/wire.ts";
import type { Mailer } from "../../platform/mail.ts";
import { createVapidKeys, webPusher } from "../../platform/push.ts";
import { smtpMailer } from "../../platform/smtp.ts";
import { httpWebhooks, type Webhooks } from "../../platform/webhooks.ts";
import { addEndpoint, type Channels, closeSession, confirmEndpoint, requestReview } from "../index.ts";
import type { PushPayload } from "./channel-push.ts";
import { createChannels } from "./channels.ts";

const vapid = createVapidKeys();

describe("one happening", () => {
  let base: TestDatabase;
  let hook: Receiver;
  let pushService: Receiver;
  let folder: string;
  let catcher: MailCatcher;
  let mailer: Mailer;
  let webhooks: Webhooks;
  let channels: Channels;
  let walk: Arranged;
  const browser = createECDH("prime256v1");
  const auth = randomBytes(16).toString("base64url");

  before(async () => {
    browser.generateKeys();
    folder = await mkdtemp(join(tmpdir(), "vigil-mail-"));
    [base, hook, pushService, catcher] = await Promise.all([
      createTestDatabase(),
      startReceiver(),
      startReceiver(),
      startMailCatcher({ folder }),
    ]);
    webhooks = httpWebhooks({ localReceivers: true });
    mailer = smtpMailer({ url: catcher.smtpUrl, from: "Vigil <vigil@example.com>", msMax: 30_000 });
  });
  after(async () => {
    mailer.close();
    await webhooks.close();
    await Promise.all([catcher.stop(), hook.close(), pushService.close()]);
    await rm(folder, { recursive: true, force: true });
    await base.close();
  });

  const work = () => workDeliveries(walk, channels);
  const mails = async () =>
    Promise.all((await readdir(folder)).toSorted().map((name) => readFile(join(folder, name), "utf8")));
  const told = () => hook.received.map(({ body }) => Message.parse(JSON.parse(body)).data);
  const pushed = () =>
    pushService.received.map(({ bytes }) => {
      const opened = ece.decrypt(bytes, { version: "aes128gcm", privateKey: browser, authSecret: auth });
      return JSON.parse(opened.toString("utf8")) as PushPayload;
    });

  beforeEach(async () => {
    await base.owner`truncate session, endpoint, stream_entry cascade`;
    walk = arrange(base, "pro");
    walk.services.telling.offered = { email: true, vapidPublicKey: vapid.publicKey };
    const pusher = webPusher({ ...vapid, subject: "mailto:ops@example.com" }, webhooks);
    channels = createChannels(walk.services, { webhooks, mailer, pusher });
    const keys = { p256dh: browser.getPublicKey("base64url"), auth };
    const inputs = [
      { type: "webhook", url: hook.url },
      { type: "push", subscription: { endpoint: pushService.url, keys } },
      { type: "email", address: "owner@example.com" },
    ];
    for (const input of inputs) {
      await addEndpoint(
        walk.services,
        { accountId: walk.accountId, actor: walk.memberId },
        EndpointInput.parse(input),
      );
    }
    await work();
    const [asked] = await listMails(folder);
    const token = /\/endpoints\/confirm\/(\S+)/.exec(asked?.text ?? "")?.[1] ?? "";
    await confirmEndpoint(walk.services, token);
    for (const name of await readdir(folder)) await rm(join(folder, name));
    hook.received.length = 0;
    pushService.received.length = 0;
  });

  /** Ten events, ten seconds apart, each with its picture. @returns their session */
  async function tenEvents(type: "person" | "smoke"): Promise<string> {
    const sessions = new Set<string>();
    for (let made = 0; made < 10; made += 1) {
      const event = walk.event({ type, zone: "front_door", mode: "away" });
      sessions.add((await walk.post(event, [await image(`${made}.jpg`, made + 1)])).sessionId);
      await work();
      walk.services.clock.advance(10_000);
    }
    const [sessionId, ...others] = sessions;
    assert.ok(sessionId && others.length === 0, "ten events ten seconds apart are one session");
    return sessionId;
  }

  it("of ten people at the door is told once, in one digest", async () => {
    const sessionId = await tenEvents("person");
    walk.services.clock.advance(60_000);
    await closeSession(walk.services, sessionId);
    await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
    await reportPerson(walk);
    await work();
    assert.deepEqual(
      told().map(({ rings }) => rings),
      [true],
    );
    assert.deepEqual(
      pushed().map(({ rings }) => rings),
      [true],
    );
    assert.equal((await mails()).length, 1);
  });

  it("of ten reports of smoke rings at the first, and its digest joins the thread in silence", async () => {
    await tenEvents("smoke");
    await reportPerson(walk);
    await work();
    for (const rings of [told().map((data) => data.rings), pushed().map((payload) => payload.rings)]) {
      assert.deepEqual(rings, [true, ...Array<boolean>(10).fill(false)]);
    }
    assert.equal(new Set(told().map(({ thread }) => thread)).size, 1);
    assert.equal(new Set(pushed().map(({ tag }) => tag)).size, 1);
    // Every mail sounds in somebody's pocket: what adds nothing is not sent, and what adds asks for no attention.
    const [alert = "", digest = "", ...more] = await mails();
    assert.deepEqual(more, []);
    assert.doesNotMatch(alert, /^Importance:/m);
    assert.match(digest, /^Importance: low/m);
    const threads = [alert, digest].map((raw) => /^In-Reply-To: (\S+)/m.exec(raw)?.[1]);
    assert.equal(new Set(threads).size, 1);
  });
});
