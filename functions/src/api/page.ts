/** Pages that the API itself answers: what a link in an e-mail opens, or a link that was shared. They run no script. */
import { createHash } from "node:crypto";
import { escapeHtml } from "@vigil/core/html";
import { defaultLanguage, type Language } from "@vigil/core/language/languages";
import type { Context } from "hono";

const style = `body{font:17px/1.5 system-ui,sans-serif;max-width:560px;margin:0 auto;padding:24px 20px 64px;color:#17212b;background:#f4f6f8}
h1{font-size:23px;line-height:1.3;margin:8px 0}h2{font-size:18px;margin:28px 0 8px}button{font:inherit;padding:12px 22px;border:0;border-radius:8px;background:#17212b;color:#fff;cursor:pointer}
p{margin:8px 0}.quiet,figcaption{color:#5b6b7a;font-size:14px}.level{display:inline-block;padding:2px 10px;border-radius:999px;color:#fff;background:#5b6b7a;font-size:13px}
.level.standard{background:#2c6e9b}.level.elevated{background:#b06a00}.level.critical{background:#b3261e}
figure{margin:16px 0}.picture{position:relative;display:block}.picture img{width:100%;height:auto;display:block;border-radius:8px}.picture svg{position:absolute;inset:0;width:100%;height:100%}`;

const styleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`;

export type Page = {
  language?: Language;
  title: string;
  /** HTML: whatever came from outside is escaped. */
  body?: string;
  /** Where pictures come from. */
  imageOrigins?: readonly string[];
};

/** Sets what holds for every such page: it is kept nowhere, framed nowhere, and loads nothing but the pictures that it names. */
export function answerPage(
  c: Context,
  { language = defaultLanguage, title, body = "", imageOrigins = [] }: Page,
  status: 200 | 404 | 429 = 200,
) {
  c.header(
    "Content-Security-Policy",
    [
      "default-src 'none'",
      `style-src '${styleHash}'`,
      ...(imageOrigins.length === 0 ? [] : [`img-src ${imageOrigins.join(" ")}`]),
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join("; "),
  );
  c.header("X-Robots-Tag", "noindex, nofollow");
  return c.html(
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body><h1>${escapeHtml(title)}</h1>${body}</body></html>`,
    status,
  );
}
