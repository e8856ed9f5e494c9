/** What stands in front of the API, in Cloudflare's own runtime, before the real API, queues, store and database. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import { MIB } from "@vigil/core/limits";
import { type Edge, startEdge } from "../scripts/local/edge.ts";
import { until } from "../scripts/local/until.ts";
import { formType, largeForm, residentPeakOf, watchHeap } from "./walk/at-the-edge.ts";
import { createWorld, type Running, type World } from "./walk/world.ts";

/** What Cloudflare gives a worker. The local runtime does not enforce it, so it is measured. */
const memoryBytesMax = 128 * MIB;

describe("the edge in its own runtime", () => {
  let world: World;
  let api: Running;
  let edge: Edge;
  let key: string;
  before(async () => {
    world = await createWorld();
    api = await world.startApi();
    edge = await startEdge({ apiUrl: api.url });
    key = world.base.seeded.accounts.find(({ tier }) => tier === "lite")?.deviceKey ?? "";
  });
  after(async () => {
    await edge?.stop();
    await world.close();
  });

  const post = (body: string | Uint8Array<ArrayBuffer>, type: string, credential = key) =>
    fetch(`${edge.url}/v1/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${credential}`, "content-type": type },
      body,
    });

  /** As a device does: what is not taken now is sent again as it was. What lies behind may be busy with other things. */
  const postUntilTaken = (body: Uint8Array<ArrayBuffer>) =>
    until(
      async () => {
        const answer = await post(body, formType).catch(() => undefined);
        return answer === undefined || answer.status === 503 ? undefined : answer;
      },
      { withinMs: 120_000, everyMs: 1_000, because: "the event was never taken" },
    );

  /** How many requests the API has been asked, but for that question. */
  async function asked(): Promise<number> {
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    const rows = [...metrics.matchAll(/^http_requests_total\{([^}]*)\} (\d+)$/gm)];
    return rows
      .filter(([, labels = ""]) => !labels.includes('"/metrics"'))
      .reduce((sum, [, , count]) => sum + Number(count), 0);
  }

  it("takes an event of 60 MB within its memory, all of its pictures ready, and knows it again", async (t) => {
    const body = await largeForm(12, 5_000_000);
    assert.ok(body.length >= 60_000_000);
    const idleBytes = await residentPeakOf(edge.pid);
    await using heap = await watchHeap(edge.inspectorUrl);
    const answer = await postUntilTaken(body);
    assert.equal(answer.status, 202, await answer.clone().text());
    const { id, uploads } = EventAccepted.parse(await answer.json());
    assert.deepEqual(uploads, []);
    const [stored] = await world.base.owner<{ sealed: boolean; ready: number; all: number }[]>`
      select sealed_at is not null as sealed,
        (select count(*)::int from moment where event_id = event.id and state = 'ready') as ready,
        (select count(*)::int from moment where event_id = event.id) as all
      from event where id = ${id}`;
    assert.deepEqual(stored, { sealed: true, ready: 12, all: 12 });
    const again = EventAccepted.parse(await (await postUntilTaken(body)).json());
    assert.deepEqual([again.id, again.status, again.uploads], [id, "duplicate", []]);
    const resident = await residentPeakOf(edge.pid);
    const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
    t.diagnostic(
      `peak of the worker's heap and buffers ${mb(heap.peakBytes)}; of the runtime's process ${mb(resident)}, idle ${mb(idleBytes)}`,
    );
    assert.ok(heap.peakBytes > 0 && heap.peakBytes < memoryBytesMax, mb(heap.peakBytes));
  });

  it("costs the API nothing for a thousand requests that it refuses", async () => {
    const askedBefore = await asked();
    const statuses = new Set<number>();
    for (let hundred = 0; hundred < 10; hundred += 1) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, at) =>
          at % 2 === 0
            ? post(JSON.stringify({ id: at }), "application/json")
            : post("{}", "application/json", `vgl_dev_${at}`),
        ),
      );
      for (const answer of answers) {
        statuses.add(answer.status);
        await answer.arrayBuffer();
      }
    }
    assert.deepEqual(
      [...statuses].toSorted((a, b) => a - b),
      [400, 401],
    );
    assert.equal(await asked(), askedBefore);
  });

  it("passes a stream on while it goes on", async () => {
    const { memberToken } = world.base.seeded.accounts[0] ?? {};
    const answer = await fetch(`${edge.url}/v1/digests/stream`, {
      headers: { authorization: `Bearer ${memberToken}` },
    });
    assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/);
    const reader = answer.body?.getReader();
    assert.equal((await reader?.read())?.done, false);
    await reader?.cancel();
  });
});
