/** The two mails of an erasure: that it is to be, with how it is called off, and that it was, with the receipt. Pure. */
import { escapeHtml } from "../html.ts";
import type { Language } from "../language/wire.ts";
import type { Mail } from "../platform/mail.ts";
import { erasureMailWords } from "./mail-words.ts";

type Told =
  | { kind: "asked"; accountName: string; beginsAt: Date; page: string }
  | { kind: "erased"; doneAt: Date; note: string; page: string };

export type Reader = { address: string; language: Language };

export function writeErasureMail(
  { address: to, language }: Reader,
  { id, origin, told }: { id: string; origin: string; told: Told },
): Mail {
  const { host, hostname } = new URL(origin);
  const words = erasureMailWords[language];
  const { subject, lines } =
    told.kind === "asked"
      ? words.asked(told.accountName, host, words.when(told.beginsAt))
      : words.erased(host, words.when(told.doneAt));
  const receipt = told.kind === "erased" ? told.note : undefined;
  const paragraphs = lines.map((line) => `<p style="margin:0 0 12px">${escapeHtml(line)}</p>`).join("");
  const kept =
    receipt === undefined
      ? ""
      : `<pre style="white-space:pre-wrap;overflow-wrap:anywhere;font:12px/1.5 ui-monospace,Menlo,Consolas,monospace">${escapeHtml(receipt)}</pre>`;
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;background:#f4f6f8;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#17212b;line-height:1.45">
<div style="max-width:560px;margin:0 auto;padding:24px 16px"><div style="background:#fff;border-radius:12px;padding:24px">
${paragraphs}<p style="margin:0 0 12px"><a href="${escapeHtml(told.page)}">${escapeHtml(told.page)}</a></p>${kept}
</div></div></body></html>`;
  return {
    to,
    subject,
    text: [...lines, told.page, ...(receipt === undefined ? [] : [receipt])].join("\n\n"),
    html,
    pictures: [],
    messageId: `<${id}-${told.kind}@${hostname}>`,
    inReplyTo: told.kind === "erased" ? `<${id}-asked@${hostname}>` : null,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
