/** Mail by SMTP: a provider's server (Amazon SES speaks it), or the catcher of the local stack. */
import { createTransport } from "nodemailer";
import type { Mailer } from "./mail.ts";

const connectMsMax = 10_000;

/**
 * @param url `smtps://user:password@host:465`, or `smtp://host:25` where STARTTLS is used when it is offered
 * @param from `Vigil <alerts@example.com>`
 */
export function smtpMailer({ url, from, msMax }: { url: string; from: string; msMax: number }): Mailer {
  const transport = createTransport(url, { from });
  transport.set("timeout", msMax);
  Object.assign(transport.options, {
    connectionTimeout: connectMsMax,
    greetingTimeout: connectMsMax,
    socketTimeout: msMax,
    // Nothing is fetched and no file is read, whatever a message holds.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, html, pictures, messageId, inReplyTo, headers }) {
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        html,
        messageId,
        headers: { ...headers },
        ...(inReplyTo === null ? {} : { inReplyTo, references: inReplyTo }),
        attachments: pictures.map(({ cid, bytes, contentType, filename }) => ({
          cid,
          filename,
          contentType,
          content: Buffer.from(bytes),
        })),
      });
    },
    close: () => transport.close(),
  };
}

/** Connects and signs in, and sends nothing. @throws what the server said */
export async function checkSmtp(url: string): Promise<void> {
  const transport = createTransport(url, {});
  Object.assign(transport.options, { connectionTimeout: connectMsMax, greetingTimeout: connectMsMax });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
