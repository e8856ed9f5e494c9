/** The mail that holds a code. Pure. */
import { escapeHtml } from "@vigil/core/html";
import type { Mail } from "@vigil/core/platform/mail";

export function writeCodeMail(to: string, code: string, origin: string, id: string): Mail {
  const { host, hostname } = new URL(origin);
  const text = [
    `Your code for Vigil at ${host} is`,
    "",
    `    ${code}`,
    "",
    "Enter it in the window in which you asked for it, within ten minutes.",
    "Nobody from Vigil will ever ask you for it. If you did not ask for a code, nothing needs to be done: without it nobody gets in.",
  ].join("\n");
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Your code</title></head>
<body style="margin:0;background:#f4f6f8;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#17212b;line-height:1.45">
<div style="max-width:520px;margin:0 auto;padding:24px 16px"><div style="background:#fff;border-radius:12px;padding:24px">
<p style="margin:0">Your code for Vigil at ${escapeHtml(host)}</p>
<p style="margin:16px 0;font:600 28px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:2px">${escapeHtml(code)}</p>
<p style="margin:0 0 12px">Enter it in the window in which you asked for it, within ten minutes.</p>
<p style="margin:0;font-size:14px;color:#5b6b7a">Nobody from Vigil will ever ask you for it. If you did not ask for a code, nothing needs to be done: without it nobody gets in.</p>
</div></div></body></html>`;
  return {
    to,
    subject: `${code} is your code for Vigil`,
    text,
    html,
    pictures: [],
    messageId: `<code-${id}@${hostname}>`,
    inReplyTo: null,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}
