/** One e-mail, handed to a mail server: SMTP in production and locally (`smtp.ts`). */

export type Mail = {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Pictures that the HTML shows, each under `cid:` and its id. */
  pictures: readonly { cid: string; bytes: Uint8Array; contentType: string; filename: string }[];
  /** Unique for ever: a mail that is sent twice has it twice. */
  messageId: string;
  /** The first mail of the thread that this one belongs to; null for a first one. */
  inReplyTo: string | null;
  /** Extra headers, such as those of RFC 8058. */
  headers: Readonly<Record<string, string>>;
};

export interface Mailer {
  /** Resolves when the server has taken it. @throws Error with the server's reply code in `responseCode`, if it gave one */
  send(mail: Mail): Promise<void>;
  close(): void;
}
