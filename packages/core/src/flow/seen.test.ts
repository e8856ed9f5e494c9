/** What pictures show changes what is told, and which picture did it is said: from the events to the digest. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import type { Detection, DigestView } from "../digest/wire.ts";
import type { EventInput } from "../event/wire.ts";
import {
  acceptEvent,
  addDevice,
  getDigest,
  getSession,
  listSessions,
  reportDigest,
  requestReview,
  sweep,
} from "./index.ts";

const levels = ["low", "standard", "elevated", "critical"];
const intruder = /police|intru|got in|break-in|doors and windows|know who/i;

describe("a digest's level", () => {
  let base: TestDatabase;
  let walk: Arranged;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
  });
  after(() => base.close());

  type Report = Pick<EventInput, "type" | "zone"> & Partial<EventInput> & { camera: number; second: number };

  /** One night: cameras report, sessions close, and a worker sees the same in every picture. Of the last session. */
  async function night(hour: number, reports: readonly Report[], sees: Detection[]): Promise<DigestView> {
    const { services, accountId } = walk;
    const at = new Date(services.clock.now().getTime() + 2 * 86_400_000);
    at.setUTCHours(hour, 10, 0, 0);
    services.clock.set(at);
    await base.owner`update account set time_zone = 'UTC' where id = ${accountId}`;
    const siteId = base.seeded.accounts.find((one) => one.accountId === accountId)?.siteId ?? "";
    const keys = new Map<number, string>();
    for (const { camera } of reports) {
      if (keys.has(camera)) continue;
      const added = await addDevice(services, { accountId, actor: "test" }, { name: `${camera}`, siteId });
      keys.set(camera, added.key);
    }
    for (const [index, { camera, second, ...part }] of reports.entries()) {
      services.clock.set(new Date(at.getTime() + second * 1_000));
      await acceptEvent(services, {
        key: keys.get(camera) ?? "",
        input: walk.event(part),
        images: [await image(`${index}.jpg`, 7_000 + index)],
      });
    }
    services.clock.advance(60_000);
    await sweep(services);
    // Of what is low nobody looks at the pictures unless a member asks.
    const { items } = await listSessions(services, { accountId, limit: 1, before: undefined });
    const sessionId = items[0]?.id ?? "";
    await requestReview(services, { accountId, sessionId, actor: "test" });
    const digests: DigestView[] = [];
    for (const job of await walk.receive()) {
      const { digestId } = await reportDigest(services, findingsFor(job, sees));
      digests.push(await getDigest(services, { accountId, id: digestId }));
    }
    const digest = digests.find((one) => one.sessionId === sessionId);
    assert.ok(digest);
    return digest;
  }

  const person = (index: number, height = 0.3): Detection => ({
    label: "person",
    confidence: 0.85,
    box: [0.05 + index * 0.1, 0.2, 0.08, height],
  });
  const people = (count: number) => Array.from({ length: count }, (_, index) => person(index));

  const zonesOfThree: readonly (readonly [string | undefined, string | undefined, string | undefined])[] = [
    ["lane", "lane 2", "room"],
    ["front_door", "front_door", "front_door"],
    ["backyard", "side_yard", "living_room"],
    ["back_door", "Kitchen window", "hallway"],
    [undefined, undefined, undefined],
    ["cam1", "cam2", "cam3"],
  ];
  for (const zones of zonesOfThree) {
    it(`is low or standard when 24 movements at night show nobody (${zones.join(", ")})`, async () => {
      const reports = Array.from({ length: 24 }, (_, index) => {
        const zone = zones[index % 3];
        return {
          camera: index % 3,
          second: index * 1.5,
          type: "motion" as const,
          mode: "away" as const,
          ...(zone === undefined ? {} : { zone }),
        };
      });
      const car: Detection = { label: "car", confidence: 0.7, box: [0.1, 0.5, 0.2, 0.2] };
      const digest = await night(2, reports, zones[0] === "lane" ? [car] : []);
      assert.ok(["low", "standard"].includes(digest.level), digest.level);
      assert.doesNotMatch(digest.recommendation, intruder);
    });
  }

  it("stays low or standard when such a night pauses for longer than a session's gap", async () => {
    const zones = ["lane", "backyard", "hallway"] as const;
    const reports = [0, 2, 4, 6, 8, 10, 50, 52, 54].map((second, index) => ({
      camera: index % 3,
      second,
      type: "motion" as const,
      zone: zones[index % 3] ?? "lane",
      mode: "away" as const,
    }));
    const digest = await night(2, reports, []);
    assert.ok(["low", "standard"].includes(digest.level), digest.level);
    assert.doesNotMatch(digest.recommendation, intruder);
  });

  it("does not fall below an event's own because what led up to it is of another session", async () => {
    const { services, accountId } = walk;
    await base.owner`update account set time_zone = 'UTC' where id = ${accountId}`;
    for (const [type, zone, sees] of [
      ["motion", "hallway", [person(0)]],
      ["person", "kitchen", []],
    ] as const) {
      services.clock.advance(2 * 86_400_000);
      await walk.post(walk.event({ type: "door", zone: "back_door", mode: "away" }));
      services.clock.advance(45_000);
      const input = walk.event({ type, zone, mode: "away", confidence: 0.9 });
      const event = await walk.post(input, [await image("inside.jpg", 8_000 + zone.length)]);
      assert.ok(event.assessment.reasons.some(({ code }) => code === "chain.entered"));
      services.clock.advance(60_000);
      await sweep(services);
      const session = await getSession(services, { accountId, id: event.sessionId });
      assert.equal(session.events.length, 1);
      assert.equal(session.level, event.assessment.level);
      const [job] = await walk.receive();
      assert.ok(job);
      const { digestId } = await reportDigest(services, findingsFor(job, [...sees]));
      const digest = await getDigest(services, { accountId, id: digestId });
      assert.ok(levels.indexOf(digest.level) >= levels.indexOf(event.assessment.level), digest.level);
    }
  });

  it("is elevated at least when movement in the back garden at night shows seven people", async () => {
    const reports = [0, 10, 20, 30].map((second) => ({
      camera: 0,
      second,
      type: "motion" as const,
      zone: "backyard",
      mode: "night" as const,
    }));
    const digest = await night(2, reports, people(7));
    assert.ok(["elevated", "critical"].includes(digest.level), digest.level);
    const told = digest.reasons.find((reason) => reason.code === "several-seen");
    assert.match(told?.text ?? "", /7 people/);
    assert.ok((told?.momentIds ?? []).length > 0, "it says which pictures");
    assert.ok(told?.momentIds?.every((id) => digest.moments.some((moment) => moment.id === id)));
  });

  it("never advises to check the sensor's battery when its pictures show people", async () => {
    for (const [zone, type] of [
      ["front_door", "person"],
      ["street", "person"],
      ["driveway", "motion"],
      ["garden", "vehicle"],
      ["porch", "animal"],
    ] as const) {
      const reports = Array.from({ length: 20 }, (_, index) => ({
        camera: 0,
        second: index * 0.5,
        type,
        zone,
        mode: "vacation" as const,
        confidence: 0.6,
      }));
      const digest = await night(
        zone === "street" ? 2 : 12,
        [...reports, { ...reports[0], type: "person", zone: "porch", camera: 1, second: 9 }],
        people(5),
      );
      assert.doesNotMatch(digest.recommendation, /battery|branches/, zone);
      assert.ok(!digest.reasons.some(({ code }) => code === "chatter" || code === "wind"), zone);
    }
  });

  it("tells of a truck that stands in the same place once, until it leaves, and of people every time", async () => {
    const { services, accountId } = walk;
    const siteId = base.seeded.accounts.find((one) => one.accountId === accountId)?.siteId ?? "";
    const camera = await addDevice(services, { accountId, actor: "test" }, { name: "drive", siteId });
    services.clock.advance(30 * 86_400_000);
    let seed = 9_000;
    const visit = async (sees: Detection[], type: EventInput["type"] = "person") => {
      services.clock.advance(3_600_000);
      const input = walk.event({ type, zone: "driveway", mode: "away", confidence: 0.9 });
      seed += 1;
      const images = [await image("drive.jpg", seed)];
      const { sessionId } = await acceptEvent(services, { key: camera.key, input, images });
      services.clock.advance(60_000);
      await sweep(services);
      await requestReview(services, { accountId, sessionId, actor: "test" });
      const [job] = await walk.receive();
      assert.ok(job);
      const { digestId } = await reportDigest(services, findingsFor(job, sees));
      const { title, summary } = await getDigest(services, { accountId, id: digestId });
      return { title, text: summary.map((sentence) => sentence.text).join(" ") };
    };
    const truck: Detection = { label: "truck", confidence: 0.9, box: [0.42, 0.27, 0.5, 0.6] };
    const same: Detection = { label: "car", confidence: 0.8, box: [0.43, 0.28, 0.49, 0.6] };
    const other: Detection = { label: "truck", confidence: 0.9, box: [0.02, 0.3, 0.3, 0.5] };
    assert.match((await visit([truck], "vehicle")).title, /^A truck/);
    for (const type of ["vehicle", "motion", "person"] as const) {
      const again = await visit([same], type);
      assert.doesNotMatch(again.title, /truck|car/, type);
      assert.match(again.text, /was there before/);
    }
    assert.match((await visit([truck, person(0)])).title, /^A person at the driveway$/);
    assert.match(
      (await visit([truck, person(0)])).title,
      /^A person/,
      "nobody is ever taken for a part of the scene",
    );
    assert.match((await visit([truck, other])).title, /^A truck/, "another one is news");
    for (let time = 0; time < 3; time += 1) {
      assert.match((await visit([])).title, /reported|Nothing|no longer/);
    }
    assert.match((await visit([truck], "vehicle")).title, /^A truck/, "it was away");
  });
});
