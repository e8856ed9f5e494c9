/**
 * The page in a bundle: shows the digest, and checks the files beside it with the browser's own SHA-256. It needs no network,
 * and its policy lets it use none. A page that was opened from a disk may not read the files beside it, so its reader
 * hands them to it.
 */
import { createHash } from "node:crypto";
import type { Custody } from "../../custody/wire.ts";
import type { DigestView } from "../../digest/wire.ts";
import { escapeHtml } from "../../html.ts";
import type { Language } from "../../language/wire.ts";
import { levelWords } from "../../level-words.ts";
import { type BundleWords, bundleWords, type Missing } from "./bundle-words.ts";

export type BundledPicture = {
  momentId: string;
  capturedAt: string;
  /** Where it lies in the archive. */
  file: string;
  /** SHA-256 that was recorded when it came, hex. */
  sealedSha256: string;
  bytes: Uint8Array | undefined;
  /** Why its bytes are not in the archive; null: they are. */
  missing: Missing | null;
};

type Sum = { name: string; sha256: string };
type Page = {
  language: Language;
  /** In that language. */
  digest: DigestView;
  timeZone: string;
  pictures: readonly BundledPicture[];
  custody: Custody;
  /** Of the files beside the page. */
  sums: readonly Sum[];
};

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:760px;margin:0 auto;padding:24px 16px 64px;color:#17212b;background:#f4f6f8}
h1{font-size:24px;line-height:1.25}h2{font-size:18px;margin-top:32px}figure{margin:16px 0}img{max-width:100%;height:auto;border-radius:8px}
code{font-size:13px;overflow-wrap:anywhere}.quiet,figcaption{color:#5b6b7a;font-size:14px}section.check{background:#fff;border-radius:12px;padding:16px 20px;margin-top:24px}
li[data-is=right]::marker{content:"\\2713  "}li[data-is=wrong]{color:#b3261e}li[data-is=wrong]::marker{content:"\\2717  "}input{font:inherit;max-width:100%}`;

/** Runs in the reader's browser: `sums` stand in the page, whose own sum stands in the list alone; so does what it may have to say. */
const script = `
const { sums, verdicts, words } = JSON.parse(document.getElementById("sums").textContent);
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const hashOf = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
const hash = async (file) => hashOf(await file.arrayBuffer());
const nameOf = (path) => path.split("/").at(-1);
document.getElementById("files").addEventListener("change", async ({ target }) => {
  const given = new Map([...target.files].map((file) => [nameOf(file.name), file]));
  const page = given.get("index.html");
  const all = page === undefined ? sums : [...sums, { name: "index.html", sha256: await hash(page) }];
  const list = all.map(({ name, sha256 }) => sha256 + "  " + name + "\\n").join("");
  const sumsSha256 = await hashOf(new TextEncoder().encode(list));
  document.getElementById("sumsSha256").textContent = sumsSha256;
  const wanted = [...sums, { name: "SHA256SUMS", sha256: sumsSha256 }];
  const found = await Promise.all(wanted.map(async ({ name, sha256 }) => {
    const file = given.get(nameOf(name));
    return { name, is: file === undefined ? "missing" : (await hash(file)) === sha256 ? "right" : "changed" };
  }));
  const wrong = found.filter(({ is }) => is !== "right");
  document.getElementById("verdict").textContent = verdicts[wrong.length];
  document.getElementById("found").replaceChildren(...found.map(({ name, is }) => {
    const line = document.createElement("li");
    line.dataset.is = is === "right" ? "right" : "wrong";
    line.textContent = is === "right" ? name : name + ": " + words[is];
    return line;
  }));
});
`;

export function writeBundlePage({ language, digest, timeZone, pictures, custody, sums }: Page): string {
  const words = bundleWords[language];
  const when = (instant: string) => {
    const format = new Intl.DateTimeFormat(words.locale, { dateStyle: "full", timeStyle: "long", timeZone });
    return format.format(new Date(instant));
  };
  const policy = [
    "default-src 'none'",
    "img-src 'self' file: blob:",
    `style-src '${sourceHash(style)}'`,
    `script-src '${sourceHash(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  // The list of sums is a file too.
  const files = sums.length + 1;
  const verdicts = Array.from({ length: files + 1 }, (_, wrong) => words.verdict(wrong, files));
  const { missing, changed } = words;
  // Inside a script element nothing but its end is read.
  const data = JSON.stringify({ sums, verdicts, words: { missing, changed } }).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(digest.title)}</title>
<style>${style}</style></head>
<body><p class="quiet">${levelWords[language][digest.level]} · ${escapeHtml(digest.siteName)} · ${when(digest.occurredAt)}</p>
<h1>${escapeHtml(digest.title)}</h1>
${digest.summary.map(({ text }) => `<p>${escapeHtml(text)}</p>`).join("\n")}
<section class="check"><h2>${words.isUnchanged}</h2>
<p>${words.choose}</p>
<input id="files" type="file" multiple webkitdirectory aria-label="${words.folder}">
<p id="verdict" role="status"></p><ul id="found"></ul>
<p class="quiet">${words.listSum} <code id="sumsSha256">${words.notReadYet}</code>. ${words.auditTrail}
${words.withoutBrowser} <code>sha256sum --check SHA256SUMS</code>.</p>
<p>${escapeHtml(whenLogged(custody, words, when))}</p></section>
<h2>${words.pictures}</h2>
${pictures.map((picture, index) => figure(picture, words.picture(index + 1, when(picture.capturedAt)), words)).join("\n")}
<h2>${words.why}</h2><ul>${digest.reasons.map(({ text }) => `<li>${escapeHtml(text)}</li>`).join("")}</ul>
<script type="application/json" id="sums">${data}</script><script>${script}</script></body></html>
`;
}

/** What the log says, and how that is checked: this page alone proves nothing of when. */
function whenLogged(
  { checkpoint, leaves, notLogged }: Custody,
  words: BundleWords,
  when: (instant: string) => string,
): string {
  if (!checkpoint) return words.notLogged;
  return words.logged(leaves.length, when(checkpoint.signedAt), notLogged);
}

function figure({ file, missing }: BundledPicture, caption: string, words: BundleWords): string {
  return missing === null
    ? `<figure><img src="${escapeHtml(file)}" alt="${escapeHtml(caption)}"><figcaption>${escapeHtml(caption)}</figcaption></figure>`
    : `<p class="quiet">${escapeHtml(`${caption}: ${words.whyMissing[missing]}.`)}</p>`;
}

/** What a content security policy allows a script or a style by. */
function sourceHash(source: string): string {
  return `sha256-${createHash("sha256").update(source).digest("base64")}`;
}
