/**
 * `npm run check:openapi`: whether `docs/api/openapi.json` is the description of the routes, whether two linters find no
 * error in it, and whether clients that two generators make of it compile. Installs those four at first (137 MB from npm).
 */
import "./help.ts";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, run } from "./commands.ts";
import { terminal } from "./terminal.ts";

const folder = join(root, "scripts/openapi-tools");
const description = join(root, "docs/api/openapi.json");
const quiet = {
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  SCARF_ANALYTICS: "false",
};

async function expectSuccess(command: string, args: readonly string[]): Promise<void> {
  const { code, output } = await run(command, args, quiet);
  if (code !== 0) throw new Error(output.trim());
}

const toolOf = (name: string) => join(folder, "node_modules/.bin", name);

async function isInstalled(): Promise<boolean> {
  const lock = await readFile(join(folder, "package-lock.json"), "utf8");
  const installed = await readFile(join(folder, "node_modules/.installed"), "utf8").catch(() => "");
  return installed === lock;
}

async function install(): Promise<void> {
  if (await isInstalled()) return;
  await expectSuccess("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder]);
  const lock = await readFile(join(folder, "package-lock.json"), "utf8");
  await writeFile(join(folder, "node_modules/.installed"), lock);
}

/** Makes a client with each generator and compiles both, with every type of theirs checked. */
async function compileClients(out: string): Promise<void> {
  await expectSuccess(toolOf("openapi-ts"), [
    "-i",
    description,
    "-o",
    join(out, "hey-api"),
    "-c",
    "@hey-api/client-fetch",
  ]);
  await expectSuccess(toolOf("openapi-typescript"), [
    description,
    "-o",
    join(out, "openapi-typescript.d.ts"),
  ]);
  const settings = { extends: join(folder, "tsconfig.clients.json"), include: [out] };
  await writeFile(join(out, "tsconfig.json"), JSON.stringify(settings));
  await expectSuccess(toolOf("tsc"), ["--project", out]);
}

const out = await mkdtemp(join(tmpdir(), "vigil-clients-"));
try {
  await terminal.step("routes", () => expectSuccess(process.execPath, ["scripts/openapi.ts", "--check"]));
  await terminal.step("tools", install);
  await terminal.step("redocly", () =>
    expectSuccess(toolOf("redocly"), ["lint", description, "--config", join(folder, "redocly.yaml")]),
  );
  await terminal.step("spectral", () =>
    expectSuccess(toolOf("spectral"), ["lint", description, "--ruleset", join(folder, "spectral.yaml")]),
  );
  await terminal.step("clients", () => compileClients(out));
} catch (error) {
  terminal.line(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await rm(out, { recursive: true, force: true });
}
