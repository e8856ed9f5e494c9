/** What the local page answers with. */
import { type Html, html } from "./html.ts";
import type { Recorded } from "./send-recorded.ts";

export type Answer = {
  status?: number;
  type: string;
  body: string | Uint8Array;
  location?: string;
};

/** What was recorded, which is sent whole or in part. */
export type RecordedAnswer = { recorded: Recorded };

export const page = (body: Html, status = 200): Answer => ({
  status,
  type: "text/html; charset=utf-8",
  body: body.text,
});

export const png = (body: Uint8Array): Answer => ({ type: "image/png", body });

export const missing: Answer = {
  status: 404,
  type: "text/plain; charset=utf-8",
  body: "There is no such page.\n",
};

export function frame(title: string, site: string, body: Html): Html {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/page.css"><script src="/page.js" defer></script></head>
<body><header><h1><a href="/">Gateway ${site}</a></h1><span class="faint">this page comes from the gateway itself and needs no network</span></header>${body}</body></html>`;
}
