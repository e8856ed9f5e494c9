/** Nothing is looked for, or kept, that an owner has not consented to; withdrawn, it goes from wherever it was. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { isIncluded, leafHashes } from "@vigil/verify";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { importer, itemsOf, lookAt, workAll } from "../../testing/runs.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import { type ConsentKind, consentKinds } from "../consent/wire.ts";
import type { DigestReport } from "../digest/wire.ts";
import { EndpointInput } from "../endpoint/wire.ts";
import type { Job } from "../review/wire.ts";
import {
  addEndpoint,
  appendToLog,
  askExport,
  changeConsent,
  eraseWithdrawn,
  exportDigest,
  getCustodyOfDigest,
  getDigest,
  listAudit,
  listConsents,
  reportDigest,
  requestReview,
  searchDigests,
  writeExports,
} from "./index.ts";

/** What is nowhere else in the database. */
const plate = "QX77ZYW";
const track = "person-77031";
const all = { faces: true, plates: true, reidentification: true };

/** A worker that looks for everything, and tells all of it, whatever its job allows. */
function told(job: Job, text = plate): DigestReport {
  const box: [number, number, number, number] = [0.4, 0.3, 0.1, 0.5];
  const report = findingsFor(job, [
    { label: "person", confidence: 0.9, box, trackId: track, appearance: { hash: "00ff00ff00ff00ff" } },
    { label: "car", confidence: 0.9, box: [0.1, 0.1, 0.2, 0.2] },
  ]);
  report.worker.capabilities = { ...all };
  for (const finding of report.moments) {
    finding.faces = { count: 2, qualityMax: 0.9 };
    finding.plates = [{ text, confidence: 0.9, box }];
    finding.embeddingRef = "embedding-77031";
  }
  return report;
}

describe("a consent", () => {
  let base: TestDatabase;
  let walk: Arranged;
  let neighbour: Arranged;
  let siteId: string;
  let by: { accountId: string; actor: string };
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
    neighbour = arrange(base, "guardian", walk.services);
    siteId = siteOf(walk);
    by = { accountId: walk.accountId, actor: walk.memberId };
  });
  after(() => base.close());

  const siteOf = ({ accountId }: Arranged) =>
    base.seeded.accounts.find((one) => one.accountId === accountId)?.siteId ?? "";

  async function say(of: Arranged, kind: ConsentKind, given: boolean) {
    const who = { accountId: of.accountId, actor: of.memberId };
    return changeConsent(of.services, who, { siteId: siteOf(of), kind, given });
  }

  let seed = 0;
  async function ask(of: Arranged): Promise<Job> {
    seed += 1;
    of.services.clock.advance(600_000);
    const { sessionId } = await of.post(of.event({ type: "person", zone: "drive" }), [
      await image(`${seed}.jpg`, seed),
    ]);
    await requestReview(of.services, { accountId: of.accountId, sessionId, actor: of.memberId });
    const jobs = await of.receive();
    const job = jobs.find((one) => one.sessionId === sessionId);
    assert.ok(job);
    return job;
  }

  async function digestOf(of: Arranged, report: DigestReport) {
    const { digestId: id } = await reportDigest(of.services, report);
    return getDigest(of.services, { accountId: of.accountId, id });
  }

  /** Every table in which some row of the account says one of these. */
  async function whereItSays(accountId: string, ...words: string[]): Promise<string[]> {
    const tables = await base.owner<{ name: string }[]>`select c.relname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`;
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await base.owner<{ text: string }[]>`
        select query_to_xml(${`select * from ${name} where account_id = '${accountId}'`}, true, false, '')::text as text`;
      const text = rows[0]?.text.toLowerCase() ?? "";
      if (words.some((word) => text.includes(word.toLowerCase()))) found.push(name);
    }
    return found;
  }

  it("is given by nobody to begin with: no job asks, and what a worker tells all the same is not kept", async () => {
    const [site] = await listConsents(walk.services, walk.accountId);
    assert.deepEqual(
      site?.consents.map(({ kind, given, withdrawal }) => [kind, given, withdrawal]),
      consentKinds.map((kind) => [kind, false, null]),
    );
    const job = await ask(walk);
    assert.deepEqual(job.policy.inspect, { faces: false, plates: false, reidentification: false });
    assert.equal(job.policy.secondStage, false);
    const report = told(job);
    const digest = await digestOf(walk, report);
    assert.deepEqual(digest.capabilities, job.policy.inspect);
    assert.equal(digest.moments[0]?.detections.length, 2, "what needs no consent is kept");
    const said = JSON.stringify(digest);
    assert.doesNotMatch(said, new RegExp(`${plate}|${track}|number plate|"faces":\\{|embedding`));
    assert.deepEqual(
      await whereItSays(walk.accountId, plate, track, "embedding-77031", "00ff00ff00ff00ff"),
      [],
    );
    assert.equal((await reportDigest(walk.services, report)).status, "already-stored");
  });

  it("allows its own kind alone, and says who gave it and when", async () => {
    const at = walk.services.clock.now().toISOString();
    const given = await say(walk, "plates", true);
    assert.deepEqual([given.given, given.givenAt], [true, at]);
    assert.ok(given.givenBy && given.givenBy !== walk.memberId, "by name");
    const job = await ask(walk);
    assert.deepEqual(job.policy.inspect, { faces: false, plates: true, reidentification: false });
    const digest = await digestOf(walk, told(job));
    assert.match(JSON.stringify(digest.summary), new RegExp(plate));
    assert.doesNotMatch(JSON.stringify(digest), new RegExp(`${track}|"faces":\\{`));
    const audit = await listAudit(walk.services, { accountId: walk.accountId, limit: 5, before: undefined });
    assert.deepEqual(
      audit.items.filter(({ action }) => action === "consent.given").map(({ detail }) => detail),
      [{ kind: "plates" }],
      "said twice it is given once",
    );
    await say(walk, "plates", true);
  });

  it("of a report that has come once is not what the report is known by", async () => {
    const job = await ask(walk);
    const report = told(job);
    await reportDigest(walk.services, report);
    const [finding] = report.moments;
    const plates = finding?.plates?.map((one) => ({ ...one, text: "OTHER1" })) ?? [];
    const other = { ...report, moments: [{ ...finding, plates }] } as DigestReport;
    assert.equal((await reportDigest(walk.services, other)).status, "already-stored");
  });

  it("withdrawn, takes all of its kind with it, and nothing of another kind or account", async () => {
    for (const kind of consentKinds) for (const house of [walk, neighbour]) await say(house, kind, true);
    await addEndpoint(
      walk.services,
      by,
      EndpointInput.parse({
        type: "webhook",
        url: "http://127.0.0.1:1/hook",
        kinds: ["digest"],
        levelFrom: "low",
      }),
    );
    const theirs = await digestOf(neighbour, told(await ask(neighbour)));
    const own = await digestOf(walk, told(await ask(walk)));
    await appendToLog(walk.services);
    const page = {
      accountId: walk.accountId,
      memberId: walk.memberId,
      limit: 5,
      before: undefined,
      question: plate,
    };
    assert.ok((await searchDigests(walk.services, page)).items.length > 0, "found by its plate");
    await exportDigest(walk.services, { ...by, digestId: own.id });
    await askExport(walk.services, by);
    await writeExports(walk.services);
    const places = await whereItSays(walk.accountId, plate);
    for (const table of ["digest", "digest_part", "delivery"]) assert.ok(places.includes(table), table);

    await say(walk, "plates", false);
    await assert.rejects(say(walk, "plates", true), { code: "consent-ending" });
    assert.deepEqual(await eraseWithdrawn(walk.services), { erased: 0, failed: 0 });
    assert.deepEqual(await whereItSays(walk.accountId, plate), [], "at once, of all tables");
    const job = await ask(walk);
    assert.equal(job.policy.inspect.plates, false);
    await digestOf(walk, told(job));
    assert.deepEqual(await eraseWithdrawn(walk.services), { erased: 1, failed: 0 });
    assert.deepEqual(await whereItSays(walk.accountId, plate), []);

    assert.ok(
      (await whereItSays(neighbour.accountId, plate)).includes("digest_part"),
      "the neighbour's stays",
    );
    const rest = await getDigest(walk.services, { accountId: walk.accountId, id: own.id });
    const { title, level, counts, reasons, createdAt } = own;
    assert.deepEqual(
      { ...rest, moments: [] },
      {
        ...rest,
        title,
        level,
        counts,
        reasons,
        createdAt,
        moments: [],
        summary: own.summary.filter(({ text }) => !text.includes(plate)),
      },
    );
    assert.equal(rest.moments[0]?.faces?.count, 2, "of another kind");
    assert.deepEqual((await searchDigests(walk.services, page)).items, []);
    assert.ok(JSON.stringify(theirs).includes(plate));
    assert.deepEqual(
      await walk.services.blobs.list({ prefix: `exports/${walk.accountId}/`, after: null, countMax: 5 }),
      [],
    );
  });

  it("leaves a receipt that is signed, once, and may be given anew", async () => {
    const [site] = await listConsents(walk.services, walk.accountId);
    const withdrawal = site?.consents.find(({ kind }) => kind === "plates")?.withdrawal;
    assert.ok(withdrawal?.note && withdrawal.erasedAt);
    assert.match(withdrawal.note, new RegExp(`site ${siteId}\\nkind plates\\nwithdrawn `));
    assert.ok(
      withdrawal.counts.findings >= 3 && withdrawal.counts.digests >= 3 && withdrawal.counts.messages >= 1,
    );
    assert.equal(withdrawal.counts.archives, 2, "one of the account, one of a digest");
    assert.deepEqual(await eraseWithdrawn(walk.services), { erased: 0, failed: 0 });
    assert.equal((await say(walk, "plates", true)).given, true);
  });

  it("withdrawn, leaves what the evidence log proves, and no proof of what was said before", async () => {
    const digest = await digestOf(walk, told(await ask(walk)));
    await appendToLog(walk.services);
    const asked = { accountId: walk.accountId, id: digest.id };
    const proved = await getCustodyOfDigest(walk.services, asked);
    await say(walk, "plates", false);
    walk.services.clock.advance(90_000);
    await eraseWithdrawn(walk.services);
    await appendToLog(walk.services);
    const custody = await getCustodyOfDigest(walk.services, asked);
    assert.deepEqual(custody.notLogged, []);
    const own = custody.leaves.filter(({ subject }) => subject === digest.id);
    assert.equal(own.length, 1);
    const earlier = proved.leaves.find(({ subject }) => subject === digest.id);
    assert.ok(
      !custody.leaves.some(({ leaf }) => leaf === earlier?.leaf),
      "what was said before can be tried by nobody",
    );
    assert.ok(proved.checkpoint && custody.checkpoint && earlier);
    // Whoever had the proof before has it still.
    for (const { state, leaf } of [
      { state: proved.checkpoint, leaf: earlier },
      { state: custody.checkpoint, leaf: own[0] },
    ]) {
      assert.ok(leaf);
      const leafHash = await leafHashes([new Uint8Array(Buffer.from(leaf.leaf, "base64"))]);
      const proof = leaf.proof.map((one) => new Uint8Array(Buffer.from(one, "base64")));
      const root = new Uint8Array(Buffer.from(state.root, "base64"));
      assert.ok(await isIncluded({ leafHash, index: leaf.position, size: state.size, proof, root }));
    }
  });

  it("of a picture of a run is that of every site of the account", async () => {
    const own = importer(base);
    const embeddings = async () =>
      Number(
        (await base.owner`select count(*)::int as count from inspection where embedding is not null`)[0]?.[
          "count"
        ],
      );
    const run = async (source: string) => {
      const { id } = await own.open(source);
      await own.add(id, itemsOf([`${source} 0`, `${source} 1`]));
      await own.move(id, "finish-listing");
      await workAll(own.services, (item) => ({
        ...lookAt(item),
        embedding: Buffer.from([120, 3]).toString("base64"),
      }));
    };
    const kept = await embeddings();
    await base.owner`update consent set state = 'erased' where account_id = ${own.accountId}`;
    await run("not consented");
    assert.equal(await embeddings(), kept);
    const of = { accountId: own.accountId, actor: "test" };
    const site = base.seeded.accounts.find(({ accountId }) => accountId === own.accountId)?.siteId ?? "";
    const change = (given: boolean) =>
      changeConsent(own.services, of, { siteId: site, kind: "reidentification", given });
    await change(true);
    await run("consented");
    assert.equal(await embeddings(), kept + 2);
    await change(false);
    own.services.clock.advance(90_000);
    await eraseWithdrawn(own.services);
    assert.equal(await embeddings(), kept);
  });
});
