/** The evidence log on a real PostgreSQL: what is owed, what is appended, and what it proves. */
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { isContinued, isIncluded, leafHashes, openNote, readCheckpoint } from "@vigil/verify";
import { verifyBundle } from "@vigil/verify/bundle";
import { unzipSync } from "fflate";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { randomOf } from "../../testing/picture-heads.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import * as Custody from "../custody/index.ts";
import { DigestStatement, EvidenceStatement } from "../custody/wire.ts";
import { raw } from "../db/index.ts";
import {
  appendToLog,
  exportDigest,
  getCheckpoint,
  getConsistency,
  getCustodyOfDigest,
  getCustodyOfEvent,
  getDigest,
  type Image,
  reportDigest,
  requestReview,
  sealEvent,
} from "./index.ts";

describe("the evidence log", () => {
  let base: TestDatabase;
  let walk: Arranged;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
  });
  after(() => base.close());

  const post = async (count: number) => {
    const images = await Promise.all(Array.from({ length: count }, (_, i) => image(`${i}.jpg`, i)));
    return walk.post(walk.event({ type: "person" }), images);
  };
  const owed = async () => {
    const [row] = await base.owner`select count(*)::int as count from log_leaf where position is null`;
    return Number(row?.["count"]);
  };

  it("owes a leaf of each picture in the transaction that accepts it, and none of what was only announced", async () => {
    const { id } = await post(3);
    await walk.post(walk.event({ type: "motion" }));
    assert.equal(await owed(), 3);
    const { leaves, notLogged, checkpoint } = await getCustodyOfEvent(walk.services, {
      accountId: walk.accountId,
      id,
    });
    assert.deepEqual([leaves.length, notLogged.length, checkpoint], [0, 3, null]);
  });

  it("owes a leaf of an announced picture when it is sealed, once", async () => {
    const owedBefore = await owed();
    const { name, bytes, contentType, sha256 } = await image("late.jpg", 77);
    const evidence = [{ name, contentType, sha256, bytes: bytes.byteLength }];
    const { id, uploads } = await walk.post(walk.event({ type: "motion", evidence }));
    assert.equal(await owed(), owedBefore);
    const key = decodeURIComponent(new URL(uploads[0]?.url ?? "").pathname.slice(1));
    await walk.services.blobs.put({ key, body: bytes, contentType, sha256 });
    const [event] = await base.owner<{ deviceId: string }[]>`
      select device_id as "deviceId" from event where id = ${id}`;
    const seal = () =>
      sealEvent(walk.services, { accountId: walk.accountId, deviceId: event?.deviceId ?? "", eventId: id });
    await Promise.all([seal(), seal()]);
    await seal();
    assert.equal(await owed(), owedBefore + 1);
  });

  it("appends what is owed once, whoever else is at it, and signs the log", async () => {
    const appended = await Promise.all([1, 2, 3].map(() => appendToLog(walk.services)));
    assert.equal(
      appended.reduce((sum, one) => sum + one, 0),
      4,
    );
    assert.equal(await appendToLog(walk.services), 0);
    const { note, size, publicKey } = await getCheckpoint(walk.services);
    assert.equal(size, 4);
    const text = await openNote(note, [publicKey]);
    assert.ok(text);
    const checkpoint = readCheckpoint(text);
    assert.equal(checkpoint?.origin, "console.test/evidence-log");
    assert.match(checkpoint?.further[0] ?? "", /^time \d{4}-/);
    assert.ok(publicKey.startsWith("vigil+"));
    assert.ok(createPublicKey(walk.services.jobSigningKey));
  });

  it("proves each picture and what a digest says, and goes on when the digest says something else", async () => {
    const { sessionId } = await post(2);
    await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
    await walk.beat();
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(walk.services, findingsFor(job, []));
    await appendToLog(walk.services);
    const custody = await getCustodyOfDigest(walk.services, { accountId: walk.accountId, id: digestId });
    assert.deepEqual(custody.notLogged, []);
    assert.equal(custody.leaves.length, 1 + job.moments.length);
    const { checkpoint } = custody;
    assert.ok(checkpoint);
    for (const { leaf, position, proof, subject } of custody.leaves) {
      const bytes = Buffer.from(leaf, "base64");
      const claim = {
        leafHash: await leafHashes([bytes]),
        index: position,
        size: checkpoint.size,
        proof: proof.map((hash) => new Uint8Array(Buffer.from(hash, "base64"))),
        root: new Uint8Array(Buffer.from(checkpoint.root, "base64")),
      };
      assert.ok(await isIncluded(claim), subject);
      const said: unknown = JSON.parse(bytes.subarray(32).toString());
      if (subject === digestId) assert.equal(DigestStatement.parse(said).digest, digestId);
      else assert.equal(EvidenceStatement.parse(said).moment, subject);
    }
    const again = await getCustodyOfDigest(walk.services, { accountId: walk.accountId, id: digestId });
    await post(1);
    await appendToLog(walk.services);
    assert.deepEqual(again, custody, "the same answer, also when the log has grown");
  });

  /** What a digest says of each picture of a new event. */
  async function judged(images: readonly Image[]) {
    const { sessionId } = await walk.post(walk.event({ type: "person" }), images);
    await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
    await walk.beat();
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(walk.services, findingsFor(job, []));
    const read = () => getDigest(walk.services, { accountId: walk.accountId, id: digestId });
    return { read, ids: job.moments.map(({ id }) => id) };
  }

  it("tells beside each picture whether it is as accepted, and never more than is known", async () => {
    walk.services.clock.advance(600_000);
    const { read, ids } = await judged([await image("one.jpg", 41)]);
    const only = async () => (await read()).moments[0]?.authenticity;
    assert.deepEqual((await only())?.custody, { status: "not-logged" });
    await appendToLog(walk.services);
    const said = await only();
    assert.deepEqual(said?.custody, { status: "unbroken" });
    assert.deepEqual(said?.provenance, null);
    assert.equal(said?.synthetic.status, "cannot-tell");
    const [kept] = await base.owner<
      { sha256: string }[]
    >`select sha256 from moment where id = ${ids[0] ?? ""}`;
    await base.owner`update moment set sha256 = ${"0".repeat(64)} where id = ${ids[0] ?? ""}`;
    assert.deepEqual((await only())?.custody, { status: "mismatch" });
    await base.owner`update moment set sha256 = ${kept?.sha256 ?? ""} where id = ${ids[0] ?? ""}`;
  });

  it("tells of a picture that was sent before, by whichever device of the account, and of no other's", async () => {
    const other = arrange(base, "guardian", walk.services);
    const [mine, theirs] = [await image("mine.jpg", 51), await image("theirs.jpg", 52)];
    await other.post(other.event({ type: "motion" }), [theirs]);
    walk.services.clock.advance(600_000);
    const { id: eventId } = await walk.post(walk.event({ type: "motion" }), [mine]);
    walk.services.clock.advance(30_000);
    await walk.post(walk.event({ type: "motion" }), [mine]);
    walk.services.clock.advance(600_000);
    const { read } = await judged([mine, theirs, await image("new.jpg", 53)]);
    const replays = (await read()).moments.map(({ authenticity }) => authenticity?.replay);
    const statuses = replays.map((one) => one?.status ?? "").toSorted((a, b) => a.localeCompare(b));
    assert.deepEqual(statuses, ["cannot-tell", "cannot-tell", "exact"]);
    const earlier = replays.find((one) => one?.status === "exact")?.earlier;
    assert.notEqual(earlier?.eventId, eventId, "the nearest before it");
    walk.services.clock.advance(31 * 24 * 3_600_000);
    const { read: later } = await judged([mine]);
    assert.equal((await later()).moments[0]?.authenticity?.replay.status, "cannot-tell");
  });

  /** A digest of two pictures and its bundle, as it is downloaded. */
  async function exported(logged: boolean) {
    walk.services.clock.advance(600_000);
    const { sessionId } = await post(2);
    await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
    await walk.beat();
    const [job] = await walk.receive();
    assert.ok(job);
    const { digestId } = await reportDigest(walk.services, findingsFor(job, []));
    if (logged) await appendToLog(walk.services);
    const { url } = await exportDigest(walk.services, { accountId: walk.accountId, actor: "test", digestId });
    const key = decodeURIComponent(new URL(url).pathname.slice(1));
    const zip = await walk.services.blobs.read(key, 10_000_000);
    assert.ok(zip, key);
    return { digestId, files: new Map(Object.entries(unzipSync(zip))) };
  }

  it("is proved by a bundle, offline: its pictures, its words, and since when", async () => {
    const { files, digestId } = await exported(true);
    const { publicKey } = await getCheckpoint(walk.services);
    const verified = await verifyBundle(files, [publicKey]);
    assert.deepEqual(verified.faults, []);
    assert.equal(verified.logged.length, 3);
    assert.ok(verified.logged.includes(digestId));
    assert.deepEqual(verified.notLogged, []);
    assert.equal(verified.signedAt, walk.services.clock.now().toISOString());
    const stranger = await verifyBundle(files, []);
    assert.deepEqual(
      stranger.faults.map(({ part }) => part),
      ["SHA256SUMS.sig", "checkpoint"],
    );
  });

  it("is not spoken for by a bundle that was exported before the log had it", async () => {
    const { files } = await exported(false);
    await appendToLog(walk.services);
    const { publicKey } = await getCheckpoint(walk.services);
    const verified = await verifyBundle(files, [publicKey]);
    assert.deepEqual([verified.faults, verified.logged, verified.notLogged.length], [[], [], 3]);
  });

  it("betrays each of a thousand flipped bits in a bundle, and names the part", async () => {
    const { files } = await exported(true);
    const { publicKey } = await getCheckpoint(walk.services);
    const random = randomOf(22);
    const names = [...files.keys()];
    for (let round = 0; round < 1_000; round += 1) {
      const name = names[round % names.length] ?? "";
      const bytes = Uint8Array.from(files.get(name) ?? []);
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      const { faults } = await verifyBundle(new Map([...files, [name, bytes]]), [publicKey]);
      assert.ok(
        faults.some(({ part }) => part === name),
        `${name}, byte ${at}: ${JSON.stringify(faults)}`,
      );
    }
  });

  it("betrays what was put into a bundle, left out of it, or taken from another one", async () => {
    const { publicKey } = await getCheckpoint(walk.services);
    const [one, other] = [await exported(true), await exported(true)];
    const { publicKey: key } = await getCheckpoint(walk.services);
    assert.equal(key, publicKey);
    const partsOf = async (files: ReadonlyMap<string, Uint8Array>) =>
      (await verifyBundle(files, [key])).faults.map(({ part }) => part);
    const picture = [...one.files.keys()].find((name) => name.startsWith("pictures/")) ?? "";
    const theirs = [...other.files].find(([name]) => name.startsWith("pictures/"))?.[1] ?? new Uint8Array();
    assert.deepEqual(await partsOf(new Map([...one.files, ["pictures/99.jpg", theirs]])), [
      "pictures/99.jpg",
    ]);
    assert.deepEqual(await partsOf(new Map([...one.files].filter(([name]) => name !== picture))), [picture]);
    const custody = other.files.get("custody.json") ?? new Uint8Array();
    assert.ok((await partsOf(new Map([...one.files, ["custody.json", custody]]))).includes("custody.json"));
    const words = other.files.get("digest.json") ?? new Uint8Array();
    assert.ok((await partsOf(new Map([...one.files, ["digest.json", words]]))).includes("digest.json"));
  });

  it("proves that it only ever grew", async () => {
    const states = await base.owner<{ size: number; root: Uint8Array }[]>`
      select size::float8 as size, root from log_checkpoint order by size`;
    assert.ok(states.length >= 3);
    const newest = states.at(-1);
    assert.ok(newest);
    for (const earlier of states) {
      const { proof, to } = await getConsistency(walk.services, { from: earlier.size });
      const hashes = proof.map((hash) => new Uint8Array(Buffer.from(hash, "base64")));
      assert.equal(to, newest.size);
      assert.ok(await isContinued({ earlier, size: to, root: newest.root, proof: hashes }));
    }
    await assert.rejects(getConsistency(walk.services, { from: 1, to: newest.size + 1 }), /expected from/);
  });

  it("is shown to nobody else: another account's leaves are not there", async () => {
    const other = arrange(base, "guardian", walk.services);
    const { id } = await post(1);
    await assert.rejects(getCustodyOfEvent(walk.services, { accountId: other.accountId, id }), /no event/);
  });

  it("forgets an account and verifies as before", async () => {
    const other = arrange(base, "guardian", walk.services);
    await other.post(other.event({ type: "person" }), [await image("x.jpg", 9)]);
    await appendToLog(walk.services);
    const [gone] = await base.owner<{ count: number }[]>`
      select count(*)::int as count from log_leaf where account_id = ${walk.accountId}`;
    assert.equal(await Custody.shred(base.database.sql, walk.accountId), gone?.count);
    const { size } = await getCheckpoint(walk.services);
    await other.post(other.event({ type: "person" }), [await image("y.jpg", 8)]);
    assert.equal(await appendToLog(walk.services), 1, "the log goes on from what it was");
    const { proof, to } = await getConsistency(walk.services, { from: size });
    assert.ok(proof.length > 0 && to === size + 1);
    const kept = await base.owner`select 1 from log_leaf where account_id = ${walk.accountId}`;
    assert.equal(kept.length, 0);
  });

  it("signs nothing more once a leaf of it was dropped, changed or put elsewhere", async () => {
    const damages = [
      "substring(hashes from 33)",
      "set_byte(hashes, 40, get_byte(hashes, 40) # 1)",
      "substring(hashes from 33 for 32) || substring(hashes for 32) || substring(hashes from 65)",
    ];
    for (const damage of damages) {
      const [whole] = await base.owner<
        { hashes: Uint8Array }[]
      >`select hashes from log_tile where level = 0 and no = 0`;
      assert.ok(whole);
      await base.owner`update log_tile set hashes = ${raw(damage)} where level = 0 and no = 0`;
      const other = arrange(base, "guardian", walk.services);
      await other.post(other.event({ type: "person" }), [await image("z.jpg", 7)]);
      await assert.rejects(appendToLog(walk.services), /do not make the root|missing or cut short/);
      await base.owner`update log_tile set hashes = ${Buffer.from(whole.hashes)} where level = 0 and no = 0`;
    }
    assert.equal(await appendToLog(walk.services), damages.length, "mended, it goes on and nothing was lost");
  });
});
