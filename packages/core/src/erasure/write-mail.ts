/** The two mails of an erasure: that it is to be, with how it is called off, and that it was, with the receipt. Pure. */
import { escapeHtml } from "../html.ts";
import type { Mail } from "../platform/mail.ts";

type Told =
  | { kind: "asked"; accountName: string; beginsAt: Date; page: string }
  | { kind: "erased"; doneAt: Date; note: string; page: string };

export function writeErasureMail(
  to: string,
  { id, origin, told }: { id: string; origin: string; told: Told },
): Mail {
  const { host, hostname } = new URL(origin);
  const { subject, lines, receipt } =
    told.kind === "asked" ? wordsOfAsked(told, host) : wordsOfErased(told, host);
  const paragraphs = lines.map((line) => `<p style="margin:0 0 12px">${escapeHtml(line)}</p>`).join("");
  const kept =
    receipt === undefined
      ? ""
      : `<pre style="white-space:pre-wrap;overflow-wrap:anywhere;font:12px/1.5 ui-monospace,Menlo,Consolas,monospace">${escapeHtml(receipt)}</pre>`;
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
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

type Words = { subject: string; lines: string[]; receipt?: string };

function wordsOfAsked({ accountName, beginsAt }: Extract<Told, { kind: "asked" }>, host: string): Words {
  return {
    subject: `${accountName} will be erased from Vigil`,
    lines: [
      `An owner has asked for the account ${accountName} at ${host} to be erased.`,
      `It begins at ${when(beginsAt)}. Until then any owner can call it off in the settings, and export what is there. After that nobody gets in any more, and nothing can be brought back.`,
      "If it was none of you: sign in, call it off, and remove whoever is not to be an owner.",
    ],
  };
}

function wordsOfErased({ doneAt, note }: Extract<Told, { kind: "erased" }>, host: string): Words {
  return {
    subject: "Your account at Vigil was erased",
    lines: [
      `The account that you were an owner of at ${host} was erased. It was done at ${when(doneAt)}: its rows, its pictures, what was computed of them, and what the evidence log knew of them are gone.`,
      "This is the receipt. It is signed, says how much went, and names nobody; your address is forgotten once this mail was sent.",
    ],
    receipt: note,
  };
}

/** `2026-06-01 14:05 UTC`: whose time zone it was is not known any more. */
function when(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
