/** The walk when it rains: late, twice, huge, half there, and with parts of the system down or killed. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import type { Database } from "../db/index.ts";
import type { EventInput } from "../event/wire.ts";
import * as Id from "../id.ts";
import * as Idempotency from "../idempotency/index.ts";
import {
  acceptEvent,
  closeSession,
  getDigest,
  getSession,
  recordHeartbeat,
  renewEvidenceUrls,
  reportDigest,
  reportFailure,
  requestReview,
  sweep,
} from "./index.ts";

/** The database of a process that gets one transaction done, and no other. */
function dyingAfterCommit(database: Database): Database {
  let left = 1;
  const pool = new Proxy(database.pool, {
    get(target, name) {
      if (name !== "connect") return Reflect.get(target, name, target);
      left -= 1;
      return left >= 0 ? () => target.connect() : () => Promise.reject(new Error("killed"));
    },
  });
  return { ...database, pool };
}

describe("an event becomes a digest although", () => {
  let base: TestDatabase;
  let walk: Arranged;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
  });
  after(() => base.close());

  it("the process that accepted late evidence died", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    const occurredAt = services.clock.now();
    const { sessionId } = await walk.post(
      walk.event({ type: "person", zone: "front_door", confidence: 0.9 }),
    );
    services.clock.advance(60_000);
    await closeSession(services, sessionId);
    const dying = { ...services, database: dyingAfterCommit(services.database) };
    const late = {
      ...walk.event({ type: "person", zone: "front_door", confidence: 0.9 }),
      occurredAt: occurredAt.toISOString(),
    };
    const answer = await acceptEvent(dying, {
      key: walk.deviceKey,
      input: late,
      images: [await image("z.jpg", 90)],
    });
    assert.equal(answer.status, "accepted", "what follows a commit fails nobody's answer");
    assert.equal((await walk.receive()).length, 0);
    await sweep(services);
    assert.equal((await walk.receive()).length, 0, "whoever accepted it may still be at it");
    services.clock.advance(31_000);
    assert.equal((await sweep(services)).followedUp, 1);
    const [job] = await walk.receive();
    assert.equal(job?.sessionId, sessionId);
    assert.equal((await sweep(services)).followedUp, 0);
    await reportDigest(services, findingsFor(job, []));
  });

  it("concurrent events would stretch a session beyond its greatest length", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    const from = services.clock.now().getTime();
    services.clock.advance(20 * 60_000);
    const at = (seconds: number): EventInput => ({
      ...walk.event({ type: "motion" }),
      occurredAt: new Date(from + seconds * 1_000).toISOString(),
    });
    // A chain of events 25 s apart, in both directions from its middle at once: each joins what is there.
    await walk.post(at(450));
    for (let step = 1; step <= 20; step += 1) {
      await Promise.all([walk.post(at(450 + step * 25)), walk.post(at(450 - step * 25))]);
    }
    const lengths = await base.owner<{ seconds: number }[]>`
      select extract(epoch from last_event_at - first_event_at)::float8 as seconds from session
      where last_event_at >= ${new Date(from - 60_000)}`;
    assert.ok(lengths.length >= 2);
    for (const { seconds } of lengths) assert.ok(seconds <= 900, `${seconds} s`);
  });

  it("a life-safety event had asked for the review before the other pictures of the session came", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    const { sessionId } = await walk.post(walk.event({ type: "smoke" }), [await image("a.jpg", 101)]);
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(services, findingsFor(job, []));
    services.clock.advance(5_000);
    await walk.post(walk.event({ type: "person" }), [await image("b.jpg", 102)]);
    services.clock.advance(60_000);
    await closeSession(services, sessionId);
    const digest = await getDigest(services, { accountId: walk.accountId, id: digestId });
    assert.deepEqual(digest.moments.map((moment) => moment.outcome).toSorted(), ["deferred", "early_exit"]);
    await walk.beat();
    services.clock.advance(61_000);
    await walk.beat();
    await sweep(services);
    const [addendum] = await walk.receive();
    assert.equal(addendum?.moments.length, 1);
    await reportDigest(services, findingsFor(addendum, []));
  });

  it("the queue that announces closings is down", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    const down = {
      ...services,
      sessionsDue: { ...services.sessionsDue, send: () => Promise.reject(new Error("down")) },
    };
    const input = walk.event({ type: "person", zone: "front_door", confidence: 0.9 });
    const images = [await image("c.jpg", 103)];
    const { status, sessionId } = await acceptEvent(down, { key: walk.deviceKey, input, images });
    assert.equal(status, "accepted");
    services.clock.advance(60_000);
    assert.equal((await sweep(services)).closed, 1);
    const [job] = await walk.receive();
    assert.equal(job?.sessionId, sessionId);
    await reportDigest(services, findingsFor(job, []));
  });

  it("a part of the sweep fails", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    const { sessionId } = await walk.post(
      walk.event({ type: "person", zone: "front_door", confidence: 0.9 }),
      [await image("d.jpg", 104)],
    );
    services.clock.advance(60_000);
    const failing = {
      ...services,
      database: {
        ...services.database,
        sql: new Proxy(services.database.sql, {
          apply(target, self, parts: [TemplateStringsArray, ...unknown[]]) {
            if (parts[0].join("").includes("events_to_follow_up")) throw new Error("down");
            return Reflect.apply(target, self, parts) as unknown;
          },
        }),
      },
    };
    const swept = await sweep(failing);
    assert.deepEqual([swept.closed, swept.followedUp], [1, 0]);
    const [job] = await walk.receive();
    assert.equal(job?.sessionId, sessionId);
    await reportDigest(services, findingsFor(job, []));
  });

  it("its session holds more events than a judgement reads", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    const from = services.clock.now().getTime();
    const at = (seconds: number, part: Partial<EventInput> & Pick<EventInput, "type">): EventInput => ({
      ...walk.event(part),
      occurredAt: new Date(from + seconds * 1_000).toISOString(),
    });
    const { sessionId } = await walk.post(at(0, { type: "motion", zone: "street" }));
    const rows = 260;
    await base.owner`insert into event (id, account_id, site_id, device_id, session_id, client_id, fingerprint, type, zone,
        confidence, attributes, reported_at, occurred_at, received_at, assessment)
      select 'evt_' || lpad(n::text, 32, '0'), account_id, site_id, device_id, session_id, 'many' || n, fingerprint, type, zone,
        confidence, attributes, occurred_at + n * interval '1 second', occurred_at + n * interval '1 second', received_at, assessment
      from event, generate_series(1, ${rows}) n where session_id = ${sessionId}`;
    await base.owner`update session set last_event_at = last_event_at + ${rows} * interval '1 second' where id = ${sessionId}`;
    services.clock.advance((rows + 5) * 1_000);
    const loud = at(rows + 5, { type: "glass_break", zone: "back_door", confidence: 1 });
    assert.equal((await walk.post(loud)).sessionId, sessionId);
    services.clock.advance(60_000);
    await closeSession(services, sessionId);
    const closed = await getSession(services, { accountId: walk.accountId, id: sessionId });
    assert.equal(closed.assessment.lifeSafety, true);
    assert.equal(closed.level, "elevated");
  });

  it("a worker fails an addendum: the digest stands, and the addendum is tried again or given up once", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    await walk.post(walk.event({ type: "smoke" }), [await image("e.jpg", 105)]);
    const [job] = await walk.receive();
    assert.ok(job);
    await walk.post(walk.event({ type: "smoke" }), [await image("f.jpg", 106)]);
    await reportDigest(services, findingsFor(job, []));
    const [addendum] = await walk.receive();
    assert.ok(addendum);
    const failure = {
      v: 1 as const,
      part: addendum.part,
      workerId: "w",
      reason: "cannot",
      occurredAt: services.clock.now().toISOString(),
    };
    const report = (retryable: boolean) =>
      reportFailure(services, { reviewId: job.reviewId, report: { ...failure, retryable } });
    assert.equal((await report(true)).action, "retry");
    assert.equal((await report(false)).action, "stop");
    assert.equal((await report(false)).action, "stop");
    const deeds =
      await base.owner`select 1 from audit where subject = ${job.reviewId} and action = 'addendum.failed'`;
    assert.equal(deeds.length, 1);
    const [review] = await base.owner<
      { state: string }[]
    >`select state from review where id = ${job.reviewId}`;
    assert.equal(review?.state, "completed");
  });

  it("a worker holds a review that is no more: its heartbeat counts all the same", async () => {
    const reply = await recordHeartbeat(walk.services, {
      workerId: "elsewhere",
      model: { name: "m", sha256: "0".repeat(64) },
      provider: "cpu",
      itemsPerSecond: 1,
      itemsPerSecondCapacity: 1,
      batchP50Ms: 1,
      batchP95Ms: 1,
      inFlight: 1,
      queueDepthSeen: 0,
      reviewsInHand: [Id.create("review")],
    });
    assert.equal(reply.overloaded, false);
  });

  it("a job is delivered twice: whoever comes second gets no pictures to look at again", async () => {
    const { services } = walk;
    services.clock.advance(24 * 3_600_000);
    const { sessionId } = await walk.post(walk.event({ type: "person" }), [await image("g.jpg", 107)]);
    await requestReview(services, { accountId: walk.accountId, sessionId, actor: "test" });
    const [job] = await walk.receive();
    assert.ok(job);
    const ask = { reviewId: job.reviewId, momentIds: job.moments.map((moment) => moment.id) };
    assert.equal((await renewEvidenceUrls(services, ask)).moments.length, 1);
    await reportDigest(services, findingsFor(job, []));
    await assert.rejects(renewEvidenceUrls(services, ask), { code: "review-not-wanted" });
  });
});

describe("answers that are kept for replays", () => {
  it("are forgotten after a day, and not before", async () => {
    const base = await createTestDatabase();
    try {
      const { services, accountId } = arrange(base, "pro");
      const keyed = {
        accountId,
        principal: "p",
        key: "k",
        fingerprint: Buffer.from("f"),
        credential: "vgl_mem_p",
        at: services.clock.now(),
      };
      await Idempotency.begin(base.database, keyed);
      await Idempotency.finish(base.database, keyed, { status: 200, body: "{}" });
      services.clock.advance(24 * 3_600_000);
      assert.equal((await sweep(services)).forgotten, 0);
      services.clock.advance(1);
      assert.equal((await sweep(services)).forgotten, 1);
    } finally {
      await base.close();
    }
  });
});
