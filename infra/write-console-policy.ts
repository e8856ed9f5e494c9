/**
 * Run by the console's build on deployment: `node write-console-policy.ts --evidence-url <url> <folder>` puts the page's security
 * policy, which names the store of evidence and nothing else, into `<folder>/index.html`.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { securityPolicy } from "../web/scripts/security-policy.ts";

const { values, positionals } = parseArgs({
  options: { "evidence-url": { type: "string" } },
  allowPositionals: true,
});
const [folder] = positionals;
const { "evidence-url": evidenceUrl = "" } = values;
if (!folder || !URL.canParse(evidenceUrl)) {
  throw new Error(`expected --evidence-url <url> <folder>, got ${process.argv.slice(2).join(" ")}`);
}
const page = path.join(folder, "index.html");
const html = await readFile(page, "utf8");
const tag = `<meta http-equiv="Content-Security-Policy" content="${securityPolicy({ evidenceOrigin: evidenceUrl })}" />`;
if (!html.includes("<head>")) throw new Error(`expected <head> in ${page}`);
await writeFile(page, html.replace("<head>", `<head>\n    ${tag}`));
