/** What a model on trial sees goes to its experiment, and nowhere else. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { unzipSync } from "fflate";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import { tablesOf } from "../../testing/whole-account.ts";
import { raw } from "../db/index.ts";
import type { Detection } from "../digest/wire.ts";
import { shadow as limits } from "../limits.ts";
import * as Shadow from "../shadow/index.ts";
import {
  answerDisagreement,
  changeAccount,
  exportDigest,
  getDigest,
  listDisagreements,
  listExperiments,
  offerShadowLook,
  openExperiment,
  recordHeartbeat,
  recordShadowLook,
  registerModel,
  reportDigest,
  requestReview,
  stopExperiment,
  sweep,
} from "./index.ts";

const canary = "unmistakable unicorn";
const model = { name: "on trial", sha256: "1".repeat(64) };
const actor = "operator";
const box: Detection["box"] = [0.1, 0.1, 0.2, 0.4];
const person: Detection = { label: "person", confidence: 0.9, box, trackId: "person-who-is-who" };
const unicorn: Detection = { label: canary, confidence: 0.99, box };
const dog: Detection = { label: "dog", confidence: 0.8, box: [0.6, 0.6, 0.2, 0.2] };

describe("a model on trial", () => {
  let base: TestDatabase;
  let walk: Arranged;
  let experimentId: string;
  let pictures = 100;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
    await registerModel(walk.services, actor, { ...model, licence: "Apache-2.0", agreement: "" });
    await walk.beat();
    await takePart(true);
  });
  after(() => base.close());
  beforeEach(async () => {
    const opening = { challenger: model, marginPoints: 0, slices: ["person"], shadowShare: limits.shareMax };
    for (const { id } of (await listExperiments(walk.services)).items) {
      await stopExperiment(walk.services, id);
    }
    ({ id: experimentId } = await openExperiment(walk.services, actor, opening));
  });

  const takePart = (modelTrials: boolean) =>
    changeAccount(walk.services, { accountId: walk.accountId, actor: walk.memberId }, { modelTrials });
  const standing = async () => {
    const found = (await listExperiments(walk.services)).items.find(({ id }) => id === experimentId);
    assert.ok(found);
    return { wins: found.wins, losses: found.losses, ties: found.ties };
  };

  /** A review whose every picture shows a person to the model in use. */
  async function reviewed(): Promise<{ reviewId: string; digestId: string }> {
    const { services, accountId } = walk;
    services.clock.advance(3_600_000);
    pictures += 2;
    const images = [await image("a.jpg", pictures), await image("b.jpg", pictures + 1)];
    const { sessionId } = await walk.post(walk.event({ type: "person" }), images);
    await requestReview(services, { accountId, sessionId, actor: "test" });
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(services, findingsFor(job, [person]));
    return { reviewId: job.reviewId, digestId };
  }

  /** One that is looked at. */
  async function sampled(): Promise<{ reviewId: string; digestId: string }> {
    for (;;) {
      const one = await reviewed();
      if (Shadow.isSampled({ experimentId, reviewId: one.reviewId }, limits.shareMax)) return one;
    }
  }

  async function look(reviewId: string, detections: Detection[]) {
    const { item } = await offerShadowLook(walk.services, experimentId, { reviewId, model });
    assert.ok(item);
    return recordShadowLook(walk.services, experimentId, { reviewId, model, momentId: item.id, detections });
  }

  /** In which tables the words stand, whatever account's they are. */
  async function tablesThatSay(words: string): Promise<string[]> {
    const tables = await base.owner<
      { name: string }[]
    >`select tablename as name from pg_tables where schemaname = 'public'`;
    const found: string[] = [];
    for (const { name } of tables) {
      const [row] =
        await base.owner`select 1 from ${raw(`"${name}"`)} t where t::text like ${`%${words}%`} limit 1`;
      if (row) found.push(name);
    }
    return found.toSorted();
  }

  it("is told to workers with their heartbeats while its experiment runs", async () => {
    const beat = () =>
      recordHeartbeat(walk.services, {
        workerId: "w",
        model: { name: "test-model", sha256: "0".repeat(64) },
        provider: "cpu",
        itemsPerSecond: 0,
        itemsPerSecondCapacity: 40,
        batchP50Ms: 1,
        batchP95Ms: 1,
        inFlight: 0,
        queueDepthSeen: 0,
        reviewsInHand: [],
      });
    assert.deepEqual((await beat()).shadow, { experimentId, model, share: limits.shareMax });
    await stopExperiment(walk.services, experimentId);
    assert.equal((await beat()).shadow, null);
  });

  it("is in no digest, no message, no search, no bundle, and in no table but its own", async () => {
    const { services, accountId } = walk;
    const { reviewId, digestId } = await sampled();
    const digest = await getDigest(services, { accountId, id: digestId });
    assert.equal((await look(reviewId, [unicorn, dog])).status, "stored");
    assert.deepEqual(await tablesThatSay(canary), ["shadow_result"]);
    assert.deepEqual(await tablesThatSay("who-is-who"), []);
    assert.ok((await tablesOf(base.owner)).some(({ table }) => table === "shadow_result"));

    const [open] = (await listDisagreements(services, experimentId)).items;
    assert.ok(open);
    await answerDisagreement(services, actor, { experimentId, no: open.no, right: "a" });
    await sweep(services);
    assert.deepEqual(await tablesThatSay(canary), [], "what is counted is forgotten");
    const said = (view: typeof digest) =>
      JSON.stringify({ ...view, moments: view.moments.map(({ detections }) => detections) });
    assert.equal(
      said(await getDigest(services, { accountId, id: digestId })).replaceAll(
        /"(url|expiresAt)":"[^"]*"/g,
        "",
      ),
      said(digest).replaceAll(/"(url|expiresAt)":"[^"]*"/g, ""),
    );
    const { url } = await exportDigest(services, { accountId, actor: "test", digestId });
    const bundle = await services.blobs.read(new URL(url).pathname.slice(1), 1e9);
    assert.ok(bundle);
    const words = Object.values(unzipSync(bundle)).map((bytes) => Buffer.from(bytes).toString("latin1"));
    assert.ok(words.some((text) => text.includes("person")) && !words.some((text) => text.includes(canary)));
  });

  it("looks at one picture of a review in the share, the same however often it is asked, and of no other", async () => {
    const { services } = walk;
    const ask = (reviewId: string, other = model) =>
      offerShadowLook(services, experimentId, { reviewId, model: other });
    let beside = await reviewed();
    while (Shadow.isSampled({ experimentId, reviewId: beside.reviewId }, limits.shareMax)) {
      beside = await reviewed();
    }
    assert.equal((await ask(beside.reviewId)).item, null);
    const { reviewId } = await sampled();
    const { item } = await ask(reviewId);
    assert.equal((await ask(reviewId)).item?.id, item?.id);
    assert.ok(item && Date.parse(item.expiresAt) - services.clock.now().getTime() <= 60_000);
    assert.equal((await ask(reviewId, { name: "another", sha256: "2".repeat(64) })).item, null);
    const report = { reviewId, model, momentId: item.id, detections: [person] };
    await assert.rejects(
      recordShadowLook(services, experimentId, { ...report, momentId: `mom_${"0".repeat(32)}` }),
      { code: "invalid-body" },
    );
    const both = await Promise.all([1, 2].map(() => recordShadowLook(services, experimentId, report)));
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ["already-stored", "stored"]);
    assert.equal((await ask(reviewId)).item, null);
    await stopExperiment(services, experimentId);
    assert.equal((await recordShadowLook(services, experimentId, report)).status, "not-wanted");
  });

  it("needs no answer where the two agree, and counts nothing that came after a disagreement before it is answered", async () => {
    const { services } = walk;
    const moved = { ...person, box: [0.11, 0.1, 0.2, 0.4] as Detection["box"], confidence: 0.5 };
    await look((await sampled()).reviewId, [moved]);
    assert.deepEqual(await standing(), { wins: 0, losses: 0, ties: 1 });
    const second = await sampled();
    await look(second.reviewId, []);
    await look((await sampled()).reviewId, [person]);
    assert.deepEqual(await standing(), { wins: 0, losses: 0, ties: 1 });

    const { items } = await listDisagreements(services, experimentId);
    const [open] = items;
    assert.ok(open && items.length === 1);
    assert.deepEqual(open.kinds, ["person"]);
    const challenger = open.a.length === 0 ? "a" : "b";
    assert.equal(challenger, Shadow.sideOf({ experimentId, reviewId: second.reviewId }));
    assert.ok(!JSON.stringify(open).includes("confidence") && !JSON.stringify(open).includes(model.name));
    assert.equal((await fetchable(open.picture.url)) > 0, true);
    const answer = (right: "a" | "b") =>
      answerDisagreement(services, actor, { experimentId, no: open.no, right });
    const wrong = challenger === "a" ? "b" : "a";
    await Promise.all([answer(wrong), answer(wrong)]);
    await answer(challenger);
    assert.deepEqual(await standing(), { wins: 0, losses: 1, ties: 2 }, "the first answer stays");
    const judged = await base.owner<{ actor: string }[]>`
      select a.actor from audit a join shadow_result s on s.moment_id = a.subject
      where a.action = 'picture.judged' and s.experiment_id = ${experimentId}`;
    assert.deepEqual(
      judged.map((deed) => deed.actor),
      [actor],
      "who answers too late has judged nothing",
    );
  });

  const fetchable = async (url: string) =>
    (await walk.services.blobs.read(new URL(url).pathname.slice(1), 1e9))?.byteLength ?? 0;

  it("looks at nothing more while as many disagreements wait as may", async () => {
    const { reviewId } = await sampled();
    const rest = await sampled();
    await look(reviewId, [dog]);
    const copy = base.owner;
    await copy`insert into review (id, account_id, session_id, state, origin, queue, k, reasons, requested_at, finished_at)
      select 'rev_' || md5(n::text), account_id, session_id, 'failed', origin, queue, k, reasons, requested_at, now()
      from review, generate_series(2, ${limits.openMax}) n where id = ${reviewId}`;
    await copy`insert into shadow_result (account_id, experiment_id, review_id, moment_id, champion, challenger, kinds, slices, created_at)
      select account_id, experiment_id, 'rev_' || md5(n::text), moment_id, champion, challenger, kinds, slices, created_at
      from shadow_result, generate_series(2, ${limits.openMax}) n where experiment_id = ${experimentId}`;
    const ask = () => offerShadowLook(walk.services, experimentId, { reviewId: rest.reviewId, model });
    assert.equal((await ask()).item, null);
    const { items } = await listDisagreements(walk.services, experimentId);
    assert.equal(items.length, limits.openMax);
    await answerDisagreement(walk.services, actor, { experimentId, no: items[0]?.no ?? 0, right: "neither" });
    assert.ok((await ask()).item);
  });

  it("sees pictures of accounts that take part alone, and what it saw ends with that, and with the experiment", async () => {
    const { services } = walk;
    const rows = async () =>
      (await base.owner`select 1 from shadow_result where experiment_id = ${experimentId}`).length;
    const [first, second, third] = [await sampled(), await sampled(), await sampled()];
    const { item } = await offerShadowLook(services, experimentId, { reviewId: second.reviewId, model });
    await look(first.reviewId, [dog]);
    assert.equal(await rows(), 1);
    await takePart(false);
    assert.equal(await rows(), 0);
    const late = { reviewId: second.reviewId, model, momentId: item?.id ?? "", detections: [dog] };
    assert.equal((await recordShadowLook(services, experimentId, late)).status, "not-wanted");
    assert.equal(
      (await offerShadowLook(services, experimentId, { reviewId: third.reviewId, model })).item,
      null,
    );
    await takePart(true);
    await look(third.reviewId, [dog]);
    await base.owner`update moment set state = 'erased', erased_at = now() where id in (select moment_id from shadow_result where experiment_id = ${experimentId})`;
    assert.equal((await listDisagreements(services, experimentId)).items.length, 0, "its picture is gone");
    await sweep(services);
    assert.equal(await rows(), 0);
    await look((await sampled()).reviewId, [person]);
    assert.equal(await rows(), 1);
    await stopExperiment(services, experimentId);
    await sweep(services);
    assert.equal(await rows(), 0);
  });
});
