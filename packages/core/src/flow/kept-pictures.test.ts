/** Pictures are kept for as long as their account has it: then they are gone, their digest stays, and the ledger says so. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import type { Tier } from "../tiers.ts";
import {
  changeAccount,
  changeTier,
  exportDigest,
  getAccount,
  getDigest,
  getLedger,
  reportDigest,
  requestReview,
  sealEvent,
  sweep,
} from "./index.ts";

const dayMs = 24 * 60 * 60 * 1000;
let seen = 0;

describe("pictures", () => {
  let base: TestDatabase;
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());

  async function posted(walk: Arranged) {
    seen += 1;
    const picture = await image("door.jpg", seen);
    const input = walk.event({ type: "person" });
    const { id, sessionId } = await walk.post(input, [picture]);
    const [row] = await base.owner<{ momentId: string; deviceId: string }[]>`
      select m.id as "momentId", e.device_id as "deviceId" from moment m join event e on e.id = m.event_id where e.id = ${id}`;
    assert.ok(row);
    const key = `evidence/${walk.accountId}/${id}/${row.momentId}`;
    return { ...row, id, sessionId, key, again: () => walk.post(input, [picture]) };
  }
  const isThere = async (walk: Arranged, { key }: { key: string }) =>
    (await walk.services.blobs.find(key)) !== undefined;
  const kept = async (walk: Arranged) => (await getAccount(walk.services, walk.accountId)).pictures;
  const choose = (walk: Arranged, picturesDays: number | null) =>
    changeAccount(walk.services, { accountId: walk.accountId, actor: "test" }, { picturesDays });

  /** Each tier's, on one clock and in one store. */
  function arrangeAll() {
    const first = arrange(base, "pro");
    const tiers: Tier[] = ["lite", "guardian", "pro"];
    const [lite, guardian, pro] = tiers.map((tier) => arrange(base, tier, first.services));
    assert.ok(lite && guardian && pro);
    return { lite, guardian, pro, services: first.services };
  }

  it("go when their tier's days are over, not before, and nobody else's with them", async () => {
    const { lite, guardian, pro, services } = arrangeAll();
    const all = [lite, guardian, pro];
    const pictures = await Promise.all(all.map(posted));
    const there = () =>
      Promise.all(all.map((walk, index) => isThere(walk, pictures[index] ?? assert.fail())));
    services.clock.advance(6 * dayMs);
    await sweep(services);
    assert.deepEqual(await there(), [true, true, true]);
    services.clock.advance(2 * dayMs);
    assert.equal((await sweep(services)).erased, 1);
    assert.deepEqual(await there(), [false, true, true]);
    services.clock.advance(23 * dayMs);
    await sweep(services);
    assert.deepEqual(await there(), [false, false, true]);
    services.clock.advance(60 * dayMs);
    await sweep(services);
    assert.deepEqual(await there(), [false, false, false]);
    assert.equal((await sweep(services)).erased, 0);
    for (const { accountId } of all) {
      const { balanced, lines } = await getLedger(services, accountId);
      const moments = lines.find(({ noun }) => noun === "moments");
      assert.equal(balanced, true);
      assert.equal(moments?.states.find(({ state }) => state === "erased")?.count, 1);
    }
  });

  it("leave their digest, which says since when they are gone, and come back by no replay", async () => {
    const { guardian: walk, services } = arrangeAll();
    const picture = await posted(walk);
    await walk.beat();
    const { accountId } = walk;
    const asked = await requestReview(services, { accountId, sessionId: picture.sessionId, actor: "test" });
    assert.equal(asked.kind, "created");
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(services, findingsFor(job, []));
    services.clock.advance(31 * dayMs);
    const erasedAt = services.clock.now().toISOString();
    await sweep(services);
    const [moment] = (await getDigest(services, { accountId, id: digestId })).moments;
    assert.deepEqual([moment?.image, moment?.imageErasedAt], [undefined, erasedAt]);
    assert.equal((await getDigest(services, { accountId, id: digestId })).cover, null);
    assert.ok((await exportDigest(services, { accountId, actor: "test", digestId })).bytes > 0);
    assert.equal((await picture.again()).status, "duplicate");
    const { deviceId, id: eventId } = picture;
    const sealed = await sealEvent(services, { accountId, deviceId, eventId });
    assert.deepEqual([sealed.sealed, sealed.uploads], [true, []]);
    assert.equal(await isThere(walk, picture), false);
  });

  it("are erased by the next sweep when the store did not delete them, and said to be there until then", async () => {
    const { guardian: walk, services } = arrangeAll();
    const picture = await posted(walk);
    services.clock.advance(31 * dayMs);
    const blobs = { ...services.blobs, delete: () => Promise.reject(new Error("the store is away")) };
    assert.equal((await sweep({ ...services, blobs })).erased, 0);
    const state = async () =>
      (await base.owner<{ state: string }[]>`select state from moment where id = ${picture.momentId}`)[0]
        ?.state;
    assert.equal(await state(), "ready");
    assert.equal((await sweep(services)).erased, 1);
    assert.equal(await state(), "erased");
  });

  it("are kept for fewer days when an owner chose so, and never for more than the tier has", async () => {
    const { guardian: walk, services } = arrangeAll();
    await assert.rejects(choose(walk, 31), { code: "invalid-body" });
    const picture = await posted(walk);
    assert.deepEqual((await choose(walk, 3)).pictures, { days: 3, daysChosen: 3, daysMax: 30 });
    services.clock.advance(4 * dayMs);
    await sweep(services);
    assert.equal(await isThere(walk, picture), false);
    assert.deepEqual((await choose(walk, null)).pictures, { days: 30, daysChosen: null, daysMax: 30 });
  });

  it("are kept a while longer after a tier that kept them longer, unless an owner chooses", async () => {
    const { pro: walk, services } = arrangeAll();
    const by = { accountId: walk.accountId, actor: "test" };
    const picture = await posted(walk);
    services.clock.advance(20 * dayMs);
    await changeTier(services, by, "lite");
    const until = new Date(services.clock.now().getTime() + 30 * dayMs).toISOString();
    assert.deepEqual(await kept(walk), { days: 90, daysChosen: null, daysMax: 7, heldUntil: until });
    services.clock.advance(29 * dayMs);
    await sweep(services);
    assert.equal(await isThere(walk, picture), true);
    services.clock.advance(2 * dayMs);
    assert.deepEqual(await kept(walk), { days: 7, daysChosen: null, daysMax: 7 });
    await sweep(services);
    assert.equal(await isThere(walk, picture), false);

    await changeTier(services, by, "pro");
    const next = await posted(walk);
    services.clock.advance(20 * dayMs);
    await changeTier(services, by, "lite");
    await choose(walk, 7);
    await sweep(services);
    assert.equal(await isThere(walk, next), false);
    await changeTier(services, by, "pro");
  });

  it("are kept for no longer than the installation has it", async () => {
    const { pro: walk, services } = arrangeAll();
    const short = { ...services, policy: { ...services.policy, evidenceDays: 2 } };
    assert.equal((await getAccount(short, walk.accountId)).pictures.days, 2);
    const picture = await posted(walk);
    services.clock.advance(3 * dayMs);
    await sweep(short);
    assert.equal(await isThere(walk, picture), false);
  });
});
