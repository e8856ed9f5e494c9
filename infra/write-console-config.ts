/**
 * Run by the console's build on deployment: `node write-console-config.ts --api-url <url> --evidence-url <url> <folder>` writes
 * `<folder>/config.json`, and puts the page's security policy, which names these two and nothing else, into `index.html`.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { securityPolicy } from "../web/scripts/security-policy.ts";

const { values, positionals } = parseArgs({
  options: { "api-url": { type: "string" }, "evidence-url": { type: "string" } },
  allowPositionals: true,
});
const [folder] = positionals;
const { "api-url": apiUrl = "", "evidence-url": evidenceUrl = "" } = values;
if (!folder || !URL.canParse(apiUrl) || !URL.canParse(evidenceUrl)) {
  throw new Error(
    `expected --api-url <url> --evidence-url <url> <folder>, got ${process.argv.slice(2).join(" ")}`,
  );
}
await writeFile(path.join(folder, "config.json"), JSON.stringify({ apiUrl: apiUrl.replace(/\/$/, "") }));

const page = path.join(folder, "index.html");
const html = await readFile(page, "utf8");
const policy = securityPolicy({ apiOrigin: apiUrl, evidenceOrigin: evidenceUrl });
const tag = `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
if (!html.includes("<head>")) throw new Error(`expected <head> in ${page}`);
await writeFile(page, html.replace("<head>", `<head>\n    ${tag}`));
