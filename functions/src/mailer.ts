/** The mail server of this installation; undefined where there is none. */
import { delivery as limits } from "@vigil/core/limits";
import type { Mailer } from "@vigil/core/platform/mail";
import { smtpMailer } from "@vigil/core/platform/smtp";
import type { Config } from "./config.ts";

export function mailerOf({ SMTP_URL: url, MAIL_FROM: from }: Config): Mailer | undefined {
  return url !== undefined && from !== undefined
    ? smtpMailer({ url, from, msMax: limits.attemptMsMax })
    : undefined;
}
