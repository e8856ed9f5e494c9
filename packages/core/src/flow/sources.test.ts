import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { importer, itemsOf, lookAt, workAll } from "../../testing/runs.ts";
import { arrange } from "../../testing/walk.ts";
import { type EventType, isLifeSafety, types } from "../event/wire.ts";
import { source as limits } from "../limits.ts";
import { RunRules } from "../question/wire.ts";
import type { SourceState, SourceView } from "../source/wire.ts";
import {
  changeSource,
  closeSession,
  dismissEvent,
  getRun,
  getSession,
  getSource,
  listRunItems,
  listSources,
  requestReview,
} from "./index.ts";

const rules = RunRules.parse({ rules: [{ kind: "requires", label: "person", confidenceMin: 0.5 }] });

describe("a source that gives pictures in runs", () => {
  let base: TestDatabase;
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());

  /** A source of its own, whose runs show a person where `isGood` says so. */
  function arrangeSource(name: string) {
    const own = importer(base);
    const { services, accountId } = own;
    let runs = 0;
    const open = () => own.open(name, { rules });
    /** As many chunks as it takes, the last of them first, so that none may rely on the order. */
    async function give(count: number, isGood: (no: number) => boolean) {
      runs += 1;
      services.clock.advance(60_000);
      const { id } = await open();
      const items = itemsOf(Array.from({ length: count }, (_, no) => `${name} ${runs} ${no}`));
      for (let from = Math.floor((count - 1) / 256) * 256; from >= 0; from -= 256) {
        await own.add(id, items.slice(from, from + 256));
      }
      await own.move(id, "finish-listing");
      services.clock.advance(60_000);
      const looked = await workAll(services, (item) => ({
        ...lookAt(item),
        detections: isGood(item.no) ? [{ label: "person", confidence: 0.9, box: [0, 0, 0.5, 0.5] }] : [],
      }));
      const run = await getRun(services, { accountId, id });
      const { open: left, ends, accepted } = run;
      assert.equal(accepted, left + Object.values(ends).reduce((sum, count_) => sum + count_, 0));
      return { run, looked, id };
    }
    const find = async (): Promise<SourceView> => {
      const { items } = await listSources(services, accountId);
      const found = items.find((one) => one.name === name);
      assert.ok(found);
      return found;
    };
    return { ...own, name, open, give, find };
  }
  const badIn10 = (bad: number) => (no: number) => no % 10 >= bad;

  it("is on probation and then blocked when 40 % are off-topic, with reasons, and comes back", async () => {
    const { give, find, open, services, accountId } = arrangeSource("partner");
    await give(200, badIn10(4));
    const onProbation = await find();
    assert.equal(onProbation.state, "probation");
    assert.deepEqual(
      onProbation.reasons.map(({ fault, found, of }) => [fault, found, of]),
      [["off-topic", 80, 200]],
    );
    assert.ok((onProbation.reasons[0]?.low ?? 0) > limits.faults["off-topic"].probation);

    const second = await give(600, badIn10(4));
    assert.equal(second.looked, 256, "the rest waits for the first chunk, and nobody looks at it");
    assert.deepEqual([second.run.ends.inspected, second.run.ends.refused], [256, 344]);
    const { items } = await listRunItems(services, { accountId, id: second.id, after: 299, limit: 1 });
    assert.match(items[0]?.reason ?? "", /probation/);
    const blocked = await find();
    assert.equal(blocked.state, "blocked");
    assert.deepEqual(
      blocked.reasons.map(({ fault }) => fault),
      ["off-topic"],
      "what was held back is not held against it as broken",
    );
    await assert.rejects(open(), { code: "source-blocked", message: /of 256 off-topic/ });
    assert.equal(
      blocked.wayBack?.until,
      new Date(Date.parse(blocked.since) + limits.blockedMs).toISOString(),
    );

    services.clock.advance(limits.blockedMs);
    assert.equal((await find()).state, "probation");
    const third = await give(600, badIn10(0));
    assert.equal(third.looked, 600, "the first were good, and the rest follows");
    assert.equal((await find()).state, "trusted");
    const audited = await base.owner`select detail ->> 'from' as "from", detail ->> 'to' as "to" from audit
      where action = 'source.rated' and subject = ${blocked.id} order by at, id`;
    assert.deepEqual(
      audited.map(({ from, to }) => [from, to]),
      [
        ["trusted", "probation"],
        ["probation", "blocked"],
        ["blocked", "probation"],
        ["probation", "trusted"],
      ],
    );
  });

  it("is what it was while few tell, and is judged by duplicates and broken pictures too", async () => {
    const few = arrangeSource("few");
    await few.give(5, badIn10(4));
    assert.equal((await few.find()).state, "trusted");
    const again = arrangeSource("again");
    const { id } = await again.open();
    await again.add(id, itemsOf(Array.from({ length: 60 }, (_, no) => `again ${no % 10}`)));
    await again.move(id, "finish-listing");
    await workAll(again.services);
    const { state, reasons } = await again.find();
    assert.equal(state, "probation");
    assert.ok(reasons.some(({ fault, found, of }) => fault === "duplicates" && found === 50 && of === 60));
  });

  it("gives as many as its owner says, in a run and in a day; those that are known may come again", async () => {
    const own = arrangeSource("quota");
    const { give, find, open, services, accountId } = own;
    await give(5, badIn10(0));
    const { id } = await find();
    const by = { accountId, actor: "owner" };
    const { quota } = await changeSource(services, by, { id, itemsPerRun: 10, itemsPerDay: 20 });
    assert.deepEqual(quota, { itemsPerRun: 10, itemsPerDay: 20 });
    const run = await open();
    const items = itemsOf(Array.from({ length: 11 }, (_, no) => `quota of ${no}`));
    await own.add(run.id, items.slice(0, 10));
    await own.add(run.id, items.slice(0, 10));
    await assert.rejects(own.add(run.id, items), { code: "too-many" });
    const next = await open();
    await assert.rejects(own.add(next.id, itemsOf(["a", "b", "c", "d", "e", "f"])), { code: "too-many" });
    await own.add(next.id, itemsOf(["a", "b", "c", "d", "e"]));
    await changeSource(services, by, { id, itemsPerDay: null });
    await own.add(next.id, itemsOf(["a", "b", "c", "d", "e", "f"]));
  });

  it("is trusted again by an owner's word, with a reason, and what was before counts no more", async () => {
    const { give, find, services, accountId } = arrangeSource("overruled");
    await give(200, badIn10(9));
    const { id, state } = await find();
    assert.equal(state, "probation");
    const change = { id, state: "trusted" as const, reason: "The lens was cleaned" };
    const said = await changeSource(services, { accountId, actor: "mbr_owner" }, change);
    assert.deepEqual(
      [said.state, said.overruled?.by, said.overruled?.reason],
      ["trusted", "mbr_owner", change.reason],
    );
    assert.equal((await find()).state, "trusted");
    await give(200, badIn10(9));
    assert.equal((await find()).state, "probation", "what comes after it counts");
    const foreign = { accountId: base.seeded.accounts[0]?.accountId ?? "", actor: "x" };
    await assert.rejects(changeSource(services, foreign, change), { code: "not-found" });
    await assert.rejects(getSource(services, { ...foreign, id }), { code: "not-found" });
  });
});

describe("a device that cries wolf", () => {
  let base: TestDatabase;
  let wolf: ReturnType<typeof arrangeDevice>;
  before(async () => {
    base = await createTestDatabase();
    wolf = arrangeDevice();
  });
  after(() => base.close());

  function arrangeDevice() {
    const walk = arrange(base, "pro");
    const { services, accountId } = walk;
    const by = { accountId, actor: walk.memberId };
    let minutes = 0;
    /** A session of one event, closed. @returns its id, and how many jobs it led to */
    async function happen(type: EventType, part: { mode?: "away" | "emergency"; zone?: string } = {}) {
      minutes += 1;
      services.clock.advance(10 * 60_000);
      const event = walk.event({ type, mode: "away", zone: "back_door", ...part });
      const posted = await walk.post(event, [await image("a.jpg", minutes)]);
      services.clock.advance(5 * 60_000);
      await closeSession(services, posted.sessionId);
      return { ...posted, jobs: (await walk.receive()).length };
    }
    async function state(): Promise<SourceView> {
      const { deviceId } = base.seeded.accounts.find((one) => one.accountId === accountId) ?? {};
      const found = (await listSources(services, accountId)).items.find(({ device }) => device === deviceId);
      assert.ok(found);
      return found;
    }
    async function set(to: SourceState): Promise<void> {
      await changeSource(services, by, { id: (await state()).id, state: to, reason: "for this test" });
    }
    return { ...walk, by, happen, state, set };
  }

  it("comes on probation and is blocked by what people call false, and never by what threatens life", async () => {
    const { services, by, happen, state } = wolf;
    for (const [from, to] of [
      ["trusted", "probation"],
      ["probation", "blocked"],
    ] as const) {
      for (let no = 0; no < limits.judgedMin; no += 1) {
        assert.equal((await state()).state, from, `after ${no}`);
        const { id } = await happen("motion", { zone: "garden" });
        await dismissEvent(services, by, id);
      }
      assert.equal((await state()).state, to);
    }
    const { reasons } = await state();
    assert.deepEqual(
      reasons.map(({ fault, found, of }) => [fault, found, of]),
      [["off-topic", limits.judgedMin, limits.judgedMin]],
    );
  });

  it("has its sessions looked at by level: above standard on probation, critical ones when it is blocked, and all that are asked for", async () => {
    const { happen, set, services, accountId, memberId } = wolf;
    await set("trusted");
    const trusted = await happen("person");
    const { assessment } = await getSession(services, { accountId, id: trusted.sessionId });
    assert.equal(trusted.jobs, 1);
    await set("blocked");
    const blocked = await happen("person");
    assert.equal(blocked.jobs, 0, assessment.level);
    const seen = await getSession(services, { accountId, id: blocked.sessionId });
    assert.deepEqual([seen.digest.state, seen.digest.reason], ["none", "source"]);
    const asked = { accountId, sessionId: blocked.sessionId, actor: memberId };
    assert.equal((await requestReview(services, asked)).kind, "created");
    assert.equal((await wolf.receive()).length, 1);
    services.clock.advance(limits.blockedMs);
    assert.equal(
      (await happen("person")).jobs,
      assessment.level === "standard" ? 0 : 1,
      "on probation by now",
    );
  });

  it("is looked at for what threatens life in any state, by every such type and in an emergency", async () => {
    const { happen, set } = wolf;
    const alarming = types.filter((type) => isLifeSafety({ type }));
    assert.ok(alarming.includes("smoke") && alarming.length >= 6);
    for (const to of ["probation", "blocked"] as const) {
      await set(to);
      for (const type of alarming) assert.equal((await happen(type)).jobs, 1, `${type}, ${to}`);
      assert.equal((await happen("motion", { mode: "emergency" })).jobs, 1, `an emergency, ${to}`);
    }
  });
});
