/**
 * Catches the e-mails of the local stack: a real SMTP server on the loopback interface that keeps what it is sent, and a
 * page that shows it. Nothing leaves the machine.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { escapeHtml } from "@vigil/core/html";
import { simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";

export type Caught = { id: string; to: string; subject: string; at: string; text: string; html: string };

export type MailCatcher = {
  smtpUrl: string;
  /** Where people read the mails; `/mails.json` beside it is for programs. */
  pageUrl: string;
  stop(): Promise<void>;
};

const mailBytesMax = 10 * 1024 * 1024;
const shownMax = 200;

export async function startMailCatcher({ folder }: { folder: string }): Promise<MailCatcher> {
  await mkdir(folder, { recursive: true });
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    size: mailBytesMax,
    onData(stream, _session, done) {
      const finish = async () => done(await catchMail(folder, stream));
      void finish();
    },
  });
  const smtpPort = await listen(smtp.listen(0, "127.0.0.1"));
  const pages = createServer((request, response) => void showPage(folder, request.url ?? "/", response));
  const pagePort = await listen(pages.listen(0, "127.0.0.1"));
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    pageUrl: `http://127.0.0.1:${pagePort}/`,
    async stop() {
      pages.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise((resolve) => pages.close(resolve)),
      ]);
    },
  };
}

async function listen(server: Server): Promise<number> {
  if (!server.listening) await new Promise<void>((resolve) => server.once("listening", () => resolve()));
  return (server.address() as AddressInfo).port;
}

/** @returns what the sender is told: nothing when the mail is kept */
async function catchMail(folder: string, stream: SMTPServerDataStream): Promise<Error | null> {
  try {
    const bytes = await buffer(stream);
    if (stream.sizeExceeded) return new Error("the mail is too large");
    await keep(folder, bytes);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function showPage(folder: string, url: string, response: ServerResponse): Promise<void> {
  const { status, type, body } = await answer(folder, url).catch(() => ({
    status: 500,
    type: "text/plain",
    body: "The mails could not be read.",
  }));
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    // A mail is somebody's HTML: it may show itself and its pictures, and nothing else.
    "content-security-policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
  });
  response.end(body);
}

/** Written whole or not at all. The name sorts by time. */
async function keep(folder: string, bytes: Buffer): Promise<void> {
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  const path = join(folder, `${Date.now()}-${digest}.eml`);
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
}

/** What was caught, the newest first. */
export async function listMails(folder: string): Promise<Caught[]> {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith(".eml"))
    .toSorted()
    .toReversed();
  return Promise.all(names.slice(0, shownMax).map((name) => readMail(folder, name)));
}

async function readMail(folder: string, name: string): Promise<Caught> {
  // Pictures become `data:` URLs, so that the page shows a mail as a mail program does.
  const mail = await simpleParser(await readFile(join(folder, name)));
  const to = Array.isArray(mail.to) ? mail.to.map((part) => part.text).join(", ") : (mail.to?.text ?? "");
  return {
    id: name.replace(/\.eml$/, ""),
    to,
    subject: mail.subject ?? "",
    at: new Date(Number(name.split("-")[0])).toISOString(),
    text: mail.text ?? "",
    html: mail.html || "",
  };
}

async function answer(folder: string, url: string): Promise<{ status: number; type: string; body: string }> {
  const html = "text/html; charset=utf-8";
  if (url === "/mails.json") {
    return {
      status: 200,
      type: "application/json",
      body: JSON.stringify({ items: await listMails(folder) }),
    };
  }
  if (url === "/") return { status: 200, type: html, body: inbox(await listMails(folder)) };
  const name = /^\/([0-9]+-[0-9a-f]{8})$/.exec(url)?.[1];
  const mail = name === undefined ? undefined : await readMail(folder, `${name}.eml`).catch(() => undefined);
  if (!mail) return { status: 404, type: html, body: "<p>There is no such mail.</p>" };
  return { status: 200, type: html, body: mail.html || `<pre>${escapeHtml(mail.text)}</pre>` };
}

function inbox(mails: readonly Caught[]): string {
  const rows = mails.map(
    ({ id, to, subject, at }) =>
      `<li><a href="/${id}">${escapeHtml(subject)}</a><br><small>${escapeHtml(to)} · ${escapeHtml(at)}</small></li>`,
  );
  const list =
    rows.length > 0 ? `<ul>${rows.join("")}</ul>` : "<p>No mail yet. This page shows what Vigil sends.</p>";
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mail of the local stack</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{font:16px/1.5 system-ui;max-width:640px;margin:32px auto;padding:0 16px;color:#17212b}li{margin:12px 0}small{color:#5b6b7a}</style>
<h1>Mail of the local stack</h1>${list}</html>`;
}
