/** Run by the console's build on deployment: `node write-console-config.ts <folder>` writes `<folder>/config.json`. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  options: { "api-url": { type: "string" } },
  allowPositionals: true,
});
const [folder] = positionals;
const apiUrl = values["api-url"];
if (!folder || !apiUrl || !URL.canParse(apiUrl)) {
  throw new Error(
    `expected --api-url <url> <folder>, got --api-url ${apiUrl ?? "(none)"} ${folder ?? "(none)"}`,
  );
}
await writeFile(path.join(folder, "config.json"), JSON.stringify({ apiUrl: apiUrl.replace(/\/$/, "") }));
