/** Cameras that bring their pictures, as they do it: with mail and FTP clients that others wrote, and with bytes that nobody should. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { PassThrough, Readable } from "node:stream";
import { after, describe, it } from "node:test";
import { Client } from "basic-ftp";
import { createTransport } from "nodemailer";
import { waitUntil } from "../../testing/wait-until.ts";
import { openCameras } from "../cameras/index.ts";
import { CamerasConfig } from "../cameras-config.ts";
import { systemClock } from "../clock.ts";
import { openReceivers, type Upload } from "./index.ts";

/** The least that is one: a scan without anything before it. */
const jpeg = (mark: number) => Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, mark, 0xff, 0xd9]);
const secret = "not the usual one";
const big = Buffer.alloc(8.5 * 1024 * 1024, 0x41);

const uploads: Upload[] = [];
const receivers = await openReceivers({
  config: { host: "127.0.0.1", allow: ["127.0.0.1"], smtpPort: 0, ftpPort: 0, httpPort: 0 },
  credentials: [
    { camera: "yard", user: "yard", password: secret },
    { camera: "gate", user: "gate@cameras", password: `${secret}!` },
  ],
  monotonicMs: () => systemClock.monotonicMs(),
  onUpload: (upload) => uploads.push(upload),
  onFault: (text) => assert.fail(text),
});
after(() => receivers.stop());
const ports = receivers.ports as Required<typeof receivers.ports>;

const mailer = (user: string, pass: string) =>
  createTransport({ host: "127.0.0.1", port: ports.smtp, auth: { user, pass }, ignoreTLS: true });

const mail = (content: Buffer) => ({
  from: "camera@site",
  to: "owner@site",
  subject: "Motion detected",
  text: "CH01",
  attachments: [{ filename: "CH01.jpg", content }],
});

async function ftp<T>(work: (client: Client) => Promise<T>, user = "yard", password = secret): Promise<T> {
  const client = new Client(20_000);
  try {
    await client.access({ host: "127.0.0.1", port: ports.ftp, user, password });
    return await work(client);
  } finally {
    client.close();
  }
}

/** Says each line when the one before was answered. @returns the answers */
async function dialogue(lines: readonly string[], localAddress = "127.0.0.1"): Promise<string> {
  const socket = connect({ port: ports.ftp, host: "127.0.0.1", localAddress });
  socket.on("error", () => {});
  let heard = "";
  socket.on("data", (bytes) => {
    heard += bytes.toString();
  });
  const count = () => heard.split("\r\n").filter((line) => /^\d{3} /.test(line)).length;
  let isClosed = false;
  socket.on("close", () => {
    isClosed = true;
  });
  for (const [index, line] of lines.entries()) {
    await waitUntil(() => isClosed || count() > index, { what: `an answer before ${line.slice(0, 20)}` });
    if (!isClosed) socket.write(`${line}\r\n`);
  }
  await waitUntil(() => isClosed || count() > lines.length, { what: "the last answer" });
  socket.destroy();
  return heard;
}

const last = () => uploads.at(-1);

describe("a camera that sends mail", () => {
  it("brings the pictures that are attached, under its own name", async () => {
    await mailer("gate@cameras", `${secret}!`).sendMail(mail(jpeg(1)));
    assert.deepEqual(last(), { camera: "gate", by: "smtp", pictures: [jpeg(1)] });
    await mailer("yard", secret).sendMail(mail(Buffer.from("no picture")));
    assert.deepEqual(last(), { camera: "yard", by: "smtp", pictures: [] });
  });

  it("is refused without its password, and with more than a mail may have", async () => {
    const before = uploads.length;
    await assert.rejects(mailer("yard", "another one").sendMail(mail(jpeg(1))), /535/);
    const open = createTransport({ host: "127.0.0.1", port: ports.smtp, ignoreTLS: true });
    await assert.rejects(open.sendMail(mail(jpeg(1))), /530/);
    const lines = Buffer.from(`${"A".repeat(998)}\r\n`.repeat(8_600));
    const { from, to } = mail(big);
    const raw = { envelope: { from, to }, raw: lines };
    await assert.rejects(mailer("yard", secret).sendMail(raw), /552/);
    assert.equal(uploads.length, before);
  });
});

describe("a camera that uploads by FTP", () => {
  it("makes its folders, writes under another name first, and brings the picture", async () => {
    await ftp(async (client) => {
      await client.ensureDir("/2026-11-27/001/jpg");
      await client.uploadFrom(Readable.from([jpeg(2), jpeg(3)]), "14.03.22[M].tmp");
      await client.rename("14.03.22[M].tmp", "14.03.22[M].jpg");
    });
    assert.deepEqual(last(), { camera: "yard", by: "ftp", pictures: [jpeg(2), jpeg(3)] });
  });

  it("finds nothing to read, and no other place than nowhere", async () => {
    await ftp(async (client) => {
      await client.uploadFrom(Readable.from([jpeg(4)]), "../../../../etc/cron.d/x.jpg");
      assert.deepEqual(await client.list("/etc"), []);
      await assert.rejects(client.downloadTo(new PassThrough(), "/etc/passwd"), /502/);
    });
  });

  it("is refused without its password, with a file that is too large, and when it points elsewhere", async () => {
    const before = uploads.length;
    await assert.rejects(
      ftp(async () => {}, "yard", "another one"),
      /530/,
    );
    await assert.rejects(ftp((client) => client.uploadFrom(Readable.from([big]), "film.mp4")));
    assert.match(await dialogue(["STOR x.jpg"]), /530 Name and password first/);
    const elsewhere = await dialogue(["USER yard", `PASS ${secret}`, "PORT 10,0,0,1,0,25", "STOR x.jpg"]);
    assert.match(elsewhere, /502[^]*425/);
    assert.doesNotMatch(
      await dialogue(["constructor", "__proto__ x", `USER ${"a".repeat(5_000)}`]),
      /2[0-9]{2} Yes/,
    );
    assert.equal(uploads.length, before);
  });

  it("is nobody from outside of the networks that are allowed", async () => {
    assert.equal(await dialogue([], "127.0.0.2"), "");
  });
});

describe("a camera that calls by HTTP", () => {
  const url = `http://127.0.0.1:${ports.http}/alarm?channel=1`;
  const authorization = `Basic ${Buffer.from(`yard:${secret}`).toString("base64")}`;

  it("brings a picture alone or in a form, or only says that it saw something", async () => {
    const put = { method: "PUT", headers: { authorization }, body: new Uint8Array(jpeg(5)) };
    assert.equal((await fetch(url, put)).status, 200);
    assert.deepEqual(last(), { camera: "yard", by: "http", pictures: [jpeg(5)] });
    const form = new FormData();
    form.set("snapshot", new Blob([new Uint8Array(jpeg(6))]), "now.jpg");
    await fetch(url, { method: "POST", headers: { authorization }, body: form });
    assert.deepEqual(last()?.pictures, [jpeg(6)]);
    await fetch(url, { headers: { authorization } });
    assert.deepEqual(last()?.pictures, []);
  });

  it("is refused without its password, with too much, and after ten wrong ones even with the right one", async () => {
    const before = uploads.length;
    assert.equal((await fetch(url)).status, 401);
    const tooMuch = await fetch(url, {
      method: "POST",
      headers: { authorization },
      body: new Uint8Array(big),
    }).catch(() => undefined);
    assert.ok(tooMuch === undefined || tooMuch.status === 413);
    const wrong = { headers: { authorization: `Basic ${Buffer.from("yard:guess").toString("base64")}` } };
    for (let guess = 0; guess < 10; guess++) assert.equal((await fetch(url, wrong)).status, 401);
    assert.equal((await fetch(url, { headers: { authorization } })).status, 401);
    assert.equal(uploads.length, before);
  });
});

describe("what cameras bring", () => {
  it("becomes an event with the pictures, and shows on the camera's page", async () => {
    const source = { kind: "upload", user: "yard", password: secret };
    const config = CamerasConfig.parse({
      receive: { ftpPort: 2_121 },
      list: [{ name: "yard", place: "the yard", source }],
    });
    const events: Parameters<Parameters<typeof openCameras>[0]["onEvent"]>[0][] = [];
    const cameras = openCameras({
      config,
      clock: systemClock,
      onEvent: (event) => events.push(event),
      onFault: ({ text }) => assert.fail(text),
    });
    try {
      assert.deepEqual(
        [cameras.list()[0]?.state, cameras.list()[0]?.url],
        ["connecting", "brings its pictures as yard"],
      );
      cameras.take("yard", [jpeg(7), jpeg(8)], "ftp");
      cameras.take("nobody", [jpeg(7)], "ftp");
      await waitUntil(() => events.length > 0, { what: "an event" });
      assert.deepEqual(events[0]?.heard, {
        type: "motion",
        zone: "the yard",
        attributes: { camera: "yard", place: "the yard", broughtBy: "ftp" },
      });
      assert.deepEqual(
        events[0]?.evidence.map(({ bytes }) => bytes),
        [jpeg(7), jpeg(8)],
      );
      assert.deepEqual([cameras.list()[0]?.state, cameras.picture("yard")], ["up", jpeg(8)]);
      assert.doesNotMatch(JSON.stringify([cameras.list(), events[0]?.heard]), /usual/);
    } finally {
      await cameras.stop();
    }
  });
});
