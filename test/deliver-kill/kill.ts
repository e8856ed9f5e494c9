/**
 * `npm run deliver:kill -- [digests] [kills]`: two processes, each of them API, delivery function and sweep, are killed with
 * SIGKILL at random moments while digests are made for three webhooks and a client that follows the stream; then looks at
 * what was told. PostgreSQL, the queues and the object store live on.
 */
import "../../scripts/help.ts";
import { setTimeout as pause } from "node:timers/promises";
import { percentile } from "../../packages/core/testing/simulate.ts";
import { until } from "../../scripts/local/until.ts";
import { terminal } from "../../scripts/terminal.ts";
import { startTestServer } from "../../scripts/test-server.ts";
import { createWorld, type Running, type World } from "../walk/world.ts";
import { bundleApi } from "./bundle-api.ts";
import { type Cast, createCast } from "./cast.ts";

const processes = 2;
const endpoints = 3;
/** A process lives this long at most once it is ready, or for as long as its start took: a busy machine makes progress too. */
const lifeMsMax = 3_000;
const settleMsMax = 600_000;

type Victims = {
  urlOf: () => string | undefined;
  killed: () => number;
  run: (kills: number) => Promise<void>;
  /** None comes back. */
  stop: () => void;
};

/** Processes that die and come back; in the end all of them live. */
function createVictims(world: World, program: string): Victims {
  const alive = new Set<Running>();
  let begun = 0;
  let killed = 0;
  let stopped = false;
  const live = async (kills: number) => {
    for (;;) {
      const startMs = performance.now();
      const running = await world.startApi({ LOCAL_RECEIVERS: "true" }, program);
      const lifeMs = Math.random() * Math.max(lifeMsMax, performance.now() - startMs);
      alive.add(running);
      if (begun >= kills || stopped) return;
      begun += 1;
      await pause(lifeMs);
      // Whoever asks may still be sent to it: that is how a load balancer finds out.
      await running.kill("SIGKILL");
      alive.delete(running);
      if (stopped) return;
      killed += 1;
      if (killed % 10 === 0 || killed === kills) terminal.line(`  killed ${killed} of ${kills}`);
    }
  };
  return {
    urlOf: () => [...alive][Math.floor(Math.random() * alive.size)]?.url,
    killed: () => killed,
    stop: () => {
      stopped = true;
    },
    run: async (kills) => {
      await Promise.all(Array.from({ length: processes }, () => live(kills)));
    },
  };
}

/** Spreads the events over the kills, whatever time these take. */
async function postEvents(cast: Cast, victims: Victims, { digests, kills }: Options): Promise<void> {
  for (let posted = 0; posted < digests; posted += 1) {
    await until(() => (posted <= ((victims.killed() + 2) / kills) * digests ? true : undefined), {
      withinMs: settleMsMax,
      because: "no process was killed for minutes",
    });
    await cast.postEvent();
  }
}

type Row = {
  id: string;
  endpoint: string;
  subject: string;
  kind: string;
  state: string;
  attempts: number;
  waitMs: number;
};

/** Until every event has its digest, every delivery has ended, and the follower has seen the stream's last entry. */
async function settle({ base }: World, cast: Cast, { digests }: Options): Promise<void> {
  const look = async () => {
    const [row] = await base.owner<{ digests: number; pending: number; newest: number }[]>`
      select (select count(*)::int from digest) as digests,
        (select count(*)::int from delivery where state = 'pending') as pending,
        (select json_agg(json_build_object('attempts', attempts, 'next', next_attempt_at, 'reason', reason))
           from delivery where state = 'pending') as waiting,
        (select coalesce(max(number), 0)::float8 from stream_entry) as newest`;
    return { ...row, heard: cast.heard.at(-1)?.number ?? 0, faults: cast.faults };
  };
  await until(
    async () => {
      const seen = await look();
      return seen.digests === digests && seen.pending === 0 && seen.heard === seen.newest ? true : undefined;
    },
    { withinMs: settleMsMax, everyMs: 500, because: "not everything was told in time" },
  ).catch(async (error: Error) => {
    throw new Error(`${error.message}: ${JSON.stringify(await look())}`);
  });
}

/** @returns what is wrong; nothing when the promises were kept */
async function findFaults({ base }: World, cast: Cast): Promise<string[]> {
  const faults = [...cast.faults, ...cast.hooks.flatMap((hook) => hook.faults)];
  const written = await base.owner<{ number: number }[]>`
    select number::float8 as number from stream_entry order by number`;
  const heard = cast.heard.map(({ number }) => number);
  if (JSON.stringify(heard) !== JSON.stringify(written.map(({ number }) => number))) {
    faults.push(
      `the stream has ${written.length} entries; the follower got ${heard.length}, ${new Set(heard).size} of them different`,
    );
  }
  const subjects = (await base.owner<{ id: string }[]>`select id from digest`).map(({ id }) => id);
  const streamed = cast.heard.filter(({ kind }) => kind === "digest").map(({ subject }) => subject);
  const told = await tellings(base);
  for (const id of subjects) {
    const times = streamed.filter((subject) => subject === id).length;
    if (times !== 1) faults.push(`${id} came ${times} times over the stream`);
    const ids = told.filter((row) => row.subject === id && row.kind === "digest").map((row) => row.id);
    if (ids.length !== endpoints) faults.push(`${id} has ${ids.length} deliveries of ${endpoints}`);
    cast.hooks.forEach(({ told: received }, index) => {
      const under = [...received].filter(
        ([, each]) => each.subject === id && each.type === "vigil.digest.v1",
      );
      if (under.length !== 1) faults.push(`${id} reached webhook ${index} under ${under.length} ids`);
    });
  }
  faults.push(
    ...told.filter(({ state }) => state !== "delivered").map(({ id, state }) => `${id} is ${state}`),
  );
  return faults;
}

function tellings({ owner }: World["base"]): Promise<Row[]> {
  return owner<Row[]>`
    select id, endpoint_id as endpoint, message ->> 'subject' as subject, kind, state, attempts,
      (extract(epoch from ended_at - created_at) * 1000)::int as "waitMs" from delivery`;
}

type Options = { digests: number; kills: number };

async function killAll(world: World, options: Options): Promise<void> {
  const victims = createVictims(world, await bundleApi());
  const startMs = performance.now();
  const running = victims.run(options.kills);
  // Waited for below, when there is somebody to tell.
  running.catch(() => undefined);
  let cast: Cast | undefined;
  try {
    cast = await createCast({
      world,
      urlOf: victims.urlOf,
      endpoints,
      events: options.digests,
      hooks: { failing: 0.02, slowMs: 50 },
    });
    await Promise.all([running, postEvents(cast, victims, options)]);
    const killedS = Math.round((performance.now() - startMs) / 1000);
    await settle(world, cast, options);
    const faults = await findFaults(world, cast);
    const told = await tellings(world.base);
    const repeats = cast.hooks.flatMap(({ told: received }) => [...received.values()]);
    const waits = told.map(({ waitMs }) => waitMs);
    terminal.line(`
${victims.killed()} kills in ${killedS} s; ${Math.round((performance.now() - startMs) / 1000)} s until all was told
stream      ${cast.heard.length} entries, ${cast.heard.filter(({ kind }) => kind === "digest").length} of them digests, over ${cast.breaks} breaks
webhooks    ${told.length} deliveries, ${repeats.filter(({ times }) => times > 1).length} of them received more than once, under one id each
attempts    ${told.reduce((sum, { attempts }) => sum + attempts, 0)}
told after  P50 ${percentile(waits, 0.5)} ms, P95 ${percentile(waits, 0.95)} ms, at most ${Math.max(...waits)} ms
lost        ${faults.length === 0 ? "none" : `\n  ${faults.slice(0, 20).join("\n  ")}`}`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    victims.stop();
    await running.catch(() => undefined);
    await cast?.close();
  }
}

const [, , digests = "500", kills = "100"] = process.argv;
await using server = await startTestServer();
process.env["TEST_DATABASE_URL"] = server.url;
const world = await createWorld();
// Whoever stops this leaves no process behind.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void world.close().finally(() => process.exit(1)));
}
try {
  await killAll(world, { digests: Number(digests), kills: Number(kills) });
} finally {
  await world.close();
}
