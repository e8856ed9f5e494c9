/** Cameras whose clocks are wrong, gateways that were offline, and events in whatever order: what becomes of their sessions. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import type { EventInput } from "../event/wire.ts";
import {
  addDevice,
  closeSession,
  getDigest,
  getSession,
  listDevices,
  listSessions,
  reportDigest,
  requestReview,
  sweep,
} from "./index.ts";
import { acceptEvent } from "./intake/accept-event.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe("clocks and order", () => {
  let base: TestDatabase;
  let walk: Arranged;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
  });
  after(() => base.close());

  /** Each story has a camera and days of its own. */
  async function camera(name: string) {
    const { services, accountId } = walk;
    services.clock.advance(3 * day);
    const siteId = base.seeded.accounts.find((one) => one.accountId === accountId)?.siteId ?? "";
    const added = await addDevice(services, { accountId, actor: "test" }, { name, siteId });
    const post = async (part: Partial<EventInput> & { offMs?: number }, images?: string[]) => {
      const { offMs = 0, ...rest } = part;
      const occurredAt = new Date(services.clock.now().getTime() + offMs).toISOString();
      const input = { ...walk.event({ type: "person" }), occurredAt, ...rest };
      const pictures = await Promise.all((images ?? []).map((file, index) => image(file, 500 + index)));
      return acceptEvent(services, {
        key: added.key,
        input,
        ...(images ? { images: pictures } : {}),
      });
    };
    return { id: added.id, post };
  }
  const session = (id: string) => getSession(walk.services, { accountId: walk.accountId, id });
  const clockOf = async (deviceId: string) =>
    (await listDevices(walk.services, walk.accountId)).find((one) => one.id === deviceId)?.clock;

  const wrong: readonly [string, number, RegExp][] = [
    ["40 minutes behind", -40 * minute, /40 minutes behind/],
    ["47 minutes behind", -47 * minute, /47 minutes behind/],
    ["13 hours behind", -13 * hour, /13 hours behind/],
    ["an hour behind", -hour, /60 minutes behind/],
    ["12 days behind", -12 * day, /12 days behind/],
    ["4 minutes ahead", 4 * minute, /4 minutes ahead/],
  ];
  for (const [name, offMs, words] of wrong) {
    it(`makes one session and one review of one visit that a camera tells ${name}`, async () => {
      const { services, accountId } = walk;
      const door = await camera(name);
      const began = services.clock.now().getTime();
      const answers = [];
      for (let index = 0; index < 4; index += 1) {
        answers.push(await door.post({ offMs, zone: "front_door", mode: "away" }, [`${index}.jpg`]));
        services.clock.advance(6_000);
      }
      const last = answers.at(-1);
      assert.ok(last);
      for (const { sessionId } of answers) assert.equal((await session(sessionId)).id, last.sessionId);
      const whole = await session(last.sessionId);
      assert.equal(whole.events.length, 4);
      for (const [index, event] of whole.events.entries()) {
        const offBy = Date.parse(event.occurredAt) - (began + index * 6_000);
        assert.ok(Math.abs(offBy) <= 1_000, `event ${index} is off by ${offBy} ms`);
        assert.ok(!event.assessment.reasons.some((reason) => reason.code === "late"));
      }
      assert.equal(whole.late, false);
      const clock = await clockOf(door.id);
      assert.equal(clock?.state, offMs > 0 ? "ahead" : "behind");
      assert.match(clock?.text ?? "", words);
      services.clock.advance(40_000);
      await sweep(services);
      const jobs = await walk.receive();
      assert.equal(jobs.length, 1);
      const [job] = jobs;
      assert.ok(job);
      assert.equal(job.moments.length, 4);
      const { digestId } = await reportDigest(services, findingsFor(job, []));
      const digest = await getDigest(services, { accountId, id: digestId });
      assert.ok(Math.abs(Date.parse(digest.occurredAt) - began) <= 1_000);
      assert.equal(digest.late, false);
    });
  }

  for (const [name, offMs] of [
    ["20 years behind", -20 * 365.25 * day],
    ["13 hours ahead", 13 * hour],
    ["at 1 January 1970", Number.NaN],
    ["20 years ahead", 20 * 365.25 * day],
    ["31 days behind", -31 * day],
  ] as const) {
    it(`takes events of a camera ${name} from the third on, at the right time`, async () => {
      const { services } = walk;
      const door = await camera(name);
      const off = Number.isNaN(offMs) ? -services.clock.now().getTime() : offMs;
      const refusal = { code: off > 0 ? "event-in-future" : "event-too-old" };
      await assert.rejects(door.post({ offMs: off }), refusal);
      services.clock.advance(5_000);
      await assert.rejects(door.post({ offMs: off }), refusal);
      services.clock.advance(5_000);
      const third = await door.post({ offMs: off });
      const { events } = await session(third.sessionId);
      assert.deepEqual(
        events.map((event) => event.occurredAt),
        [services.clock.now().toISOString()],
      );
      services.clock.advance(5_000);
      assert.equal((await door.post({ offMs: off })).sessionId, third.sessionId);
      assert.equal((await clockOf(door.id))?.state, off > 0 ? "ahead" : "behind");
    });
  }

  for (const [type, occurredAt] of [
    ["smoke", "1970-01-01T00:00:00Z"],
    ["carbon_monoxide", "0001-01-01T00:00:00Z"],
    ["glass_break", "2099-12-31T23:59:59Z"],
    ["gas", "2000-01-01T00:00:00Z"],
    ["forced_entry", "1969-12-31T23:59:59+0000"],
  ] as const) {
    it(`takes ${type} of a clock at ${occurredAt} at its time of receipt, and says so`, async () => {
      const { services } = walk;
      const door = await camera(`${type} clock`);
      const now = services.clock.now().toISOString();
      const { sessionId, assessment } = await door.post({ type, occurredAt });
      const { events, late } = await session(sessionId);
      assert.equal(events[0]?.occurredAt, now);
      assert.equal(late, false);
      assert.equal(assessment.tone, "urgent");
      assert.ok(assessment.reasons.some((reason) => /clock is wrong .*its receipt/.test(reason.text)));
    });
  }

  it("moves the events of a camera that is behind into the visit that another camera tells rightly", async () => {
    const { services } = walk;
    const slow = await camera("slow garden");
    const siteId = base.seeded.accounts.find((one) => one.accountId === walk.accountId)?.siteId ?? "";
    const other = await addDevice(
      services,
      { accountId: walk.accountId, actor: "test" },
      { name: "right", siteId },
    );
    const right = () =>
      acceptEvent(services, { key: other.key, input: walk.event({ type: "motion", zone: "driveway" }) });
    // An hour ago the right camera saw something else: what the slow one says lies in the middle of it.
    await right();
    services.clock.advance(20_000);
    const earlier = await right();
    services.clock.advance(hour - 10_000);
    const answers = [];
    for (let index = 0; index < 3; index += 1) {
      answers.push(await right());
      services.clock.advance(3_000);
      answers.push(await slow.post({ offMs: -hour, zone: "garden" }));
      services.clock.advance(3_000);
    }
    const ids = await Promise.all(answers.map(async ({ sessionId }) => (await session(sessionId)).id));
    assert.equal(new Set(ids.slice(-2)).size, 1);
    const visit = await session(ids.at(-1) ?? "");
    assert.equal(visit.events.length, 6);
    assert.equal((await session(earlier.sessionId)).events.length, 2);
  });

  it("tells an owner that a clock has jumped, and when it was set right again", async () => {
    const { services } = walk;
    const door = await camera("jumping");
    for (let index = 0; index < 4; index += 1) {
      await door.post({});
      services.clock.advance(5 * minute);
    }
    assert.equal((await clockOf(door.id))?.state, "right");
    for (let index = 0; index < 3; index += 1) {
      await door.post({ offMs: -7 * hour });
      services.clock.advance(10_000);
    }
    const jumped = await clockOf(door.id);
    assert.equal(jumped?.state, "behind");
    assert.equal(jumped?.offSeconds, -7 * 3600);
    assert.ok(jumped?.jumpedAt);
    for (let index = 0; index < 3; index += 1) {
      await door.post({});
      services.clock.advance(10_000);
    }
    assert.equal((await clockOf(door.id))?.state, "right");
  });

  it("makes one session of motion at seconds 8, 0, 4, 2 and 6 at a gap of 2 s", async () => {
    const { services } = walk;
    const strict = { ...services, policy: { ...services.policy, sessionGapSeconds: 2 } };
    await camera("burst");
    const from = services.clock.now().getTime() - minute;
    const ids: string[] = [];
    for (const second of [8, 0, 4, 2, 6]) {
      const occurredAt = new Date(from + second * 1_000).toISOString();
      const input = { ...walk.event({ type: "motion" }), occurredAt };
      ids.push((await acceptEvent(strict, { key: walk.deviceKey, input })).sessionId);
    }
    const whole = await session(ids[0] ?? "");
    assert.equal(whole.events.length, 5);
    for (const id of ids) assert.equal((await session(id)).id, whole.id);
    const { items } = await listSessions(services, {
      accountId: walk.accountId,
      limit: 25,
      before: undefined,
    });
    assert.equal(items.filter((item) => ids.includes(item.id)).length, 1);
    services.clock.advance(minute);
    for (const id of new Set(ids)) assert.equal((await closeSession(strict, id)).kind, "closed");
  });

  it("joins a closed session that was reviewed and the next one, when a late event lies between them", async () => {
    const { services, accountId } = walk;
    const door = await camera("bridge");
    const first = await door.post({ zone: "front_door" }, ["a.jpg"]);
    await requestReview(services, { accountId, sessionId: first.sessionId, actor: "test" });
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(services, findingsFor(job, []));
    services.clock.advance(50_000);
    const second = await door.post({ zone: "front_door" }, ["b.jpg"]);
    assert.notEqual(second.sessionId, first.sessionId);
    const between = await door.post({ zone: "porch", offMs: -25_000 });
    assert.equal(between.sessionId, first.sessionId);
    const whole = await session(second.sessionId);
    assert.equal(whole.id, first.sessionId);
    assert.equal(whole.events.length, 3);
    assert.equal(whole.digestId, digestId);
    services.clock.advance(40_000);
    await sweep(services);
    const digest = await getDigest(services, { accountId, id: digestId });
    assert.equal(digest.moments.length, 2);
    assert.deepEqual(digest.moments.map((moment) => moment.outcome).toSorted(), ["deferred", "early_exit"]);
  });

  it("puts 500 late events of a gateway that was offline for two days in their order, and rings for none", async () => {
    const { services, accountId } = walk;
    const gateway = await camera("gateway");
    const now = services.clock.now().getTime();
    const fresh = await acceptEvent(services, {
      key: walk.deviceKey,
      input: walk.event({ type: "person", zone: "front_door", mode: "away" }),
    });
    // A visit every 23 minutes, 4 events each, some seconds apart; sent in an order of the gateway's own.
    const times = Array.from(
      { length: 500 },
      (_, index) => now - 2 * day + Math.floor(index / 4) * 23 * minute + (index % 4) * 9_000,
    );
    const sent = times
      .map((at, index) => ({ at, key: (index * 197) % 500 }))
      .toSorted((a, b) => a.key - b.key);
    for (const [index, { at }] of sent.entries()) {
      const answer = await gateway.post({
        type: index % 3 === 0 ? "motion" : "person",
        zone: "back_door",
        mode: "away",
        occurredAt: new Date(at).toISOString(),
      });
      assert.equal(answer.assessment.tone, "calm");
      assert.ok(answer.assessment.reasons.some((reason) => reason.code === "late"));
      services.clock.advance(30);
    }
    services.clock.advance(hour);
    // A sweep closes 200 at most.
    await sweep(services);
    const sessions = [];
    let last: string | undefined;
    do {
      const page = await listSessions(services, { accountId, limit: 50, before: last });
      sessions.push(...page.items);
      last = page.nextCursor === null ? undefined : Buffer.from(page.nextCursor, "base64url").toString();
    } while (last !== undefined);
    const starts = sessions.map((one) => Date.parse(one.firstEventAt));
    assert.deepEqual(
      starts,
      starts.toSorted((a, b) => b - a),
    );
    assert.equal(sessions[0]?.id, fresh.sessionId, "the newest is on top");
    const late = sessions.filter((one) => times.includes(Date.parse(one.firstEventAt)));
    assert.equal(late.length, 125);
    for (const one of late) {
      assert.equal(Date.parse(one.lastEventAt) - Date.parse(one.firstEventAt), 27_000);
      assert.equal(one.late, true);
      assert.equal(one.assessment.tone, "calm");
    }
    assert.equal((await clockOf(gateway.id))?.state, "right");
  });
});
