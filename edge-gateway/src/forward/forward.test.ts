import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { type ServedApi, serveApi } from "../../../functions/testing/served-api.ts";
import { heard, picture } from "../../testing/event-items.ts";
import { openSite } from "../../testing/site.ts";
import { waitUntil } from "../../testing/wait-until.ts";
import { systemClock } from "../clock.ts";

const dayMs = 24 * 60 * 60 * 1000;

describe("forwarding to the real API", () => {
  let api: ServedApi;
  let key: string;
  let runs = 0;
  before(async () => {
    api = await serveApi();
    key = api.base.seeded.accounts.find(({ tier }) => tier === "pro")?.deviceKey ?? "";
  });
  after(() => api.close());
  afterEach(() => {
    api.way.before = undefined;
    api.way.after = undefined;
    runs += 1;
  });

  /** Ids of their own in each test, as the boots of a gateway have. */
  const id = (name: string) => `site.${runs}.${name}`;
  const at = () => ({ url: api.url, key });

  async function stored() {
    const rows = await api.base.owner<
      {
        client_id: string;
        occurred_at: Date;
        reported_at: Date;
        sealed: boolean;
        pieces: number;
        ready: number;
      }[]
    >`
      select e.client_id, e.occurred_at, e.reported_at, e.sealed_at is not null as sealed,
        count(m.id)::int as pieces, (count(m.id) filter (where m.state = 'ready'))::int as ready
      from event e left join moment m on m.event_id = e.id
      where e.client_id like ${`site.${runs}.%`} group by e.id order by e.id`;
    return rows.map((row) => ({ ...row, name: row.client_id.split(".")[2] ?? "" }));
  }

  it("delivers events and their evidence, each once, and says what became of them", async () => {
    await using site = await openSite(at());
    await site.record(heard(id("plain")));
    await site.record(heard(id("seen"), { evidence: [picture("1.png", 1), picture("2.png", 2)] }));
    site.forward();
    assert.deepEqual(await site.drained(), {
      heard: 2,
      kept: 0,
      keptUrgent: 0,
      ended: [{ outcome: "forwarded", reason: "accepted", count: 2 }],
    });
    const rows = await stored();
    assert.deepEqual(
      rows.map(({ name, sealed, pieces, ready }) => ({ name, sealed, pieces, ready })),
      [
        { name: "plain", sealed: true, pieces: 0, ready: 0 },
        { name: "seen", sealed: true, pieces: 2, ready: 2 },
      ],
    );
    assert.equal(site.accepted.get(id("plain"))?.assessment?.lifeSafety, false);
  });

  it("sends again what was answered into the void, and it is one event", async () => {
    await using site = await openSite(at());
    let lost = 0;
    api.way.after = (request, answer) => {
      if (!request.url.endsWith("/batch") || lost === 2) return answer;
      lost += 1;
      throw new Error("the connection broke");
    };
    await site.record(heard(id("a"), { evidence: [picture("1.png", 3)] }));
    site.forward();
    await site.drained();
    assert.equal(lost, 2);
    assert.deepEqual(
      (await stored()).map(({ name, ready }) => ({ name, ready })),
      [{ name: "a", ready: 1 }],
    );
  });

  it("takes nobody else's answer for the API's", async () => {
    await using site = await openSite(at());
    const answers = [
      new Response("<h1>Welcome to our wireless network</h1>", { status: 200 }),
      Response.json({ error: "not found" }, { status: 404 }),
      new Response(null, { status: 302, headers: { location: "http://127.0.0.1:1/sign-in" } }),
    ];
    api.way.before = () => answers.shift();
    await site.record(heard(id("a")));
    site.forward();
    const { ended } = await site.drained();
    assert.deepEqual(ended, [{ outcome: "forwarded", reason: "accepted", count: 1 }]);
    assert.deepEqual(answers, []);
  });

  it("waits as long as an overloaded API asks", async () => {
    await using site = await openSite(at());
    const triedAt: number[] = [];
    api.way.before = (request) => {
      if (!request.url.endsWith("/batch")) return undefined;
      triedAt.push(performance.now());
      if (triedAt.length > 1) return undefined;
      const problem = { code: "overloaded", status: 503, detail: "" };
      return Response.json(problem, { status: 503, headers: { "retry-after": "2" } });
    };
    await site.record(heard(id("a")));
    site.forward();
    await site.drained();
    const [first = 0, second = 0] = triedAt;
    assert.ok(second - first >= 1_990, `${second - first} ms`);
  });

  it("writes down what the API refuses, and goes on with the others", async () => {
    await using site = await openSite(at());
    site.forward();
    await site.record(heard(id("a")));
    await site.drained();
    await site.record(heard(id("a"), { heard: { type: "smoke", attributes: {} } }));
    await site.record(heard(id("b")));
    assert.deepEqual((await site.drained()).ended, [
      { outcome: "forwarded", reason: "accepted", count: 2 },
      { outcome: "refused", reason: "event-id-reused", count: 1 },
    ]);
    assert.equal((await site.store.ledger(10))[0]?.itemId, id("a"));
  });

  it("lets the others pass an event that the API stumbles over", async () => {
    await using site = await openSite(at());
    let healed = false;
    api.way.before = async (request) => {
      if (healed || request.method !== "POST") return undefined;
      const stumbles = (await request.clone().text()).includes(`"${id("3")}"`);
      return stumbles ? Response.json({ code: "internal", status: 500 }, { status: 500 }) : undefined;
    };
    for (let index = 0; index < 8; index += 1) await site.record(heard(id(String(index))));
    site.forward();
    await waitUntil(async () => (await site.store.balance()).kept === 1, { what: "all but one" });
    healed = true;
    await site.drained();
    assert.equal((await stored()).length, 8);
  });

  it("speaks to an API without batches, and reads answers that say less", async () => {
    await using site = await openSite(at());
    api.way.before = (request) =>
      request.url.endsWith("/batch")
        ? Response.json({ code: "not-found", status: 404, detail: "no route" }, { status: 404 })
        : undefined;
    api.way.after = async (request, answer) => {
      if (!request.url.endsWith("/events")) return answer;
      const { id: eventId, uploads } = (await answer.json()) as { id: string; uploads: unknown };
      return Response.json({ id: eventId, uploads, assessment: { level: "unheard-of" } }, { status: 202 });
    };
    await site.record(heard(id("a"), { evidence: [picture("1.png", 4)] }));
    await site.record(heard(id("b")));
    site.forward();
    await site.drained();
    assert.deepEqual(
      (await stored()).map(({ name, sealed }) => ({ name, sealed })),
      [
        { name: "a", sealed: true },
        { name: "b", sealed: true },
      ],
    );
  });

  it("pauses when its key is refused, says so once, and loses nothing", async () => {
    await using site = await openSite({ url: api.url, key: "vgl_dev_nonsense" });
    await site.record(heard(id("a")));
    const forward = site.forward();
    await waitUntil(() => forward.status().state === "unauthorised", { what: "a refusal" });
    assert.deepEqual(
      site.links.map(({ state }) => state),
      ["up", "unauthorised"],
    );
    assert.match(forward.status().why, /^unauthenticated/);
    assert.equal((await site.store.balance()).kept, 1);
    assert.ok(forward.status().nextAttemptMs > 30_000);
  });

  it("sends life-safety before the older ordinary events", async () => {
    await using site = await openSite(at());
    const order: string[] = [];
    api.way.before = async (request) => {
      if (!request.url.endsWith("/batch")) return undefined;
      const { events } = (await request.clone().json()) as { events: { id: string }[] };
      order.push(...events.map((event) => event.id));
      return undefined;
    };
    for (let index = 0; index < 5; index += 1) await site.record(heard(id(String(index))));
    await site.record(heard(id("fire"), { urgent: true, heard: { type: "flame", attributes: {} } }));
    site.forward();
    await site.drained();
    assert.equal(order[0], id("fire"));
    assert.equal(order.length, 6);
  });

  it("tells the true time of what was heard under a wrong clock", async () => {
    const slow = {
      now: () => new Date(Date.now() - 3 * dayMs),
      monotonicMs: () => systemClock.monotonicMs(),
    };
    await using site = await openSite(at(), { clock: slow, wallMs: slow.now().getTime() });
    const now = Date.now();
    const monotonicMs = systemClock.monotonicMs();
    await site.record(
      heard(id("a"), { at: { wallMs: slow.now().getTime(), monotonicMs: monotonicMs - 60_000 } }),
    );
    site.forward();
    await site.drained();
    const [row] = await stored();
    const wrongMs = (row?.reported_at.getTime() ?? 0) - (now - 60_000);
    assert.ok(Math.abs(wrongMs) < 2_000, `${wrongMs} ms`);
  });

  it("delivers an event whose evidence the API refuses, with the pieces that are right", async () => {
    await using site = await openSite(at());
    const text = { name: "text.png", contentType: "image/png", bytes: Buffer.from("no picture") } as const;
    await site.record(heard(id("a"), { evidence: [text, picture("1.png", 5)] }));
    site.forward();
    await site.drained();
    assert.deepEqual(
      (await site.store.ledger(10)).map(({ evidence, outcome, reason }) => ({ evidence, outcome, reason })),
      [{ evidence: "text.png", outcome: "refused", reason: "evidence-not-an-image" }],
    );
    assert.equal((await stored())[0]?.ready, 1);
  });

  it("delivers an event whose evidence was given up for room", async () => {
    await using site = await openSite(at());
    await site.record(heard(id("a"), { evidence: [picture("1.png", 6)] }));
    rmSync(join(site.directory, "evidence"), { recursive: true });
    site.forward();
    assert.deepEqual((await site.drained()).ended, [{ outcome: "forwarded", reason: "accepted", count: 1 }]);
    assert.equal((await site.store.ledger(10))[0]?.reason, "disk-full");
  });

  const signatures = () =>
    api.base.owner<{ status: string; signed_by: string; name: string }[]>`
      select s.status, s.signed_by, m.name from moment_signature s join moment m on m.id = s.moment_id
      join event e on e.id = m.event_id where e.client_id like ${`site.${runs}.%`} order by m.id`;

  it("sends what it signed when it captured, and tells its key before, once in each run", async () => {
    const keys: string[] = [];
    api.way.before = (request) => {
      if (request.url.endsWith("/gateway/key")) keys.push(request.url);
      // The first answer is lost: it is told again.
      return keys.length === 1 && request.url.endsWith("/gateway/key")
        ? new Response("<h1>502</h1>", { status: 502 })
        : undefined;
    };
    await using site = await openSite(at());
    await site.record(heard(id("a"), { evidence: [picture("1.png", 21), picture("2.png", 22)] }));
    await site.record(heard(id("b"), { evidence: [picture("1.png", 23)] }));
    site.forward();
    await site.drained();
    assert.equal(keys.length, 2);
    const told = await signatures();
    assert.deepEqual(
      told.map(({ status }) => status),
      ["holds", "holds", "holds"],
    );
    assert.equal(new Set(told.map(({ signed_by }) => signed_by)).size, 1);
  });

  it("delivers its evidence to an API that knows of no signatures", async () => {
    const missing = { type: "about:blank", title: "Not found", status: 404, code: "not-found", detail: "" };
    api.way.before = (request) =>
      /gateway\/key$|signatures$/.test(request.url)
        ? Response.json({ ...missing, requestId: "req_0" }, { status: 404 })
        : undefined;
    await using site = await openSite(at());
    await site.record(heard(id("a"), { evidence: [picture("1.png", 24)] }));
    site.forward();
    await site.drained();
    assert.equal((await stored())[0]?.ready, 1);
    assert.deepEqual(await signatures(), []);
  });
});
