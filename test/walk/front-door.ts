/** What people meet of one world: the console and the API behind one origin, and the mails that Vigil sends. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Caught, listMails, startMailCatcher } from "../../scripts/local/mail-catcher.ts";
import { until } from "../../scripts/local/until.ts";
import { serveConsole } from "../../scripts/stack/console.ts";
import { buildConsole } from "../console/site.ts";

export type FrontDoor = {
  /** By a name, because browsers give passkeys to names alone. */
  origin: string;
  /** What the API is started with. */
  environment: Record<string, string>;
  /** Where the API is, once it runs. */
  peers: { apiUrl: string; s3Url: string };
  /** Waits for the newest mail to the address and reads the code in it. */
  codeFor(address: string, after?: string): Promise<string>;
  /** Waits for a mail to the address in which something is like that, the newest of them. */
  mailFor(address: string, like: RegExp): Promise<Caught>;
  close(): Promise<void>;
};

export async function openFrontDoor(s3Url: string): Promise<FrontDoor> {
  const folder = await mkdtemp(join(tmpdir(), "vigil-front-door-"));
  const mailFolder = join(folder, "mail");
  await buildConsole(join(folder, "dist"));
  const peers = { apiUrl: "http://127.0.0.1:9", s3Url };
  const console = await serveConsole({ port: 0, folder: join(folder, "dist") }, () => peers);
  const mail = await startMailCatcher({ folder: mailFolder });
  const origin = console.url;
  const mailFor: FrontDoor["mailFor"] = (address, like) =>
    until(
      async () =>
        (await listMails(mailFolder)).find(
          ({ to, subject, text }) => to === address && like.test(`${subject}\n${text}`),
        ),
      { withinMs: 180_000, everyMs: 50, because: `nothing like ${like} was mailed to ${address}` },
    );
  return {
    origin,
    environment: { CONSOLE_ORIGIN: origin, SMTP_URL: mail.smtpUrl, MAIL_FROM: "Vigil <vigil@example.com>" },
    peers,
    mailFor,
    codeFor: (address, after) =>
      until(
        async () => {
          const newest = (await listMails(mailFolder)).find(({ to }) => to === address);
          const code = /[A-Z]{4}-[A-Z]{4}/.exec(newest?.text ?? "")?.[0];
          return code === after ? undefined : code;
        },
        { withinMs: 180_000, everyMs: 50, because: `no code was mailed to ${address}` },
      ),
    async close() {
      await Promise.all([console.stop(), mail.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
