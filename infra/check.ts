/**
 * `npm run check:infra`: installs the SST platform where it is missing or stale (323 MB from npm, under a minute),
 * type-checks the configuration against it, and runs the configuration under Pulumi's mocks.
 */
import "../scripts/help.ts";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const sst = JSON.parse(readFileSync(path.join(root, "node_modules/sst/package.json"), "utf8")) as {
  version: string;
};
const versionFile = path.join(root, ".sst/platform/version");

function step(title: string, command: string, args: string[], secondsMax: number) {
  process.stdout.write(`${title}\n`);
  const { status, error } = spawnSync(path.join(root, "node_modules/.bin", command), args, {
    cwd: root,
    stdio: "inherit",
    timeout: secondsMax * 1000,
    env: {
      ...process.env,
      SST_SKIP_DEPENDENCY_CHECK: "1",
      SST_NO_BUN: "1",
      SST_TELEMETRY_DISABLED: "1",
    },
  });
  if (status !== 0) {
    process.stderr.write(`${title}: ${error?.message ?? `ended with ${status ?? "a signal"}`}\n`);
    process.exit(1);
  }
}

const installed = existsSync(versionFile) ? readFileSync(versionFile, "utf8").trim() : "none";
if (installed !== sst.version) {
  step(
    `installing the SST platform ${sst.version} (found: ${installed})`,
    "sst",
    ["install", "--stage", "dev"],
    300,
  );
}
step("checking types against the platform", "tsc", ["-p", "infra/tsconfig.platform.json"], 120);
step(
  "running the configuration under mocks",
  "node",
  ["--test", "--test-concurrency=1", "test/infra.test.ts", "test/infra-on-cloudflare.test.ts"],
  600,
);
