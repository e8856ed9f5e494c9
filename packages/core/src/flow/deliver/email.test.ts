/** A digest reaches a mailbox: through a real SMTP server, read back and looked into. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import sharp from "sharp";
import { listMails, type MailCatcher, startMailCatcher } from "../../../../../scripts/local/mail-catcher.ts";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { makeDigest, workDeliveries } from "../../../testing/deliveries.ts";
import { type Arranged, arrange } from "../../../testing/walk.ts";
import { EndpointInput } from "../../endpoint/wire.ts";
import type { Mailer } from "../../platform/mail.ts";
import { smtpMailer } from "../../platform/smtp.ts";
import { httpWebhooks, type Webhooks } from "../../platform/webhooks.ts";
import {
  addEndpoint,
  changeEndpoint,
  confirmEndpoint,
  listEndpoints,
  unsubscribeEndpoint,
} from "../index.ts";
import { createChannels } from "./channels.ts";

describe("deliveries by e-mail", () => {
  let base: TestDatabase;
  let folder: string;
  let catcher: MailCatcher;
  let mailer: Mailer;
  let webhooks: Webhooks;
  let walk: Arranged;
  before(async () => {
    base = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), "vigil-mail-"));
    catcher = await startMailCatcher({ folder });
    mailer = smtpMailer({ url: catcher.smtpUrl, from: "Vigil <vigil@example.com>", msMax: 30_000 });
    webhooks = httpWebhooks({ localReceivers: true });
    walk = arrange(base, "pro");
  });
  after(async () => {
    mailer.close();
    await webhooks.close();
    await catcher.stop();
    await rm(folder, { recursive: true, force: true });
    await base.close();
  });

  const by = () => ({ accountId: walk.accountId, actor: walk.memberId });
  const work = () =>
    workDeliveries(walk, createChannels(walk.services, { webhooks, mailer, pusher: undefined }));
  const digest = () => makeDigest(walk, { pictures: 2 });
  const state = async () => (await listEndpoints(walk.services, walk.accountId))[0]?.state;

  it("writes to nobody who has not confirmed the address, and then tells with pictures, threads and a way out", async () => {
    const { id } = await addEndpoint(
      walk.services,
      by(),
      EndpointInput.parse({ type: "email", address: "owner@example.com", boxes: true }),
    );
    assert.equal(await state(), "unconfirmed");
    await digest();
    assert.deepEqual(await work(), ["delivered"]);
    const [asked, ...none] = await listMails(folder);
    assert.deepEqual(none, []);
    const link = /http:\/\/console\.test\/endpoints\/confirm\/(\S+)/.exec(asked?.text ?? "")?.[1];
    assert.ok(link);
    await assert.rejects(confirmEndpoint(walk.services, `${link.slice(0, -2)}aa`), { code: "not-found" });
    await assert.rejects(unsubscribeEndpoint(walk.services, link), { code: "not-found" });
    await confirmEndpoint(walk.services, link);
    await confirmEndpoint(walk.services, link);
    assert.equal(await state(), "active");

    await digest();
    assert.deepEqual(await work(), ["delivered"]);
    const [mail] = await listMails(folder);
    assert.equal(mail?.to, "owner@example.com");
    assert.match(mail?.subject ?? "", /person/i);
    assert.match(mail?.text ?? "", /http:\/\/console\.test\/digests\/dig_/);
    const picture = /src="data:image\/jpeg;base64,([^"]+)"/.exec(mail?.html ?? "")?.[1];
    assert.ok(picture, "the contact sheet lies in the mail itself");
    const { width, height } = await sharp(Buffer.from(picture, "base64")).metadata();
    assert.deepEqual([width, height], [824, 316]);
    const out = /endpoints\/unsubscribe\/([^\s"]+)/.exec(mail?.text ?? "")?.[1];
    assert.ok(out);
    await unsubscribeEndpoint(walk.services, out);
    assert.equal(await state(), "disabled");
    await digest();
    assert.deepEqual(await work(), []);

    await changeEndpoint(walk.services, { ...by(), id }, { enabled: true });
    assert.equal(await state(), "unconfirmed", "whoever unsubscribed is asked again");
    assert.deepEqual(await work(), ["delivered"]);
  });

  it("tells the headers of one-click unsubscribing and of the thread", async () => {
    const raws = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), "utf8")),
    );
    const told = raws.find((raw) => /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m.test(raw));
    assert.ok(told);
    assert.match(told, /^List-Unsubscribe:\s+<http:\/\/console\.test\/endpoints\/unsubscribe\//m);
    assert.match(told, /^In-Reply-To: <thread\.ses_[0-9a-f]{32}@console\.test>/m);
    assert.match(told, /^Message-ID: <dlv_[0-9a-f]{32}@console\.test>/im);
  });

  it("is written in the language of its endpoint, whole, whatever that is changed to before it goes out", async () => {
    const input = EndpointInput.parse({ type: "email", address: "inhaber@example.com" });
    const { id, language } = await addEndpoint(walk.services, by(), input, "de");
    assert.equal(language, "de");
    assert.deepEqual(await work(), ["delivered"]);
    const [asked] = await listMails(folder);
    assert.match(asked?.subject ?? "", /^Bestätigen Sie, dass Vigil Ihnen über „.+“ schreiben darf$/);
    assert.match(asked?.text ?? "", /Diese Adresse bestätigen: http/);
    await confirmEndpoint(walk.services, /endpoints\/confirm\/(\S+)/.exec(asked?.text ?? "")?.[1] ?? "");

    await digest();
    await changeEndpoint(walk.services, { ...by(), id }, { language: "en" });
    assert.deepEqual(await work(), ["delivered"]);
    const [german] = await listMails(folder);
    assert.equal(german?.to, "inhaber@example.com");
    assert.match(german?.subject ?? "", /Person an der Haustür/);
    assert.match(german?.text ?? "", /^Stufe: .+\nWo: .+Haustür\nWann: /m);
    assert.match(german?.text ?? "", /In der Konsole öffnen: http.+\n\nDiese E-Mails abbestellen: http/);
    assert.doesNotMatch(german?.text ?? "", /\b(?:the|is|was seen|pictures?|Level|When|Open)\b/);

    await digest();
    assert.deepEqual(await work(), ["delivered"]);
    const [english] = await listMails(folder);
    assert.match(english?.subject ?? "", /person at the front door/i);
    assert.match(english?.text ?? "", /^Level: /m);
  });
});
