/** The scene of a camera, from reports to sentences: learned once, corrected by people, and never of people. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import { inAccount } from "../db/index.ts";
import type { Detection, DigestReport } from "../digest/wire.ts";
import {
  acceptEvent,
  addDevice,
  changeAreas,
  forgetObject,
  getDigest,
  getScene,
  listDevices,
  renameObject,
  reportDigest,
  requestReview,
  sweep,
  teachObject,
} from "./index.ts";

const truck: Detection = {
  label: "truck",
  confidence: 0.9,
  box: [0.42, 0.27, 0.5, 0.6],
  appearance: { hash: "0f3c5a96e1874b2d", colour: "white" },
};
const person: Detection = { label: "person", confidence: 0.9, box: [0.05, 0.3, 0.1, 0.5] };
const dog: Detection = { label: "dog", confidence: 0.9, box: [0.05, 0.7, 0.1, 0.1] };

describe("the scene of a camera", () => {
  let base: TestDatabase;
  let walk: Arranged;
  let seed = 20_000;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
  });
  after(() => base.close());

  type Camera = { id: string; key: string };
  const by = (deviceId: string) => ({ accountId: walk.accountId, actor: "test", deviceId });
  const objects = async ({ id }: Camera) =>
    (await getScene(walk.services, { accountId: walk.accountId, deviceId: id })).objects;

  async function camera(name: string): Promise<Camera> {
    const { accountId, services } = walk;
    const siteId = base.seeded.accounts.find((one) => one.accountId === accountId)?.siteId ?? "";
    services.clock.advance(86_400_000);
    return addDevice(services, { accountId, actor: "test" }, { name, siteId });
  }

  type Sees = readonly Detection[];
  type Options = {
    pictures?: number;
    minutes?: number;
    ageMinutes?: number;
    night?: boolean;
    sharpness?: number;
    bands?: string[];
  };

  /** Something moves, and these pictures are looked at: what is told of it, and the report. */
  async function visit(
    { key }: Camera,
    sees: Sees,
    { pictures = 1, minutes = 30, ageMinutes = 0, night = false, sharpness = 30, bands }: Options = {},
  ) {
    const { services, accountId } = walk;
    services.clock.advance(minutes * 60_000);
    const images = await Promise.all(
      Array.from({ length: pictures }, () => image(`picture-${(seed += 1)}.jpg`, seed)),
    );
    const occurredAt = new Date(services.clock.now().getTime() - ageMinutes * 60_000).toISOString();
    const input = walk.event({ type: "motion", zone: "driveway", mode: "away", confidence: 0.9, occurredAt });
    const { sessionId } = await acceptEvent(services, { key, input, images });
    services.clock.advance(60_000);
    await sweep(services);
    await requestReview(services, { accountId, sessionId, actor: "test" });
    const jobs = await walk.receive();
    const job = jobs.find((one) => one.sessionId === sessionId);
    assert.ok(job);
    const report = findingsFor(job, [...sees]);
    for (const [index, finding] of report.moments.entries()) {
      const own = Array.from({ length: 8 }, (_, band) =>
        `${(seed * 40 + index) * 8 + band}`.padStart(8, "0").slice(-8),
      );
      finding.statistics = {
        monochrome: night,
        brightness: 80,
        overexposed: 0,
        sharpness,
        bands: bands ?? own,
      };
    }
    return { ...(await told(report)), report };
  }

  async function told(report: DigestReport) {
    const { services, accountId } = walk;
    const { digestId } = await reportDigest(services, report);
    const { title, summary, counts } = await getDigest(services, { accountId, id: digestId });
    return { title, text: summary.map((sentence) => sentence.text).join(" "), counts, summary };
  }

  it("tells of an arrival once, that it is still there, and of its departure once", async () => {
    const drive = await camera("drive");
    await visit(drive, []);
    assert.match((await visit(drive, [truck], { pictures: 2 })).title, /^A truck at the driveway/);
    const again = await visit(drive, [truck, person]);
    assert.equal(again.title, "A person at the driveway");
    assert.match(again.text, /The white truck that arrived at \d\d:\d\d is still at the driveway\./);
    const atNight = await visit(drive, [{ ...truck, appearance: { hash: "0f3c5a96e1874b2d" } }], {
      night: true,
    });
    assert.match(atNight.text, /The truck that arrived at \d\d:\d\d is still at the driveway\./);
    const left = await visit(drive, [], { pictures: 3 });
    assert.equal(left.title, "The truck is no longer at the driveway");
    assert.match(left.text, /The white truck that arrived at \d\d:\d\d is no longer at the driveway\./);
    const cited = left.summary.find(({ text }) => text.includes("no longer"))?.momentIds ?? [];
    assert.ok(cited.length === 1 && left.report.moments.some(({ id }) => id === cited[0]));
    assert.doesNotMatch((await visit(drive, [], { pictures: 3 })).text, /truck/);
    assert.match((await visit(drive, [truck])).title, /^A truck/, "it is back");
  });

  it("learns a report once, however often it comes, and says the same of it", async () => {
    const yard = await camera("yard");
    await visit(yard, [truck], { pictures: 2 });
    const { report, text } = await visit(yard, [truck, person], { pictures: 2 });
    const learned = await objects(yard);
    for (let time = 0; time < 3; time += 1) assert.equal((await told(report)).text, text);
    assert.deepEqual(await objects(yard), learned);
    const differing = { ...report, finishedAt: new Date(0).toISOString() };
    await assert.rejects(told(differing), { code: "digest-differs" });
    assert.deepEqual(await objects(yard), learned);
  });

  it("learns nothing of a report that is not stored", async () => {
    const gate = await camera("gate");
    await visit(gate, [truck]);
    const learned = await objects(gate);
    const { report } = await visit(gate, [person]);
    const [first] = report.moments;
    assert.ok(first);
    const stray = {
      ...report,
      reviewId: report.reviewId,
      moments: [{ ...first, id: `mom_${"0".repeat(32)}` }],
    };
    await assert.rejects(told(stray));
    assert.equal((await objects(gate)).length, learned.length);
  });

  it("takes no late picture for what is there now", async () => {
    const lane = await camera("lane");
    await visit(lane, [truck], { pictures: 3, minutes: 300 });
    const learned = await getScene(walk.services, { accountId: walk.accountId, deviceId: lane.id });
    const late = await visit(lane, [], { pictures: 4, minutes: 1, ageMinutes: 240 });
    assert.doesNotMatch(late.text, /no longer/);
    const scene = await getScene(walk.services, { accountId: walk.accountId, deviceId: lane.id });
    assert.deepEqual(scene.objects, learned.objects);
    assert.equal(scene.learnedUntil, learned.learnedUntil);
  });

  it("is taught what belongs there, by a name, and corrected: then it is news again", async () => {
    const porch = await camera("porch");
    const { box, label } = truck;
    const taught = await teachObject(walk.services, by(porch.id), { box, label, name: "the bakery van" });
    const known = await visit(porch, [truck, person], { pictures: 2 });
    assert.equal(known.title, "A person at the driveway");
    assert.match(known.text, /“the bakery van” is still at the driveway/i);
    const same = await teachObject(walk.services, by(porch.id), { box, label: "car", name: "my van" });
    assert.equal(same.id, taught.id);
    await renameObject(walk.services, { ...by(porch.id), objectId: taught.id }, { name: "our van" });
    const renamed = await visit(porch, [truck, person]);
    assert.match(renamed.text, /“our van”/);
    await forgetObject(walk.services, { ...by(porch.id), objectId: taught.id });
    const corrected = await visit(porch, [truck, person]);
    assert.match(corrected.title, /^A person and a truck/);
    assert.equal(corrected.counts.person, 1, "a correction raises nobody");
  });

  it("ignores things in a corner that somebody drew, and nobody and no animal there", async () => {
    const road = await camera("road");
    const everywhere: [number, number][] = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    await changeAreas(walk.services, by(road.id), { areas: [{ kind: "ignore", outline: everywhere }] });
    const { title, text } = await visit(road, [truck, person, dog]);
    assert.equal(title, "A person and a dog at the driveway");
    assert.doesNotMatch(text, /truck/);
    await changeAreas(walk.services, by(road.id), { areas: [] });
    assert.match((await visit(road, [{ ...truck, box: [0.1, 0.1, 0.3, 0.3] }])).title, /truck/);
  });

  it("says in which zone somebody stands that was drawn on the picture", async () => {
    const front = await camera("front");
    const left: [number, number][] = [
      [0, 0.5],
      [0.3, 0.5],
      [0.3, 1],
      [0, 1],
    ];
    await changeAreas(walk.services, by(front.id), {
      areas: [{ kind: "zone", zone: "gate", outline: left }],
    });
    assert.equal((await visit(front, [person])).title, "A person at the gate");
    assert.equal(
      (await visit(front, [{ ...person, box: [0.6, 0.3, 0.1, 0.5] }])).title,
      "A person at the driveway",
    );
  });

  it("holds nobody, whatever is asked of it", async () => {
    const hall = await camera("hall");
    for (const label of ["person", "dog", "face", "child"]) {
      await assert.rejects(teachObject(walk.services, by(hall.id), { box: person.box, label }), {
        code: "invalid-body",
      });
      await assert.rejects(
        inAccount(
          base.database,
          walk.accountId,
          (_, sql) =>
            sql`insert into scene_object (id, account_id, device_id, label, box, confidence, hashes, colours, arrived_at, arrival, last_seen_at, tally, evidence)
            values (${`obj_${label}`}, ${walk.accountId}, ${hall.id}, ${label}, '[]', 1, '[]', '{}', now(), 'always', now(), '{}', '[]')`,
        ),
        { code: "23514", constraint: "scene_object_is_a_thing" },
      );
    }
    for (let time = 0; time < 4; time += 1) {
      const { title } = await visit(hall, [person], { pictures: 3 });
      assert.equal(title, "A person at the driveway");
    }
    assert.deepEqual(await objects(hall), []);
  });

  it("tells of a camera that is out of focus or stands still, instead of that nobody is there", async () => {
    const shed = await camera("shed");
    const troubles = async () =>
      (await listDevices(walk.services, walk.accountId))
        .find(({ id }) => id === shed.id)
        ?.troubles.map(({ kind }) => kind);
    for (let time = 0; time < 6; time += 1) await visit(shed, []);
    assert.deepEqual(await troubles(), []);
    const soft = await visit(shed, [], { pictures: 3, sharpness: 5 });
    assert.equal(soft.title, "Nothing can be made out at the driveway");
    assert.match(soft.text, /Three pictures are blurred/);
    assert.deepEqual(await troubles(), ["blurred"]);
    await visit(shed, []);
    assert.deepEqual(await troubles(), []);
    const bands = Array.from({ length: 8 }, (_, band) => `0000000${band}`);
    for (let time = 0; time < 4; time += 1) await visit(shed, [], { bands });
    const still = await visit(shed, [], { bands });
    assert.match(still.text, /has shown for hours, to the last dot/);
    assert.doesNotMatch(still.text, /Nothing was seen/);
    assert.deepEqual(await troubles(), ["frozen"]);
    const peopled = await visit(shed, [person], { bands });
    assert.equal(peopled.title, "A person at the driveway", "whoever is seen is told of all the same");
    await visit(shed, []);
    assert.deepEqual(await troubles(), []);
  });
});
