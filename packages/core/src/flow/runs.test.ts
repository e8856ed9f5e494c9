import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { verifyManifest } from "@vigil/verify";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import {
  importer,
  inspectChunk,
  itemsOf,
  lookAt,
  reportFindings,
  takeChunks,
  workAll,
} from "../../testing/runs.ts";
import * as Manifest from "../manifest/index.ts";
import { signJob } from "../review/index.ts";
import type { ChunkJob, RunView } from "../run/wire.ts";
import {
  buryMessage,
  getRun,
  getRunManifest,
  listChunkItems,
  listRunGroups,
  listRunItems,
  promoteModel,
  registerModel,
  rollBackModel,
} from "./index.ts";

const words = (prefix: string, count: number) => Array.from({ length: count }, (_, no) => `${prefix} ${no}`);

function assertConserved({ accepted, open, ends }: RunView): void {
  assert.equal(
    accepted,
    open + Object.values(ends).reduce((sum, count) => sum + count, 0),
    "accepted = open + the sum of ends",
  );
}

describe("a run", () => {
  let base: TestDatabase;
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());

  it("asks for bytes that the account lacks, once each, and accepts items whose bytes are there", async () => {
    const own = importer(base);
    const { id } = await own.open("upload");
    const items = itemsOf(["one", "two", "one"]);
    const first = await own.name(id, items);
    assert.equal(first.accepted, 0);
    assert.deepEqual(
      first.missing.map(({ sha256 }) => sha256).toSorted(),
      [...new Set(items.map(({ sha256 }) => sha256))].toSorted(),
    );
    assert.deepEqual(await own.add(id, items), { accepted: 3, missing: [] });
    assert.deepEqual(
      await own.name(id, items),
      { accepted: 3, missing: [] },
      "the same again changes nothing",
    );
    const other = itemsOf(["one", "three"]).slice(1);
    await assert.rejects(own.add(id, other), { code: "item-differs" });
  });

  it("works whole chunks while it is listed, ends every item, and waits for people with its groups", async () => {
    const own = importer(base);
    const items = itemsOf(words("story", 300));
    const { id } = await own.open("story");
    await own.add(id, items.slice(0, 256));
    assert.equal(await workAll(own.services), 256);
    await own.add(id, items.slice(256));
    assert.equal(await workAll(own.services), 0, "the last chunk may still grow");
    const listed = await own.move(id, "finish-listing");
    assert.deepEqual([listed.state, listed.accepted, listed.open], ["running", 300, 44]);
    assertConserved(listed);
    assert.equal(await workAll(own.services), 44);
    const done = await getRun(own.services, { accountId: own.accountId, id });
    assert.equal(done.state, "review");
    assert.equal(done.ends.inspected, 300);
    assertConserved(done);
  });

  it("never looks at the same bytes twice: not in a run, and not in a later one", async () => {
    const own = importer(base);
    await base.owner`insert into worker (id, model, provider, items_per_second, items_per_second_capacity, batch_p50_ms, batch_p95_ms, in_flight, seen_at)
      values ('w', ${JSON.stringify({ name: "test", sha256: "a".repeat(64) })}::jsonb, 'cpu', 1, 1, 1, 1, 0, now()) on conflict do nothing`;
    const items = itemsOf([...words("twice", 20), ...words("twice", 20)]);
    const first = await own.import("twice", items);
    assert.deepEqual([first.ends.inspected, first.ends.reused], [20, 20]);
    const { id } = await own.open("twice");
    await own.add(id, items);
    await own.move(id, "finish-listing");
    assert.equal(await workAll(own.services), 0);
    const second = await getRun(own.services, { accountId: own.accountId, id });
    assert.deepEqual([second.state, second.ends.reused], ["review", 40]);
    const other = importer(base, own.services, 1);
    const theirs = await other.import("twice", items);
    assert.equal(theirs.ends.inspected, 20, "an inspection is never shared between accounts");
  });

  it("stores one report a step: the same again changes nothing, another one is refused", async () => {
    const own = importer(base);
    const { id } = await own.open("reports");
    await own.add(id, itemsOf(words("report", 3)));
    await own.move(id, "finish-listing");
    const [job] = await takeChunks(own.services);
    assert.ok(job);
    const findings = await inspectChunk(own.services, job);
    await assert.rejects(reportFindings(own.services, job, findings.slice(1)), { code: "invalid-body" });
    assert.deepEqual(await reportFindings(own.services, job, findings), { status: "stored" });
    assert.deepEqual(await reportFindings(own.services, job, findings.toReversed()), {
      status: "already-stored",
    });
    const other = findings.map((finding) => ({ ...finding, detections: [] }));
    await assert.rejects(reportFindings(own.services, job, other), { code: "chunk-differs" });
    await assert.rejects(inspectChunk(own.services, job), { code: "chunk-not-wanted" });
  });

  it("begins again, and whole, with a model that was promoted while it was under way", async () => {
    const own = importer(base);
    const { services, accountId } = own;
    const { id } = await own.open("promoted");
    await own.add(id, itemsOf(words("promoted", 300)));
    await own.move(id, "finish-listing");
    const [first, second] = await takeChunks(services);
    assert.ok(first && second);
    await reportFindings(services, first, await inspectChunk(services, first));
    const model = { name: "promoted", sha256: "b".repeat(64) };
    const ask = (job: ChunkJob) =>
      listChunkItems(services, id, { chunk: job.chunk, step: job.step, after: -1, model });
    assert.equal((await ask(second)).items.length, 32, "not by a worker that runs something of its own");
    await registerModel(services, "operator", { ...model, licence: "Apache-2.0", agreement: "" });
    await promoteModel(services, "operator", { sha256: model.sha256, after: 0, reason: "its licence" });
    await assert.rejects(ask(second), { code: "chunk-not-wanted" });
    const again = await getRun(services, { accountId, id });
    assert.deepEqual([again.model, again.open, again.state], [model, 300, "running"]);
    await assert.rejects(inspectChunk(services, second), { code: "chunk-not-wanted" });

    const jobs = await takeChunks(services);
    assert.equal(jobs.length, 2);
    for (const job of jobs) {
      assert.deepEqual(job.model, model);
      await reportFindings(services, job, await inspectChunk(services, job), model);
    }
    const done = await getRun(services, { accountId, id });
    assert.deepEqual([done.state, done.ends.inspected], ["review", 300]);
    assertConserved(done);
    await rollBackModel(services, "operator", { after: 1, reason: "for the other tests" });
  });

  it("looks again at what failed, and counts it as dead in the end", async () => {
    const own = importer(base);
    const { id } = await own.open("failures");
    await own.add(id, itemsOf(words("failure", 4)));
    await own.move(id, "finish-listing");
    const looked = await workAll(own.services, (item) =>
      item.no === 2
        ? { no: item.no, outcome: "failed", detections: [], hash: null, reason: "the store is down" }
        : lookAt(item),
    );
    assert.equal(looked, 3 + 5);
    const run = await getRun(own.services, { accountId: own.accountId, id });
    assert.deepEqual([run.ends.inspected, run.ends.dead, run.state], [3, 1, "review"]);
    const { items } = await listRunItems(own.services, { accountId: own.accountId, id, after: 1, limit: 1 });
    assert.equal(items[0]?.reason, "the store is down");
    assertConserved(run);
  });

  it("refuses bytes that are not what was announced, and forgets them", async () => {
    const own = importer(base);
    const items = itemsOf(words("refused", 2));
    const { id } = await own.open("refused");
    await own.add(id, items);
    await own.move(id, "finish-listing");
    await workAll(own.services, (item) =>
      item.no === 0
        ? { no: 0, outcome: "refused", detections: [], hash: null, reason: "other bytes" }
        : lookAt(item),
    );
    const run = await getRun(own.services, { accountId: own.accountId, id });
    assert.equal(run.ends.refused, 1);
    const next = await own.open("refused");
    assert.equal((await own.name(next.id, items)).missing.length, 1, "the right bytes may be uploaded");
  });

  it("sends a chunk that died in its queue once more, counts it as dead in the end, and takes no unsigned word for it", async () => {
    const own = importer(base);
    const { id } = await own.open("dead");
    await own.add(id, itemsOf(words("dead", 2)));
    await own.move(id, "finish-listing");
    const [job] = await takeChunks(own.services);
    assert.ok(job);
    const { signature: _, ...unsigned } = job;
    assert.equal(await buryMessage(own.services, JSON.stringify(unsigned)), "unreadable");
    const body = signJob(unsigned, own.services.jobSigningKey);
    assert.equal(await buryMessage(own.services, body), "ended");
    assert.equal(await buryMessage(own.services, body), "known");
    for (let step = 1; step < 5; step += 1) {
      const [again] = await takeChunks(own.services);
      assert.equal(again?.step, step, "it is sent once more");
      assert.equal(await buryMessage(own.services, JSON.stringify(again)), "ended");
    }
    assert.deepEqual(await takeChunks(own.services), []);
    const run = await getRun(own.services, { accountId: own.accountId, id });
    assert.deepEqual([run.ends.dead, run.state], [2, "review"]);
  });

  it("sends nothing while it is paused, and nothing more once it is cancelled", async () => {
    const own = importer(base);
    const { id } = await own.open("pause");
    await own.move(id, "pause");
    await own.add(id, itemsOf(words("pause", 2)));
    await own.move(id, "finish-listing");
    assert.deepEqual(await takeChunks(own.services), []);
    assert.equal((await own.move(id, "resume")).isPaused, false);
    const [job] = await takeChunks(own.services);
    assert.ok(job);
    assert.equal((await own.move(id, "cancel")).state, "cancelled");
    await assert.rejects(inspectChunk(own.services, job), { code: "chunk-not-wanted" });
    await assert.rejects(own.move(id, "seal"), { code: "run-moved-on" });
  });

  it("is not finished while a number is missing", async () => {
    const own = importer(base);
    const { id } = await own.open("gap");
    await assert.rejects(own.move(id, "finish-listing"), { code: "items-missing" });
    await own.add(
      id,
      itemsOf(words("gap", 3)).filter(({ no }) => no !== 1),
    );
    await assert.rejects(own.move(id, "finish-listing"), { code: "items-missing", message: /number 1/ });
  });

  it("gives accounts turns in the bulk queue, and fills only a small part of it", async () => {
    const flood = importer(base);
    const { id } = await flood.open("flood");
    const items = itemsOf(words("flood", 256 * 20));
    for (let from = 0; from < items.length; from += 256) await flood.add(id, items.slice(from, from + 256));
    const sent = await takeChunks(flood.services);
    assert.equal(sent.length, 16);
    const newcomer = importer(base, flood.services, 1);
    const small = await newcomer.open("newcomer");
    await newcomer.add(small.id, itemsOf(words("newcomer", 2)));
    await newcomer.move(small.id, "finish-listing");
    const [first] = sent;
    assert.ok(first);
    await reportFindings(flood.services, first, await inspectChunk(flood.services, first));
    assert.deepEqual(
      (await takeChunks(flood.services)).map(({ runId }) => runId),
      [small.id],
    );
    await flood.move(id, "cancel");
  });

  it("puts items that show the same into groups, by bytes and by hash, in the same way whatever the order of reports", async () => {
    const hashes = ["0f0f0f0f0f0f0f0f", "0f0f0f0f0f0f0f00", "f0f0f0f0f0f0f0f0", "0f0f0f0f0f0f0f0f"];
    const own = importer(base);
    const { id } = await own.open("groups");
    await own.add(id, itemsOf(["group a", "group b", "group c", "group d", "group c"]));
    await own.move(id, "finish-listing");
    await workAll(own.services, (item) => ({ ...lookAt(item), hash: hashes[item.no] ?? null }));
    const { groups } = await listRunGroups(own.services, {
      accountId: own.accountId,
      id,
      after: -1,
      limit: 10,
    });
    assert.deepEqual(
      groups.map(({ group, items }) => [group, items.map(({ no }) => no)]),
      [
        [0, [0, 1, 3]],
        [2, [2, 4]],
      ],
    );
  });
});

describe("a sealed run", () => {
  let base: TestDatabase;
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());

  async function verified(own: ReturnType<typeof importer>, id: string) {
    const found = await getRunManifest(own.services, {
      accountId: own.accountId,
      id,
    });
    const { manifest, publicKey, version } = found;
    const result = await verifyManifest(
      { ...manifest, format: "vigil-manifest-1" },
      [publicKey],
      async (name) => own.services.blobs.read(Manifest.segmentKeyOf(own.accountId, name), 100_000_000),
    );
    assert.deepEqual(result.faults, []);
    assert.equal(result.version, version);
    return {
      ...result,
      root: Buffer.from(result.checkpoint?.root ?? []).toString("hex"),
      note: manifest.note,
    };
  }

  it("has a manifest that is verified offline, each version naming the one before, and goes back to an old root", async () => {
    const own = importer(base);
    const first = await own.import("archive", itemsOf(words("seal", 10)));
    assert.deepEqual([first.state, first.manifestVersion], ["review", null]);
    assert.equal((await own.move(first.id, "seal")).manifestVersion, 1);
    assert.equal((await own.move(first.id, "seal")).manifestVersion, 1, "sealed once");
    const one = await verified(own, first.id);
    assert.deepEqual([one.checkpoint?.size, one.parent], [10, undefined]);
    const second = await own.import("archive", itemsOf(words("seal", 12)));
    await assert.rejects(own.move(second.id, "roll-back"), { code: "run-moved-on" });
    await own.move(second.id, "seal");
    const two = await verified(own, second.id);
    assert.equal(two.version, 2);
    assert.ok(two.parent);
    assert.notEqual(two.root, one.root);
    await assert.rejects(own.move(first.id, "roll-back"), { code: "run-moved-on" });
    assert.equal((await own.move(second.id, "roll-back")).manifestVersion, 3);
    assert.equal((await own.move(second.id, "roll-back")).manifestVersion, 3, "rolled back once");
    const three = await verified(own, second.id);
    assert.equal(three.root, one.root);
  });

  it("has the root of an undisturbed one when workers die, messages come twice and steps are repeated", async () => {
    const items = itemsOf(words("chaos", 600));
    const calm = importer(base);
    const undisturbed = await calm.import("calm", items);
    const other = importer(base, undefined, 1);
    const { id } = await other.open("calm");
    const rounds = [items.slice(300, 520), items.slice(0, 256), items.slice(256, 400), items.slice(520)];
    for (const some of rounds) await other.add(id, some);
    await other.move(id, "finish-listing");
    const jobs = await takeChunks(other.services);
    for (const job of [...jobs, ...jobs].toReversed()) {
      const findings = await inspectChunk(other.services, job).catch(() => undefined);
      if (!findings) continue;
      const disturbed = findings.map((finding) =>
        job.step === 0 && finding.no % 7 === 0
          ? { ...finding, outcome: "failed" as const, detections: [], hash: null }
          : finding,
      );
      await reportFindings(other.services, job, disturbed);
    }
    await workAll(other.services);
    const disturbed = await getRun(other.services, { accountId: other.accountId, id });
    assert.deepEqual([disturbed.state, disturbed.accepted, disturbed.ends.inspected], ["review", 600, 600]);
    await calm.move(undisturbed.id, "seal");
    await other.move(id, "seal");
    assert.equal((await verified(other, id)).root, (await verified(calm, undisturbed.id)).root);
  });
});
