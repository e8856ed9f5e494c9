/** `npm run openapi`: writes the API's description, and the client's types of it. `--check` only tells whether they are true. */
import "./help.ts";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeApi, partFor } from "../functions/src/api/openapi.ts";
import { createApp } from "../functions/src/app.ts";
import { apiTypes } from "../packages/client/scripts/api-types.ts";
import type { Services } from "../packages/core/src/flow/index.ts";
import { root } from "./commands.ts";
import { terminal } from "./terminal.ts";

const files = { document: "docs/api/openapi.json", types: "packages/client/src/api.gen.d.ts" };

// Describing the routes calls none of them, so no service is needed.
const app = createApp({} as Services, { signIn: { origin: "", secret: "" } });
const document = describeApi(app);
// The client is for members, devices and, in the console, operators; workers have their own way.
const types = await apiTypes(partFor(["memberKey", "deviceKey", "signInCookie", "operatorKey"], document));
const wanted = { [files.document]: `${JSON.stringify(document, null, 2)}\n`, [files.types]: types };

let stale = false;
for (const [file, text] of Object.entries(wanted)) {
  const path = join(root, file);
  const present = await readFile(path, "utf8").catch(() => undefined);
  if (present === text) continue;
  stale = true;
  if (process.argv.includes("--check")) {
    terminal.line(`${file} differs from the routes; run: npm run openapi`);
  } else {
    await writeFile(path, text);
    terminal.line(`wrote ${file}`);
  }
}
if (stale && process.argv.includes("--check")) process.exitCode = 1;
