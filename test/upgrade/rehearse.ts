/**
 * `npm run upgrade:rehearse`: the API and the sweep of the release before are run, as they were, on the tables of today, and take
 * an event to a digest and a webhook, alone and beside those of today; and today's answers for each table that is not there yet.
 */
import "../../scripts/help.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OperatorLedgerView } from "@vigil/core/ledger/wire";
import { until } from "../../scripts/local/until.ts";
import { terminal } from "../../scripts/terminal.ts";
import { startTestServer } from "../../scripts/test-server.ts";
import { createCast } from "../deliver-kill/cast.ts";
import { createWorld, type World } from "../walk/world.ts";
import { answerHalfway } from "./answer-halfway.ts";
import { checkOut, findRelease } from "./check-out-release.ts";
import { releasedThrough } from "./released.ts";

const eventsEach = 6;
const digestMsMax = 180_000;

/** @param urlOf where each event goes, and whoever reports and reads */
async function walk(world: World, what: string, urlOf: () => string): Promise<void> {
  const [before] = await world.base.owner<{ count: number }[]>`select count(*)::int as count from digest`;
  const owed = (before?.count ?? 0) + eventsEach;
  const cast = await createCast({ world, urlOf, endpoints: 1, events: eventsEach });
  try {
    for (let posted = 0; posted < eventsEach; posted += 1) await cast.postEvent();
    await until(
      async () => {
        const [row] = await world.base.owner<
          { digests: number }[]
        >`select count(*)::int as digests from digest`;
        const told = cast.hooks.flatMap((hook) => [...hook.told.values()]);
        const tellings = told.filter(({ type }) => type === "vigil.digest.v1").length;
        return row?.digests === owed && tellings === eventsEach ? true : undefined;
      },
      { withinMs: digestMsMax, everyMs: 200, because: `${what}: not every event was told of` },
    );
    const faults = [...cast.faults, ...cast.hooks.flatMap((hook) => hook.faults)];
    if (faults.length > 0) throw new Error(`${what}: ${faults.join("; ")}`);
    terminal.line(`  ${what}: ${eventsEach} events, ${eventsEach} digests, ${eventsEach} webhooks`);
  } finally {
    await cast.close();
  }
}

async function assertBalanced(world: World, apiUrl: string): Promise<void> {
  const answer = await fetch(`${apiUrl}/operator/v1/ledger`, {
    headers: { authorization: `Bearer ${world.base.seeded.operatorToken}` },
  });
  const ledger = OperatorLedgerView.parse(await answer.json());
  if (!ledger.balanced) throw new Error(`the ledger does not balance: ${JSON.stringify(ledger)}`);
}

async function rehearse(world: World, release: string): Promise<void> {
  const settings = { LOCAL_RECEIVERS: "true" };
  const before = await world.startApi(settings, join(release, "functions/src/local.ts"));
  await walk(world, "the release before, alone", () => before.url);
  const today = await world.startApi(settings);
  let turn = 0;
  await walk(world, "both, in turn", () => (++turn % 2 === 0 ? before.url : today.url));
  await before.kill("SIGTERM");
  await walk(world, "today's, alone", () => today.url);
  await assertBalanced(world, today.url);
  await today.kill("SIGTERM");
}

const commit = await findRelease(releasedThrough);
if (commit === undefined) {
  terminal.line(
    `The history ends before the release with ${releasedThrough}: nothing was rehearsed. Fetch all of it (git fetch --unshallow).`,
  );
  process.exit(1);
}
const folder = await mkdtemp(join(tmpdir(), "vigil-upgrade-"));
await using server = await startTestServer();
process.env["TEST_DATABASE_URL"] = server.url;
try {
  const release = join(folder, "release");
  await checkOut(commit, release);
  terminal.line(
    `The release through ${releasedThrough} is commit ${commit.slice(0, 8)}; it runs on today's tables.`,
  );
  const world = await createWorld();
  try {
    await rehearse(world, release);
  } finally {
    await world.close();
  }
  await answerHalfway(release);
} finally {
  await rm(folder, { recursive: true, force: true });
}
