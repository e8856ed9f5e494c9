import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import type { EventInput } from "../event/wire.ts";
import * as Evidence from "../evidence/index.ts";
import {
  closeSession,
  dispatchJobs,
  getDigest,
  getReview,
  getSession,
  getUsage,
  listDigests,
  reportDigest,
  reportFailure,
  requestReview,
  sealEvent,
  sweep,
} from "./index.ts";

describe("an event becomes a digest", () => {
  let base: TestDatabase;
  let walk: Arranged;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "guardian");
  });
  after(() => base.close());

  it("records an event once however often it is sent, also at the same time", async () => {
    const input = walk.event({ type: "person" });
    const answers = await Promise.all(Array.from({ length: 8 }, () => walk.post(input)));
    assert.equal(new Set(answers.map((answer) => answer.id)).size, 1);
    assert.equal(answers.filter((answer) => answer.status === "accepted").length, 1);
    assert.equal(new Set(answers.map((answer) => answer.sessionId)).size, 1);
  });

  it("refuses another event under an id that the device has used", async () => {
    const input = walk.event({ type: "person" });
    await walk.post(input);
    await assert.rejects(walk.post({ ...input, type: "vehicle" }), { code: "event-id-reused" });
  });

  it("puts concurrent events of one site into one session", async () => {
    walk.services.clock.advance(3_600_000);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => walk.post(walk.event({ type: "motion" }))),
    );
    assert.equal(new Set(answers.map((answer) => answer.sessionId)).size, 1);
    assert.equal(new Set(answers.map((answer) => answer.id)).size, 12);
  });

  it("closes a silent session, asks for its review, and stores the digest once", async () => {
    const { services } = walk;
    services.clock.advance(3_600_000);
    const { sessionId } = await walk.post(
      walk.event({ type: "person", zone: "front_door", confidence: 0.9 }),
      [await image("a.jpg", 1)],
    );
    await walk.post(walk.event({ type: "person", zone: "front_door", confidence: 0.9 }), [
      await image("b.jpg", 2),
    ]);
    assert.equal((await closeSession(services, sessionId)).kind, "not-due");
    services.clock.advance(31_000);
    assert.equal((await closeSession(services, sessionId)).kind, "closed");
    const [job] = await walk.receive();
    assert.ok(job);
    assert.equal(job.sessionId, sessionId);
    assert.equal(job.moments.length, 2);
    const report = findingsFor(job, [{ label: "person", confidence: 0.9, box: [0.1, 0.1, 0.2, 0.5] }]);
    const stored = await reportDigest(services, report);
    assert.equal(stored.status, "stored");
    assert.deepEqual(await reportDigest(services, report), {
      digestId: stored.digestId,
      status: "already-stored",
    });
    await assert.rejects(reportDigest(services, { ...report, finishedAt: new Date(0).toISOString() }), {
      code: "digest-differs",
    });
    const digest = await getDigest(services, { accountId: walk.accountId, id: stored.digestId });
    assert.equal(digest.counts.person, 1);
    assert.match(digest.title, /person/i);
    const review = await getReview(services, { accountId: walk.accountId, id: job.reviewId });
    assert.equal(review.state, "completed");
    const { items } = await listDigests(services, {
      accountId: walk.accountId,
      memberId: walk.memberId,
      limit: 10,
      before: undefined,
    });
    assert.equal(items.filter((item) => item.reviewId === job.reviewId).length, 1);
  });

  it("gives the allowance back once when a review fails", async () => {
    const { services } = walk;
    const usedBefore = (await getUsage(services, walk.accountId)).usage.reviews.used;
    services.clock.advance(3_600_000);
    const { sessionId } = await walk.post(walk.event({ type: "person" }), [await image("c.jpg", 3)]);
    const asked = await requestReview(services, { accountId: walk.accountId, sessionId, actor: "test" });
    assert.equal(asked.kind, "created");
    const [job] = await walk.receive();
    assert.ok(job);
    assert.equal((await getUsage(services, walk.accountId)).usage.reviews.used, usedBefore + 1);
    const failure = {
      v: 1 as const,
      part: 0,
      workerId: "w",
      reason: "no",
      retryable: false,
      occurredAt: new Date().toISOString(),
    };
    assert.equal((await reportFailure(services, { reviewId: job.reviewId, report: failure })).action, "stop");
    assert.equal((await reportFailure(services, { reviewId: job.reviewId, report: failure })).action, "stop");
    const { usage } = await getUsage(services, walk.accountId);
    assert.equal(usage.reviews.used, usedBefore);
    assert.equal(usage.reviews.refunded, 1);
  });

  it("sends the job after a crash between commit and send, once", async () => {
    const { services } = walk;
    services.clock.advance(3_600_000);
    const { sessionId } = await walk.post(walk.event({ type: "person" }), [await image("d.jpg", 4)]);
    const broken = {
      ...services,
      jobs: {
        ...services.jobs,
        standard: { ...services.jobs.standard, send: () => Promise.reject(new Error("killed")) },
      },
    };
    assert.equal(
      (await requestReview(broken, { accountId: walk.accountId, sessionId, actor: "test" })).kind,
      "created",
    );
    assert.equal((await walk.receive()).length, 0);
    await sweep(services);
    assert.equal((await walk.receive()).length, 0, "the dead publisher's lease still holds");
    services.clock.advance(31_000);
    await Promise.all([sweep(services), dispatchJobs(services)]);
    const [job, ...others] = await walk.receive();
    assert.ok(job);
    assert.equal(others.length, 0);
    await reportDigest(services, findingsFor(job, []));
  });

  it("sends a job once more when its message is lost, but not while messages wait for a worker", async () => {
    const { services } = walk;
    services.clock.advance(3_600_000);
    const { sessionId } = await walk.post(walk.event({ type: "person" }), [await image("l.jpg", 44)]);
    await requestReview(services, { accountId: walk.accountId, sessionId, actor: "test" });
    services.clock.advance(31 * 60_000);
    assert.equal((await sweep(services)).released, 0, "the message waits in sight");
    const [lost] = await walk.receive();
    assert.ok(lost);
    const swept = await sweep(services);
    assert.equal(swept.released, 1);
    const [again] = await walk.receive();
    assert.equal(again?.reviewId, lost.reviewId);
    const report = findingsFor(lost, []);
    assert.equal((await reportDigest(services, report)).status, "stored");
    assert.equal((await reportDigest(services, report)).status, "already-stored");
    services.clock.advance(31 * 60_000);
    assert.equal((await sweep(services)).released, 0, "what has ended is not lost");
  });

  it("joins a late event to its closed session and looks at it in an addendum", async () => {
    const { services } = walk;
    services.clock.advance(3_600_000);
    const occurredAt = services.clock.now();
    const first = await walk.post(walk.event({ type: "person" }), [await image("e.jpg", 5)]);
    await requestReview(services, { accountId: walk.accountId, sessionId: first.sessionId, actor: "test" });
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(services, findingsFor(job, []));
    services.clock.advance(120_000);
    const late: EventInput = {
      ...walk.event({ type: "person" }),
      occurredAt: new Date(occurredAt.getTime() + 1_000).toISOString(),
    };
    assert.equal((await walk.post(late, [await image("f.jpg", 6)])).sessionId, first.sessionId);
    const deferred = await getDigest(services, { accountId: walk.accountId, id: digestId });
    assert.equal(deferred.moments.length, 2);
    assert.equal(deferred.moments.filter((moment) => moment.outcome === "deferred").length, 1);
    await walk.beat();
    services.clock.advance(61_000);
    await walk.beat();
    await sweep(services);
    const [addendum] = await walk.receive();
    assert.ok(addendum);
    assert.equal(addendum.part, 1);
    assert.equal(addendum.moments.length, 1);
    await reportDigest(services, findingsFor(addendum, []));
    const whole = await getDigest(services, { accountId: walk.accountId, id: digestId });
    assert.equal(whole.moments.filter((moment) => moment.outcome === "deferred").length, 0);
  });

  it("says in the first digest that announced pictures are outstanding, and no longer once they are there", async () => {
    const { services } = walk;
    services.clock.advance(3_600_000);
    const late = await image("late.jpg", 71);
    const announced = walk.event({ type: "person", zone: "porch", mode: "away" });
    const { id, sessionId, uploads } = await walk.post({
      ...announced,
      evidence: [
        {
          name: "late.jpg",
          contentType: late.contentType,
          bytes: late.bytes.byteLength,
          sha256: late.sha256,
        },
      ],
    });
    assert.equal(uploads.length, 1);
    const session = { accountId: walk.accountId, id: sessionId };
    const waiting = await getSession(services, session);
    assert.equal(waiting.digest.reason, "pictures-outstanding");
    assert.deepEqual(waiting.events[0]?.digest, waiting.digest);
    await walk.post(walk.event({ type: "person", zone: "porch", mode: "away" }), [
      await image("now.jpg", 72),
    ]);
    assert.equal((await getSession(services, session)).digest.reason, "session-open");
    services.clock.advance(60_000);
    await closeSession(services, sessionId);
    assert.equal((await getSession(services, session)).digest.state, "coming");
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(services, findingsFor(job, []));
    const digest = { accountId: walk.accountId, id: digestId };
    const first = await getDigest(services, digest);
    const told = first.summary.at(-1);
    assert.equal(told?.text, "One picture on the porch was announced and has not arrived yet.");
    assert.deepEqual(
      first.moments.filter((moment) => told?.momentIds.includes(moment.id)).map((moment) => moment.outcome),
      ["missing"],
    );
    assert.equal((await getSession(services, session)).digest.digestId, digestId);
    const [piece] = first.moments.filter((moment) => moment.outcome === "missing");
    assert.ok(piece);
    await services.blobs.put({
      key: Evidence.uploadKeyOf(walk.accountId, id, piece.id),
      body: late.bytes,
      contentType: late.contentType,
      sha256: late.sha256,
    });
    const [device] = await base.owner<{ deviceId: string }[]>`
      select device_id as "deviceId" from event where id = ${id}`;
    await sealEvent(services, { accountId: walk.accountId, deviceId: device?.deviceId ?? "", eventId: id });
    const second = await getDigest(services, digest);
    assert.doesNotMatch(second.summary.map((sentence) => sentence.text).join(" "), /announced/);
    assert.deepEqual(second.moments.map((moment) => moment.outcome).toSorted(), ["deferred", "early_exit"]);
  });

  it("reviews a life-safety event at once, beyond the allowance, and audits it", async () => {
    const { services } = walk;
    services.clock.advance(3_600_000);
    await walk.post(walk.event({ type: "smoke" }), [await image("g.jpg", 7)]);
    const [job] = await walk.receive();
    assert.ok(job);
    assert.equal(job.priority, 1);
    const [deed] =
      await base.owner`select * from audit where action = 'review.life-safety' and subject = ${job.reviewId}`;
    assert.ok(deed);
    // More evidence of it comes while the review is under way: it follows at once, not in a calm hour.
    await walk.post(walk.event({ type: "smoke" }), [await image("h.jpg", 8)]);
    assert.equal((await walk.receive()).length, 0);
    await reportDigest(services, findingsFor(job, []));
    const [addendum] = await walk.receive();
    assert.equal(addendum?.part, 1);
    assert.equal(addendum?.priority, 1);
    await reportDigest(services, findingsFor(addendum, []));
    await walk.post(walk.event({ type: "smoke" }), [await image("i.jpg", 9)]);
    const [second] = await walk.receive();
    assert.equal(second?.part, 2);
    await reportDigest(services, findingsFor(second, []));
  });

  it("weighs what is usual in a zone, once the site is known for some days", async () => {
    const { services } = walk;
    services.clock.advance(3_600_000);
    const reasonsOf = async () =>
      (await walk.post(walk.event({ type: "motion", zone: "side gate" }))).assessment.reasons.map(
        ({ code }) => code,
      );
    assert.ok(!(await reasonsOf()).some((code) => /^(rare|busy)-zone$/.test(code)));
    await base.owner`update site set created_at = ${new Date(services.clock.now().getTime() - 20 * 86_400_000)}`;
    assert.ok((await reasonsOf()).includes("rare-zone"));
    const [known] = await base.owner`select id from event where zone = 'side gate' limit 1`;
    await base.owner`insert into event (id, account_id, site_id, device_id, session_id, client_id, fingerprint, type,
        zone, attributes, reported_at, occurred_at, received_at, assessment)
      select 'evt_' || lpad(to_hex(n), 32, '0'), account_id, site_id, device_id, session_id, 'busy-' || n, fingerprint, type,
        zone, attributes, reported_at, ${services.clock.now()}::timestamptz - n * interval '5 minutes', received_at, assessment
      from event, generate_series(1, 700) n where id = ${known?.id ?? null}`;
    // It is measured once an hour.
    services.clock.advance(3_600_001);
    assert.ok((await reasonsOf()).includes("busy-zone"));
  });
});
