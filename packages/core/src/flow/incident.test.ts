/** What goes on within a minute, before one camera or two, is one incident: one digest, one alert, one allowance. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { consentTo } from "../../testing/consents.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import type { Detection } from "../digest/wire.ts";
import { EndpointInput } from "../endpoint/wire.ts";
import type { EventInput } from "../event/wire.ts";
import { rank } from "../level.ts";
import {
  acceptEvent,
  addDevice,
  addEndpoint,
  getDelivery,
  getDigest,
  getUsage,
  listDeliveries,
  listDigests,
  reportDigest,
  sweep,
} from "./index.ts";

const person: Detection = { label: "person", confidence: 0.9, box: [0.4, 0.3, 0.1, 0.5] };

describe("an incident", () => {
  let base: TestDatabase;
  let walk: Arranged;
  let seed = 40_000;
  let cameras: { key: string }[];
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());
  beforeEach(async () => {
    await base.owner`truncate session, endpoint, stream_entry cascade`;
    walk = arrange(base, "guardian");
    const by = { accountId: walk.accountId, actor: walk.memberId };
    const siteId = base.seeded.accounts.find((one) => one.accountId === walk.accountId)?.siteId ?? "";
    cameras = [
      await addDevice(walk.services, by, { name: "front", siteId }),
      await addDevice(walk.services, by, { name: "back", siteId }),
    ];
    await addEndpoint(
      walk.services,
      by,
      EndpointInput.parse({
        type: "webhook",
        url: "http://127.0.0.1:1/hook",
        kinds: ["digest", "addendum"],
        levelFrom: "low",
      }),
    );
  });

  /** A camera reports, its session falls silent after `silent` seconds, and whatever was asked of a worker is answered. */
  async function happens(
    camera: 0 | 1,
    sees: readonly Detection[],
    silent = 40,
    type: EventInput["type"] = "person",
    reidentification = false,
  ) {
    const { services } = walk;
    const input = walk.event({
      type,
      zone: ["front_door", "back_door"][camera] ?? "",
      mode: "away",
      confidence: 0.9,
    });
    seed += 1;
    const images = [await image(`picture-${seed}.jpg`, seed)];
    await acceptEvent(services, { key: cameras[camera]?.key ?? "", input, images });
    services.clock.advance(silent * 1000);
    await sweep(services);
    for (const job of await walk.receive()) {
      const report = findingsFor(job, [...sees]);
      report.worker.capabilities.reidentification = reidentification;
      await reportDigest(services, report);
    }
  }

  async function told() {
    const { services, accountId, memberId } = walk;
    const page = { accountId, memberId, limit: 100, before: undefined };
    const digests = (await listDigests(services, page)).items;
    const { items } = await listDeliveries(services, page);
    const deliveries = await Promise.all(items.map(({ id }) => getDelivery(services, { accountId, id })));
    return {
      digests: await Promise.all(digests.map(({ id }) => getDigest(services, { accountId, id }))),
      told: deliveries.toReversed().map(({ message: { data } }) => data),
      rung: deliveries.filter(({ message }) => message.data.rings).length,
      threads: new Set(deliveries.map(({ message }) => message.data.thread)).size,
      used: (await getUsage(services, accountId)).usage.reviews.used,
    };
  }

  it("is one where two cameras see somebody within a minute: one digest with both, one alert, one allowance", async () => {
    const usedBefore = (await told()).used;
    await happens(0, [person]);
    await happens(1, [person]);
    const { digests, rung, threads, used } = await told();
    assert.equal(digests.length, 1);
    assert.equal(rung, 1);
    assert.equal(threads, 1);
    assert.equal(used - usedBefore, 1);
    const [digest] = digests;
    assert.deepEqual(
      new Set(digest?.timeline.map(({ text }) => text.replace(/^[\d:-]+ /, ""))),
      new Set(["one person at the front door", "one person at the back door"]),
    );
    assert.deepEqual(
      digest?.moments.map(({ zone }) => zone),
      ["front_door", "back_door"],
    );
  });

  it("says that it is one person only of names that go on from its first part", async () => {
    await consentTo(base, ["reidentification"]);
    const named = (trackId: string) => [{ ...person, trackId }];
    const lastSaid = async () => (await told()).digests[0]?.summary.map(({ text }) => text).join(" ") ?? "";
    await happens(0, named("person-1"), 40, "person", true);
    await happens(1, named("person-1@0"), 40, "person", true);
    assert.match(await lastSaid(), /By their looks it is one person/);
    walk.services.clock.advance(120_000);
    await happens(0, named("person-1"), 40, "person", true);
    await happens(1, named("person-1"), 40, "person", true);
    const { digests, rung } = await told();
    assert.equal(digests.length, 2);
    assert.equal(rung, 2);
    assert.doesNotMatch(await lastSaid(), /by their looks|the same person/i);
    assert.match(await lastSaid(), /may be the person at the front door/);
  });

  it("grows while it goes on, and ends with its minute", async () => {
    for (const camera of [0, 1, 0] as const) await happens(camera, [person]);
    const grown = await told();
    assert.equal(grown.digests.length, 1);
    const ringing = grown.told.filter(({ rings }) => rings).map(({ level }) => rank(level));
    assert.deepEqual(
      ringing,
      [...new Set(ringing)].toSorted((a, b) => a - b),
      "each time it rings, the level has risen",
    );
    walk.services.clock.advance(120_000);
    await happens(0, [person]);
    const { digests, rung, threads } = await told();
    assert.equal(digests.length, 2);
    assert.equal(rung, grown.rung + 1);
    assert.equal(threads, 2);
  });

  it("is none where nobody was seen before", async () => {
    await happens(0, []);
    await happens(1, [person]);
    assert.equal((await told()).digests.length, 2);
  });

  it("rings again when its level rises", async () => {
    await happens(0, [person]);
    const calm = await told();
    await happens(1, [person, { ...person, box: [0.7, 0.3, 0.1, 0.5] }], 40, "door");
    const { digests, rung } = await told();
    assert.equal(digests.length, 1);
    assert.notEqual(digests[0]?.level, calm.digests[0]?.level);
    assert.equal(rung, 2);
  });
});
