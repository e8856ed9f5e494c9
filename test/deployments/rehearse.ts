/**
 * `npm run deployments:rehearse -- --share 0.5`: two processes of the API behind a port, of which the second is new. Once it answers 2 % of
 * its requests with 500, and is rolled back by itself; once it is fine, and gets all requests by itself. Fails otherwise.
 */
import "../../scripts/help.ts";
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import type { DeploymentView } from "@vigil/core/deployment/wire";
import { followDeployment } from "../../scripts/share-router/follow.ts";
import { startRoute } from "../../scripts/share-router/route.ts";
import { terminal } from "../../scripts/terminal.ts";
import { startTestServer } from "../../scripts/test-server.ts";
import { createWorld, type World } from "../walk/world.ts";

const { values } = parseArgs({ options: { share: { type: "string", default: "0.5" } } });
const atOnce = 8;
/** The machine may be busy with other things: how slow answers are is tried elsewhere. */
const slowMs = 60_000;

async function rollOut(world: World, version: string, faulty: number): Promise<DeploymentView> {
  const before = await world.startApi();
  const after = await world.startApi({ FAULTY_SHARE: String(faulty) }, "test/deployments/faulty-api.ts");
  let share = 0;
  const route = await startRoute({
    stable: before.url,
    canary: after.url,
    port: 0,
    slowMs,
    share: () => share,
  });
  const token = world.base.seeded.accounts[0]?.memberToken;
  const over = new AbortController();
  const asking = Array.from({ length: atOnce }, async () => {
    while (!over.signal.aborted) {
      await (
        await fetch(`${route.url}/v1/account`, { headers: { authorization: `Bearer ${token}` } })
      ).text();
    }
  });
  try {
    const ended = await followDeployment({
      api: before.url,
      operatorKey: world.base.seeded.operatorToken,
      version,
      stable: "v1",
      share: Number(values.share),
      everyMs: 200,
      take: () => route.take(),
      onState(deployment) {
        share = deployment.share;
      },
    });
    // Whoever asks from now on meets the version that was decided for.
    route.take();
    await until(() => route.take(), ended.state === "promoted" ? "canary" : "stable");
    return ended;
  } finally {
    over.abort();
    await Promise.all(asking);
    await route.close();
    await Promise.all([before.kill("SIGTERM"), after.kill("SIGTERM")]);
  }
}

/** Waits for a hundred requests, none of which may go to the other. Those that were under way when it was decided have been left out. */
async function until(
  take: () => ReturnType<Awaited<ReturnType<typeof startRoute>>["take"]>,
  side: "canary" | "stable",
) {
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  take();
  let seen = 0;
  while (seen < 100) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const counts = take();
    assert.equal(
      counts[side === "canary" ? "stable" : "canary"].requests,
      0,
      "the other version is asked still",
    );
    seen += counts[side].requests;
  }
}

await using server = await startTestServer();
process.env.TEST_DATABASE_URL = server.url;
const world = await createWorld();
try {
  for (const [version, faulty, wanted] of [
    ["v2, which fails 2 %", 0.02, "rolled-back"],
    ["v3, which is fine", 0, "promoted"],
  ] as const) {
    const { state, traffic, reasons } = await rollOut(world, version, faulty);
    terminal.line(
      `${version}: ${state} after ${traffic.canary.requests} requests of its own (${reasons.join("; ")})`,
    );
    assert.equal(state, wanted);
  }
} finally {
  await world.close();
}
