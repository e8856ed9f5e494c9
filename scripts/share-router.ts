/**
 * `npm run deploy:share -- --stable http://127.0.0.1:8080 --canary http://127.0.0.1:8081 --version v2 --before v1 --port 8000`, with
 * OPERATOR_KEY: a port in front of two versions of the API, of which the new one takes a share of the requests until it is promoted
 * or rolled back. Then it has all of them, or none, for as long as this runs.
 */
import "./help.ts";
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { environmentWith } from "./config.ts";
import { followDeployment } from "./share-router/follow.ts";
import { startRoute } from "./share-router/route.ts";
import { terminal } from "./terminal.ts";

const { values } = parseArgs({
  options: {
    stable: { type: "string" },
    canary: { type: "string" },
    version: { type: "string" },
    before: { type: "string" },
    share: { type: "string", default: "0.1" },
    port: { type: "string", default: "8000" },
    "slow-ms": { type: "string", default: "1000" },
  },
});
const { stable, canary, version, before } = values;
const { OPERATOR_KEY: operatorKey } = environmentWith({});
assert.ok(stable && canary && version && before, "expected --stable, --canary, --version and --before");
assert.ok(operatorKey, "expected an operator's key, got nothing (OPERATOR_KEY)");

let share = 0;
const route = await startRoute({
  stable,
  canary,
  port: Number(values.port),
  slowMs: Number(values["slow-ms"]),
  share: () => share,
});
terminal.line(`${route.url}: ${version} beside ${before}`);
const ended = await followDeployment({
  api: stable,
  operatorKey,
  version,
  stable: before,
  share: Number(values.share),
  everyMs: 1_000,
  take: () => route.take(),
  onState(deployment) {
    share = deployment.share;
  },
});
terminal.line(`${version} is ${ended.state}: ${ended.reasons.join("; ")}`);
