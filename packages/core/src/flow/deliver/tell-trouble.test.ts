/** Devices that fall silent, go blind or have a wrong clock: told once, in one thread, and streamed. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { image } from "../../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../../testing/walk.ts";
import { inAccount } from "../../db/index.ts";
import { EndpointInput } from "../../endpoint/wire.ts";
import type { GatewayReport } from "../../gateway/wire.ts";
import * as Stream from "../../stream/index.ts";
import {
  addEndpoint,
  getDelivery,
  listDeliveries,
  listDevices,
  recordGateway,
  reportDigest,
  requestReview,
  sweep,
} from "../index.ts";

const hourMs = 3_600_000;

describe("troubles of devices", () => {
  let base: TestDatabase;
  let walk: Arranged;
  let deviceId: string;
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());
  beforeEach(async () => {
    await base.owner`truncate session, endpoint, stream_entry, device_trouble, gateway cascade`;
    await base.owner`update device set heard_at = null, skew = null`;
    walk = arrange(base, "pro");
    const [device] = await listDevices(walk.services, walk.accountId);
    deviceId = device?.id ?? "";
    await addEndpoint(
      walk.services,
      { accountId: walk.accountId, actor: walk.memberId },
      EndpointInput.parse({ type: "webhook", url: "http://127.0.0.1:1/hook", kinds: ["device"] }),
    );
  });

  const told = async () => {
    const by = { accountId: walk.accountId };
    const { items } = await listDeliveries(walk.services, { ...by, limit: 100, before: undefined });
    const whole = await Promise.all(items.map(({ id }) => getDelivery(walk.services, { ...by, id })));
    return whole.toReversed().map(({ message: { data } }) => ({
      title: data.title,
      rings: data.rings,
      thread: data.thread,
    }));
  };
  const streamed = () =>
    inAccount(base.database, walk.accountId, async (tx) =>
      (await Stream.listAfter(tx, walk.accountId, 0, 100)).map(({ kind, subject, detail }) => ({
        kind,
        subject,
        ...detail,
      })),
    );
  const troubles = async () =>
    (await listDevices(walk.services, walk.accountId)).find(({ id }) => id === deviceId)?.troubles ?? [];
  const report = (...sensors: ["online" | "silent", string][]): GatewayReport => ({
    site: "shop-1",
    version: "0.1.0",
    uptimeSeconds: 60,
    clockAheadMs: 0,
    outbox: { kept: 0, keptUrgent: 0, heard: 0, forwarded: 0, refused: 0, dropped: 0 },
    disk: { freeBytes: 1e9, full: false },
    alarmsOpen: 0,
    sensorCount: sensors.length,
    sensors: sensors.map(([state, device]) => ({
      device,
      place: "cellar",
      state,
      transport: "tcp",
      lastHeardSeconds: 1,
      reconnects: 0,
      reconnectsMax: 5,
      hotCells: 0,
      readings: [],
    })),
  });
  const record = (...sensors: ["online" | "silent", string][]) =>
    recordGateway(walk.services, { accountId: walk.accountId, deviceId, report: report(...sensors) });

  it("tell once that a gateway is silent, and once that it is heard again, and it rings once", async () => {
    await record();
    walk.services.clock.advance(4 * 60_000);
    await sweep(walk.services);
    assert.deepEqual(await told(), []);
    walk.services.clock.advance(2 * 60_000);
    await sweep(walk.services);
    await sweep(walk.services);
    assert.deepEqual(
      (await troubles()).map(({ kind }) => kind),
      ["silent"],
    );
    await record();
    await record();
    assert.deepEqual(await troubles(), []);
    const [silent, heard, ...rest] = await told();
    assert.match(silent?.title ?? "", / is silent$/);
    assert.match(heard?.title ?? "", / is heard again$/);
    assert.deepEqual([silent?.rings, heard?.rings, rest.length], [true, false, 0]);
    assert.equal(silent?.thread, heard?.thread);
    const devices = (await streamed()).filter(({ kind }) => kind === "device");
    assert.deepEqual(
      devices.map((entry) => [
        entry.subject,
        entry["trouble" as keyof typeof entry],
        entry["state" as keyof typeof entry],
      ]),
      [
        [deviceId, "silent", "began"],
        [deviceId, "silent", "ended"],
      ],
    );
  });

  it("are one episode when they come and go, and another one the next day", async () => {
    await record(["online", "S-1"], ["online", "S-2"]);
    for (const state of ["silent", "online", "silent", "online"] as const) {
      walk.services.clock.advance(60_000);
      await record([state, "S-1"], ["online", "S-2"]);
    }
    walk.services.clock.advance(24 * hourMs);
    await record(["silent", "S-1"], ["online", "S-2"]);
    const all = await told();
    assert.deepEqual(
      all.map(({ rings }) => rings),
      [true, false, false, false, true],
    );
    assert.equal(new Set(all.map(({ thread }) => thread)).size, 2);
    assert.ok(all.every(({ title }) => title.startsWith("Sensor S-1 of ")));
  });

  it("find a camera silent that was heard nearly every day, and not one that seldom reports", async () => {
    const days = async (count: number) => {
      for (let day = 0; day < count; day += 1) {
        await walk.post(walk.event({ type: "motion" }));
        walk.services.clock.advance(24 * hourMs);
      }
    };
    await days(2);
    walk.services.clock.advance(hourMs);
    await sweep(walk.services);
    assert.deepEqual(await troubles(), []);
    await days(6);
    await sweep(walk.services);
    assert.deepEqual(await troubles(), [], "a day has not quite passed");
    walk.services.clock.advance(60_000);
    await sweep(walk.services);
    assert.deepEqual(
      (await troubles()).map(({ kind }) => kind),
      ["silent"],
    );
    walk.services.clock.advance(60_000);
    await walk.post(walk.event({ type: "motion" }));
    await sweep(walk.services);
    assert.deepEqual(await troubles(), []);
    assert.equal((await told()).length, 2);
  });

  it("tell of a clock that is wrong by minutes, and when it is right again", async () => {
    const post = async (behindMs: number) => {
      const at = walk.services.clock.now().getTime() - behindMs;
      await walk.post(walk.event({ type: "motion", occurredAt: new Date(at).toISOString() }));
      walk.services.clock.advance(10 * 60_000);
    };
    for (let count = 0; count < 5; count += 1) await post(47 * 60_000);
    await sweep(walk.services);
    assert.deepEqual(
      (await troubles()).map(({ kind }) => kind),
      ["clock"],
    );
    for (let count = 0; count < 5; count += 1) await post(0);
    await sweep(walk.services);
    assert.deepEqual(await troubles(), []);
    assert.deepEqual(
      (await told()).map(({ rings }) => rings),
      [true, false],
    );
  });

  it("tell that a camera is blind when none of its pictures shows anything, until one does", async () => {
    const look = async (flaws: ("blank" | "dark")[][]) => {
      walk.services.clock.advance(5 * 60_000);
      const images = await Promise.all(flaws.map((_, index) => image(`${index}.jpg`, index + 1)));
      const { sessionId } = await walk.post(walk.event({ type: "person" }), images);
      await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
      await walk.beat();
      const [job] = await walk.receive();
      assert.ok(job);
      const findings = findingsFor(job, []);
      const moments = findings.moments.map((moment, index) => ({ ...moment, flaws: flaws[index] ?? [] }));
      await reportDigest(walk.services, { ...findings, moments });
    };
    await look([["blank"]]);
    await look([["blank"], []]);
    await look([["dark"], ["dark"]]);
    assert.deepEqual(await told(), []);
    await look([["blank"], ["blank"]]);
    await look([["blank"], ["blank"]]);
    assert.deepEqual(
      (await troubles()).map(({ kind }) => kind),
      ["blind"],
    );
    await look([[]]);
    assert.deepEqual(await troubles(), []);
    assert.deepEqual(
      (await told()).map(({ title }) => title.replace(/^.* (sees.*)$/, "$1")),
      ["sees nothing", "sees again"],
    );
  });

  it("stand in the stream beside sessions that open and close, and reviews that move", async () => {
    const { sessionId } = await walk.post(walk.event({ type: "person", zone: "front_door", mode: "away" }), [
      await image("a.jpg", 1),
    ]);
    walk.services.clock.advance(60_000);
    await sweep(walk.services);
    await walk.beat();
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(walk.services, findingsFor(job, []));
    const moves = (await streamed()).map(({ kind, subject, ...rest }) => [
      kind,
      subject,
      (rest as { state?: string }).state,
    ]);
    assert.deepEqual(moves, [
      ["session", sessionId, "open"],
      ["review", job.reviewId, "queued"],
      ["session", sessionId, "closed"],
      ["digest", digestId, undefined],
      ["review", job.reviewId, "completed"],
    ]);
  });
});
