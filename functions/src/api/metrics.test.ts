import assert from "node:assert/strict";
import type { Server } from "node:http";
import { after, before, describe, it } from "node:test";
import { serve } from "@hono/node-server";
import { checkLedger, measureLoad, measureRuns } from "@vigil/core/flow";
import { LoadView } from "@vigil/core/throttle/wire";
import { plantReviews, plantSessions } from "../../../packages/core/testing/plant.ts";
import { until } from "../../../scripts/local/until.ts";
import { createTestApi, type TestApi } from "../../testing/api.ts";
import { closeServer } from "../close-server.ts";
import { createHttpMetrics } from "./http-metrics.ts";

/** Every sample by its name and labels, as written. */
async function samplesOf(api: TestApi): Promise<Record<string, number>> {
  const answer = await api.call("GET", "/metrics");
  assert.equal(answer.status, 200);
  const lines = (await answer.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(" ")),
      Number(line.slice(line.lastIndexOf(" ") + 1)),
    ]),
  );
}

describe("/metrics", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  it("costs one row, however much waits: it neither measures nor waits for whoever does", async () => {
    await measureLoad(api.services);
    const at = api.services.clock.now();
    const account = api.account("lite");
    const sessions = await plantSessions(api.base.owner, account, { sessions: 3, moments: 2, at });
    const reviews = await plantReviews(api.base.owner, account, sessions, at);
    api.services.clock.advance(5_000);
    await api.base.owner.begin(async (sql) => {
      await sql`select * from system_state for update`;
      await sql`lock table outbox, worker, dead_letter in access exclusive mode`;
      const scraped = await scrape();
      assert.equal(scraped.queue_depth_deep_jobs, 0);
      assert.equal(scraped.deep_load_age_seconds, 5);
    });
    await measureLoad(api.services);
    assert.equal((await scrape()).queue_depth_deep_jobs, reviews.length);
    await settleAllBut(0);
  });

  /** What every heartbeat, review and sweep does, and then every sample. */
  async function measureAndScrape(): Promise<Record<string, number>> {
    await measureLoad(api.services);
    return scrape();
  }
  const scrape = () => samplesOf(api);
  const load = async () =>
    LoadView.parse(
      await (await api.call("GET", "/operator/v1/load", { key: api.base.seeded.operatorToken })).json(),
    );
  const settleAllBut = (jobs: number) => api.base.owner`
    update outbox set settled_at = now() where settled_at is null and id not in
      (select id from outbox where settled_at is null order by id limit ${jobs})`;

  it("tells the depth, K in force and why, under a flood, from calm to overload and back", async () => {
    const { clock } = api.services;
    const calm = await measureAndScrape();
    assert.equal(calm.queue_depth_deep_jobs, 0);
    assert.equal(calm['deep_k_in_force{tier="guardian"}'], 20);
    assert.equal(calm.deep_overloaded, 0);

    const at = clock.now();
    const account = api.account("pro");
    const sessions = await plantSessions(api.base.owner, account, { sessions: 1_001, moments: 2, at });
    await plantReviews(api.base.owner, account, sessions, at);
    clock.advance(90_000);
    const flooded = await measureAndScrape();
    assert.equal(flooded.queue_depth_deep_jobs, 1_001);
    assert.equal(flooded.deep_queue_depth_moments, 2_002);
    assert.equal(flooded['deep_queue_depth{queue="standard"}'], 1_001);
    assert.equal(flooded['deep_queue_depth{queue="priority"}'], 0);
    assert.equal(flooded['deep_queue_oldest_seconds{queue="standard"}'], 90);
    assert.equal(flooded['deep_k_in_force{tier="pro"}'], 10);
    assert.equal(flooded['deep_k_in_force{tier="guardian"}'], 10);
    assert.equal(flooded['deep_k_reason{reason="depth"}'], 1);
    assert.equal(flooded.deep_extra_batch_window_ms, 20);
    assert.equal(flooded.deep_overloaded, 1);
    const told = await load();
    assert.equal(told.k.pro, 10);
    assert.match(told.reasons[0] ?? "", /^1,001 reviews are waiting/);

    // Between the thresholds nothing changes; below the lower one K is full again.
    await settleAllBut(500);
    clock.advance(61_000);
    assert.equal((await measureAndScrape()).deep_overloaded, 1);
    await settleAllBut(499);
    clock.advance(1_000);
    const recovered = await measureAndScrape();
    assert.equal(recovered.queue_depth_deep_jobs, 499);
    assert.equal(recovered.deep_overloaded, 0);
    assert.equal(recovered['deep_k_in_force{tier="pro"}'], 20);
    assert.deepEqual((await load()).reasons, []);
  });

  it("says how runs stand, as it was measured last", async () => {
    const at = api.services.clock.now();
    const { accountId } = api.account("pro");
    const id = "run_" + "7".repeat(32);
    await api.base.owner`insert into run (id, account_id, source, state, policy_hash, created_at)
      values (${id}, ${accountId}, 'levels', 'running', '', ${at})`;
    await api.base.owner`insert into run_chunk (account_id, run_id, no, state, created_at) values
      (${accountId}, ${id}, 0, 'sent', ${at}), (${accountId}, ${id}, 1, 'waiting', ${at}), (${accountId}, ${id}, 2, 'ended', ${at})`;
    await api.base.owner`insert into run_item (account_id, run_id, no, name, sha256, ending, group_no)
      select ${accountId}, ${id}, x.no, 'x', x.no::text, x.ending, x.group_no from (values
        (0, 'inspected', 0), (1, 'reused', 0), (2, 'dead', null), (3, null, null)) as x (no, ending, group_no)`;
    assert.equal((await scrape()).runs_to_group, undefined, "not measured yet");
    assert.equal(await measureRuns(api.services), 2);
    api.services.clock.advance(30_000);
    const scraped = await scrape();
    assert.deepEqual([scraped['runs_chunks{state="waiting"}'], scraped['runs_chunks{state="sent"}']], [1, 1]);
    assert.deepEqual([scraped.runs_oldest_chunk_seconds, scraped.runs_age_seconds], [30, 30]);
    assert.deepEqual(
      ["inspected", "reused", "dead", "open"].map((ending) => scraped[`runs_items{ending="${ending}"}`]),
      [1, 1, 1, 1],
    );
    assert.deepEqual([scraped.runs_alike_items, scraped.runs_to_group], [1, 0]);
  });
});

describe("/metrics of the ledger", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  it("tells whether the ledger balances, as the sweep found it, and how long ago that was", async () => {
    assert.equal((await samplesOf(api)).ledger_balanced, undefined);
    await checkLedger(api.services);
    api.services.clock.advance(7_000);
    const balanced = await samplesOf(api);
    assert.deepEqual(
      [balanced.ledger_balanced, balanced.ledger_faults, balanced.ledger_age_seconds],
      [1, 0, 7],
    );
    const { accountId } = api.account("lite");
    await api.base.owner`insert into ledger_entry values (${accountId}, 'events', 'accepted', 1)`;
    await checkLedger(api.services);
    const missing = await samplesOf(api);
    assert.deepEqual([missing.ledger_balanced, missing['ledger_missing{noun="events"}']], [0, 1]);
  });
});

describe("/metrics of a process that listens", () => {
  let api: TestApi;
  let server: Server;
  let url: string;
  before(async () => {
    api = await createTestApi({ http: createHttpMetrics() });
    const { promise, resolve } = Promise.withResolvers<number>();
    server = serve({ fetch: api.app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
      resolve(port),
    ) as Server;
    url = `http://127.0.0.1:${await promise}`;
  });
  after(async () => {
    await closeServer(server, 0);
    await api.close();
  });

  /** Once the answers before it have ended, which the connection tells a moment later than the caller sees. */
  const samplesWith = (name: string, value: number) =>
    until(
      async () => {
        const samples = await samplesOf(api);
        return samples[name] === value ? samples : undefined;
      },
      { withinMs: 60_000, everyMs: 20, because: `${name} did not become ${value}` },
    );

  it("tells by route, never by id or by what somebody made up, what was answered, how fast and how much", async () => {
    const key = { authorization: `Bearer ${api.account("pro").memberToken}` };
    const ask = async (path: string, init: RequestInit = {}) =>
      (await fetch(url + path, { headers: key, ...init })).arrayBuffer();
    await ask("/v1/account");
    for (const id of ["dig_a", "dig_b"]) await ask(`/v1/digests/${id}`);
    await ask("/wp-login.php");
    await ask("/v1/account", { method: "PURGE" });
    await ask("/v1/events", { method: "POST", headers: { "content-encoding": "gzip" }, body: "x" });
    const samples = await samplesWith(
      'http_requests_total{method="POST",route="/v1/events",status="415"}',
      1,
    );
    assert.equal(samples['http_requests_total{method="GET",route="/v1/account",status="200"}'], 1);
    assert.equal(samples['http_requests_total{method="GET",route="/v1/digests/{id}",status="404"}'], 2);
    assert.equal(samples['http_requests_total{method="GET",route="none",status="404"}'], 1);
    assert.equal(samples['http_requests_total{method="other",route="none",status="404"}'], 1);
    const account = '{method="GET",route="/v1/account",status="200"}';
    assert.ok((samples[`http_request_duration_seconds_sum${account}`] ?? 0) > 0);
    const size = samples[`http_response_size_bytes_sum${account}`] ?? 0;
    assert.ok(size > 200 && size < 5_000, `an account of ${size} bytes`);
    assert.ok(!Object.keys(samples).some((name) => /dig_a|wp-login|PURGE/.test(name)));
  });

  it("counts a stream as under way until its reader goes away", async () => {
    const leaving = new AbortController();
    const answer = await fetch(`${url}/v1/digests/stream`, {
      headers: { authorization: `Bearer ${api.account("pro").memberToken}` },
      signal: leaving.signal,
    });
    assert.equal(answer.status, 200);
    await samplesWith("http_requests_inprogress", 1);
    leaving.abort();
    const samples = await samplesWith("http_requests_inprogress", 0);
    assert.equal(samples['http_requests_total{method="GET",route="/v1/digests/stream",status="200"}'], 1);
  });
});

describe("/metrics of a public stage", () => {
  let api: TestApi;
  const scraperKey = "key-of-the-metrics";
  before(async () => {
    api = await createTestApi({ scraperKey });
  });
  after(() => api.close());

  it("answers whoever has the key, and nobody else", async () => {
    for (const key of [undefined, "key-of-the-metricS", "", api.base.seeded.operatorToken]) {
      const answer = await api.call("GET", "/metrics", key === undefined ? {} : { key });
      assert.equal(answer.status, 401);
      assert.doesNotMatch(await answer.text(), /deep_/);
    }
    const answer = await api.call("GET", "/metrics", { key: scraperKey });
    assert.match(await answer.text(), /^queue_depth_deep_jobs 0$/m);
    assert.equal(answer.headers.get("cache-control"), "no-store");
  });
});
