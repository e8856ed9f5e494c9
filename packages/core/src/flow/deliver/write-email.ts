/** A message as an e-mail: subject, text and HTML. Pure; everything that came from outside is escaped. */
import type { Message } from "../../delivery/wire.ts";
import { escapeHtml } from "../../html.ts";
import type { Language } from "../../language/wire.ts";
import type { Level } from "../../level.ts";
import { levelWords } from "../../level-words.ts";
import { emailWords } from "./email-words.ts";

export type Written = { subject: string; text: string; html: string };

/** The levels as the console colours them. */
const colours: Record<Level, string> = {
  low: "#5b6b7a",
  standard: "#2c6e9b",
  elevated: "#9a5c00",
  critical: "#b3261e",
};

/** For readers whose mail is dark. Programs that know no style sheets show the light one, which stands at each element. */
const dark =
  "@media (prefers-color-scheme: dark) { .ground { background: #0f161d !important; color: #e8edf2 !important } .card { background: #1a242e !important } .quiet { color: #a3b1be !important } .button { background: #e8edf2 !important; color: #17212b !important } }";

/** In digests and assessments the level says how serious it is; of other kinds it says nothing. */
const levelled = /^vigil\.(digest|addendum|assessment)\./;

/**
 * @param pictures how many pictures the contact sheet shows; 0: there is none
 * @param unsubscribe where the reader switches this off; null for a message that is sent once
 */
export function writeEmail(
  { language, message: { type, data } }: { language: Language; message: Pick<Message, "type" | "data"> },
  { timeZone, pictures, unsubscribe }: { timeZone: string; pictures: number; unsubscribe: string | null },
): Written {
  const words = emailWords[language];
  const format = { dateStyle: "medium", timeStyle: "short", timeZone } as const;
  const at = new Intl.DateTimeFormat(words.locale, format).format(new Date(data.occurredAt));
  const where = [data.site?.name, ...data.zones.map(words.zone)]
    .filter((part) => part !== undefined)
    .join(", ");
  const level = levelled.test(type) ? data.level : undefined;
  const levelName = level && levelWords[language][level];
  const facts = [levelName && words.level(levelName), where && words.where(where), words.when(at)].filter(
    Boolean,
  );
  const link = type.startsWith("vigil.confirm.") ? words.confirm : words.open;
  const text = [
    data.title,
    "",
    ...data.summary,
    "",
    ...facts,
    ...(data.recommendation === null ? [] : ["", data.recommendation]),
    "",
    `${link}: ${data.links.console}`,
    ...(unsubscribe === null ? [] : ["", `${words.stop}: ${unsubscribe}`]),
  ].join("\n");
  return {
    subject: oneLine(level === undefined || level === "low" ? data.title : `[${levelName}] ${data.title}`),
    text,
    html: page({ language, data, level, facts: facts.slice(level ? 1 : 0), pictures, link, unsubscribe }),
  };
}

/** A header is one line (RFC 5322). */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").slice(0, 200);
}

function page(shown: {
  language: Language;
  data: Message["data"];
  level: Level | undefined;
  facts: (string | undefined)[];
  pictures: number;
  link: string;
  unsubscribe: string | null;
}): string {
  const { language, data, level, facts, pictures, link, unsubscribe } = shown;
  const words = emailWords[language];
  const chip =
    level === undefined
      ? ""
      : `<span style="display:inline-block;padding:2px 10px;border-radius:999px;background:${colours[level]};color:#fff;font-size:13px">${levelWords[language][level]}</span>`;
  const sheet =
    pictures === 0
      ? ""
      : `<p style="margin:16px 0"><img src="cid:contact-sheet" alt="${words.pictures(pictures)}" style="width:100%;max-width:600px;height:auto;border-radius:8px;display:block"></p>`;
  const sentences = data.summary
    .map((sentence) => `<p style="margin:8px 0">${escapeHtml(sentence)}</p>`)
    .join("");
  const advice =
    data.recommendation === null
      ? ""
      : `<p style="margin:12px 0"><strong>${escapeHtml(data.recommendation)}</strong></p>`;
  const foot =
    unsubscribe === null
      ? ""
      : `<p style="margin:24px 0 0;font-size:13px;color:#5b6b7a"><a href="${escapeHtml(unsubscribe)}" class="quiet" style="color:#5b6b7a">${words.stop}</a></p>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escapeHtml(data.title)}</title><style>${dark}</style></head>
<body class="ground" style="margin:0;background:#f4f6f8;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#17212b;line-height:1.45">
<div style="max-width:640px;margin:0 auto;padding:24px 16px">
<div class="card" style="background:#fff;border-radius:12px;padding:24px;overflow-wrap:anywhere">
${chip}<h1 style="font-size:21px;line-height:1.3;margin:10px 0 4px">${escapeHtml(data.title)}</h1>
<p class="quiet" style="margin:0 0 12px;color:#5b6b7a;font-size:14px">${facts.map((fact) => escapeHtml(fact ?? "")).join(" · ")}</p>
${sheet}${sentences}${advice}
<p style="margin:20px 0 0"><a href="${escapeHtml(data.links.console)}" class="button" style="display:inline-block;background:#17212b;color:#fff;text-decoration:none;padding:10px 18px;border-radius:8px">${link}</a></p>
</div>${foot}
</div></body></html>`;
}
