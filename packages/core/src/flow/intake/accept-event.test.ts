/** Events come in although their neighbours, the store or the queue do what they can to prevent it. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { image } from "../../../testing/images.ts";
import { plantSessions } from "../../../testing/plant.ts";
import { type Arranged, arrange } from "../../../testing/walk.ts";
import { acceptEvent } from "./accept-event.ts";
import { sealEvent } from "./seal-event.ts";

describe("an event comes in although", () => {
  let base: TestDatabase;
  let walk: Arranged;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "guardian");
  });
  after(() => base.close());

  it("a hundred late ones of its site come at once, which all open sessions of their own", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    const now = services.clock.now().getTime();
    const inputs = Array.from({ length: 100 }, (_, index) => ({
      ...walk.event({ type: "motion" }),
      occurredAt: new Date(now - (index + 1) * 3_600_000).toISOString(),
    }));
    const spentBefore = await transactions(base);
    const answers = await Promise.all(inputs.map((input) => walk.post(input)));
    assert.ok(answers.every(({ status }) => status === "accepted"));
    assert.equal(new Set(answers.map(({ sessionId }) => sessionId)).size, 100);
    const spent = (await transactions(base)) - spentBefore;
    assert.ok(spent < 100 * 10, `expected some transactions an event, got ${spent} for 100`);
  });

  it("the store is full: it is recorded, and its device is told to upload the pictures", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    const full = { ...services, blobs: { ...services.blobs, put: () => Promise.reject(new Error("full")) } };
    const input = walk.event({ type: "smoke" });
    const images = [await image("a.jpg", 1), await image("b.jpg", 2)];
    const request = { key: walk.deviceKey, input, images };
    const answer = await acceptEvent(full, request);
    assert.equal(answer.status, "accepted");
    assert.deepEqual(answer.uploads.map(({ name }) => name).toSorted(), ["a.jpg", "b.jpg"]);
    assert.equal((await walk.receive()).length, 0);
    // The same once more, when the store takes pictures again: nobody has to upload anything.
    const again = await acceptEvent(services, request);
    assert.deepEqual([again.status, again.id, again.uploads], ["duplicate", answer.id, []]);
    const [job] = await walk.receive();
    assert.equal(job?.moments.length, 2, "life-safety is looked at as soon as its pictures are there");
  });

  it("the store takes one of its pictures and not the other", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    let puts = 0;
    const put: typeof services.blobs.put = (object) => {
      puts += 1;
      return puts === 1 ? services.blobs.put(object) : Promise.reject(new Error("full"));
    };
    const images = [await image("a.jpg", 1), await image("b.jpg", 2)];
    const answer = await acceptEvent(
      { ...services, blobs: { ...services.blobs, put } },
      { key: walk.deviceKey, input: walk.event({ type: "person" }), images },
    );
    assert.equal(answer.uploads.length, 1);
    const [missing] = images.filter(({ name }) => name === answer.uploads[0]?.name);
    assert.ok(missing);
    const key = answer.uploads[0]?.url.replace("http://memory.invalid/", "") ?? "";
    const { bytes: body, contentType, sha256 } = missing;
    await services.blobs.put({ key, body, contentType, sha256 });
    const [device] = await base.owner<
      { id: string }[]
    >`select device_id as id from event where id = ${answer.id}`;
    const sealed = await sealEvent(services, {
      accountId: walk.accountId,
      deviceId: device?.id ?? "",
      eventId: answer.id,
    });
    assert.deepEqual([sealed.sealed, sealed.uploads], [true, []]);
  });

  it("after the commit the queue, the store's signatures and the database's answers all fail", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    const down = () => Promise.reject(new Error("down"));
    const answer = await acceptEvent(
      {
        ...services,
        sessionsDue: { ...services.sessionsDue, send: down },
        blobs: { ...services.blobs, presignPut: down },
        jobs: {
          priority: { ...services.jobs.priority, send: down },
          standard: { ...services.jobs.standard, send: down },
        },
      },
      {
        key: walk.deviceKey,
        input: walk.event({
          type: "smoke",
          evidence: [{ name: "a.jpg", contentType: "image/jpeg", bytes: 1, sha256: "0".repeat(64) }],
        }),
      },
    );
    assert.deepEqual([answer.status, answer.uploads], ["accepted", []]);
  });
});

/** How many transactions the database has committed or rolled back, this connection's own statement aside. */
async function transactions({ owner }: TestDatabase): Promise<number> {
  await owner`select pg_stat_force_next_flush()`;
  const [row] = await owner<{ count: number }[]>`select (xact_commit + xact_rollback)::int as count
    from pg_stat_database where datname = current_database()`;
  return row?.count ?? 0;
}

describe("what is usual on a site", () => {
  let base: TestDatabase;
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());

  it("is measured once an hour, after an answer, as a session that closes measures it", async () => {
    const walk = arrange(base, "guardian");
    const { services } = walk;
    await base.owner`update site set created_at = now() - interval '90 days'`;
    const [site] = await base.owner<
      { id: string }[]
    >`select id from site where account_id = ${walk.accountId}`;
    assert.ok(site);
    const measuredAt = async () =>
      (await base.owner<{ at: Date | null }[]>`select traffic_at as at from site where id = ${site.id}`)[0]
        ?.at;
    for (const zone of ["front_door", "garden", "garden"]) {
      await walk.post(walk.event({ type: "motion", zone }));
    }
    const first = services.clock.now();
    assert.deepEqual(await measuredAt(), first);
    services.clock.advance(59 * 60_000);
    await walk.post(walk.event({ type: "motion" }));
    assert.deepEqual(await measuredAt(), first, "within the hour it is read");
    services.clock.advance(2 * 60_000);
    await walk.post(walk.event({ type: "motion", zone: "hall" }));
    const now = services.clock.now();
    assert.deepEqual(await measuredAt(), now);
    const rows = await base.owner<{ zone: string | null; kept: number | null; counted: number }[]>`
      select z.zone, (traffic ->> coalesce(z.zone, ''))::float8 as kept, zone_events_per_day(s.id, z.zone, ${now}) as counted
      from site s, (values ('front_door'), ('garden'), ('hall'), (null)) as z (zone) where s.id = ${site.id}`;
    for (const { zone, kept, counted } of rows) {
      assert.ok(Math.abs((kept ?? 0) - counted) < 1e-9, zone ?? "none");
    }
    assert.ok(rows.every(({ counted }) => counted > 0));
  });

  it("costs no more to know, nor do the sessions around an event, when a thousand sessions lie there", async () => {
    const [account] = base.seeded.accounts;
    assert.ok(account);
    const walk = arrange(base, account.tier);
    const sessions = {
      sessions: 1_500,
      moments: 0,
      at: new Date(walk.services.clock.now().getTime() - 86_400_000),
    };
    await plantSessions(base.owner, account, sessions);
    await walk.post(walk.event({ type: "person" }));
    const [earlier] = await rowsRead(base);
    for (let turn = 0; turn < 20; turn += 1) await walk.post(walk.event({ type: "person" }));
    const [now] = await rowsRead(base);
    assert.ok(earlier && now);
    assert.ok(now.rows - earlier.rows < 20 * 300, `read ${now.rows - earlier.rows} rows for 20 events`);
  });
});

/** Rows of events and sessions that were read so far, by whichever way. */
async function rowsRead({ database }: TestDatabase) {
  await database.sql`select pg_stat_force_next_flush()`;
  return database.sql<
    { rows: number }[]
  >`select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as rows
    from pg_stat_user_tables where relname in ('event', 'session')`;
}
