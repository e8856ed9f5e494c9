/** The mail that holds a code. Pure. */
import { escapeHtml } from "@vigil/core/html";
import type { Language } from "@vigil/core/language/languages";
import type { Mail } from "@vigil/core/platform/mail";
import { codeWords } from "./code-words.ts";

export type CodeMail = {
  email: string;
  code: string;
  id: string;
  /** What the browser asks for that asked for the code: whose address it is nobody knows yet. */
  language: Language;
};

export function writeCodeMail({ email: to, code, id, language }: CodeMail, origin: string): Mail {
  const { host, hostname } = new URL(origin);
  const words = codeWords[language];
  const text = [words.isYourCode(host), "", `    ${code}`, "", words.enter, words.nobodyAsks].join("\n");
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${words.title}</title></head>
<body style="margin:0;background:#f4f6f8;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#17212b;line-height:1.45">
<div style="max-width:520px;margin:0 auto;padding:24px 16px"><div style="background:#fff;border-radius:12px;padding:24px">
<p style="margin:0">${escapeHtml(words.heading(host))}</p>
<p style="margin:16px 0;font:600 28px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:2px">${escapeHtml(code)}</p>
<p style="margin:0 0 12px">${words.enter}</p>
<p style="margin:0;font-size:14px;color:#5b6b7a">${words.nobodyAsks}</p>
</div></div></body></html>`;
  return {
    to,
    subject: words.subject(code),
    text,
    html,
    pictures: [],
    messageId: `<code-${id}@${hostname}>`,
    inReplyTo: null,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
