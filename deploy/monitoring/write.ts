/** `npm run monitoring` writes the dashboards and the rules of the promises, and says what has changed. */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { dashboards } from "./dashboards.ts";
import { writePromises } from "./promises.ts";
import { writeDashboard } from "./write-dashboard.ts";

const deploy = new URL("..", import.meta.url);

/** By their paths. */
export function written(): Map<string, string> {
  const files = new Map(
    dashboards.map((one) => [fileURLToPath(new URL(`grafana/${one.file}`, deploy)), writeDashboard(one)]),
  );
  return files.set(fileURLToPath(new URL("prometheus/promises.yml", deploy)), writePromises());
}

if (import.meta.main) {
  for (const [file, text] of written()) {
    if ((await readFile(file, "utf8").catch(() => "")) === text) continue;
    await writeFile(file, text);
    process.stdout.write(`${file}\n`);
  }
}
