/** Pictures beside those that their device sent before, on a real PostgreSQL: compared once, told in digests, and forgotten. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { type Arranged, arrange, findingsFor } from "../../testing/walk.ts";
import { sketch as size, type Traits } from "../authenticity/wire.ts";
import { getDigest, reportDigest, requestReview, sweep } from "./index.ts";

const day = 24 * 3_600_000;

/** Somebody walks over a lawn: a sketch for each step, and the light that it is shown in. */
function walkOver(row: number, steps: number, light: (level: number) => number = (level) => level): string[] {
  return Array.from({ length: steps }, (_, step) => {
    const cells = Uint8Array.from({ length: size.cells }, (__, cell) => {
      const [x, y] = [(cell % size.columns) - 4 - step * 6, Math.floor(cell / size.columns) - row];
      const isThere = x >= 0 && x < 4 && y >= 0 && y < 7;
      return Math.round(light(isThere ? 20 + ((x * 7 + y * 13) % 5) * 12 : 120 + (cell % 7) * 3));
    });
    return Buffer.from(cells).toString("base64");
  });
}

type Looked = { at?: number; traits?: Traits };

describe("pictures that repeat", () => {
  let base: TestDatabase;
  let walk: Arranged;
  let other: Arranged;
  let seed = 100;
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro");
    other = arrange(base, "guardian", walk.services);
  });
  after(() => base.close());

  /** A new event whose pictures a worker makes these sketches of. */
  async function looked(house: Arranged, sketches: readonly string[], { at = 0, traits }: Looked = {}) {
    const images = await Promise.all(sketches.map(() => image(`${(seed += 1)}.jpg`, seed)));
    walk.services.clock.advance(600_000);
    const { sessionId } = await house.post(house.event({ type: "motion" }), images);
    await requestReview(walk.services, { accountId: house.accountId, sessionId, actor: "test" });
    await house.beat();
    const [job] = await house.receive();
    assert.ok(job);
    const report = findingsFor(job, []);
    const order = job.moments.toSorted((a, b) => a.id.localeCompare(b.id)).map(({ id }) => id);
    const moments = report.moments.map((finding) => {
      const sketch = sketches[at + order.indexOf(finding.id)];
      const told = traits ? { ...finding, traits } : finding;
      return sketch === undefined ? told : { ...told, sketch };
    });
    const sent = { ...report, moments };
    const { digestId } = await reportDigest(walk.services, sent);
    assert.equal((await reportDigest(walk.services, sent)).status, "already-stored");
    const digest = await getDigest(walk.services, { accountId: house.accountId, id: digestId });
    const replays = digest.moments.map(({ authenticity }) => authenticity?.replay);
    const captures = digest.moments.map(({ authenticity }) => authenticity?.capture);
    return { replays, captures, ids: order, digest };
  }

  it("are told of once they were seen before, brighter and in other bytes, with the nearest before", async () => {
    const first = await looked(walk, walkOver(10, 8));
    assert.ok(first.replays.every((replay) => replay?.why === "nothing-before"));
    walk.services.clock.advance(2 * day);
    const again = walkOver(10, 8, (level) => level * 1.2 + 3);
    const { replays, digest } = await looked(walk, [again[2] ?? "", again[5] ?? ""]);
    assert.deepEqual(
      replays.map((replay) => replay?.status),
      ["repeat", "repeat"],
    );
    for (const replay of replays) assert.ok(first.ids.includes(replay?.earlier?.momentId ?? ""));
    assert.ok(!JSON.stringify(digest).includes("sketch"), "what shows the picture is in no digest");
  });

  it("are not others: of another place, of another account, or in which nothing moves", async () => {
    const [elsewhere] = (await looked(walk, walkOver(22, 8).slice(3, 4))).replays;
    assert.equal(elsewhere?.status, "none-found");
    const [theirs] = (await looked(other, walkOver(10, 8).slice(3, 4))).replays;
    assert.deepEqual(theirs, { status: "cannot-tell", why: "nothing-before" });
    const [empty] = (await looked(walk, walkOver(10, 20).slice(14, 15))).replays;
    assert.deepEqual(empty, { status: "cannot-tell", why: "nothing-moves" });
    const [unknown] = (await looked(walk, [""], { at: 1 })).replays;
    assert.deepEqual(unknown, { status: "cannot-tell", why: "not-looked-for" });
  });

  it("are forgotten after 30 days, and what was found stays", async () => {
    const kept = async () => {
      const [row] = await base.owner<{ pictures: number; repeats: number }[]>`
        select count(coalesce(cells, motion, backdrop))::int as pictures,
          (count(*) filter (where status = 'repeat'))::int as repeats from moment_sketch`;
      return row;
    };
    const stored = await base.owner`select 1 from digest_part where report::text like '%sketch%'`;
    assert.equal(stored.length, 0, "the report is kept without them");
    assert.ok(((await kept())?.pictures ?? 0) > 8);
    walk.services.clock.advance(31 * day);
    await sweep(walk.services);
    assert.deepEqual(await kept(), { pictures: 0, repeats: 2 });
    const [replay] = (await looked(walk, walkOver(10, 8).slice(3, 4))).replays;
    assert.deepEqual(replay, { status: "cannot-tell", why: "nothing-before" });
  });

  it("are files as their device's are, or not: learned from each once, of each account by itself", async () => {
    const traits = { encoder: "jpeg a", width: 640, height: 480 };
    const twelve = walkOver(10, 12);
    const { captures } = await looked(walk, twelve, { traits });
    assert.ok(
      captures.every((capture) => capture?.why === "not-enrolled" || capture?.status === "consistent"),
    );
    const [known] = (await looked(walk, [""], { traits })).captures;
    assert.deepEqual(known, { status: "consistent", reasons: [] });
    const { captures: others, digest } = await looked(walk, [""], {
      traits: { ...traits, encoder: "jpeg b", exif: { takenAt: "2040-01-01T00:00:00" } },
    });
    assert.equal(others[0]?.status, "contradicts");
    assert.equal(others[0]?.reasons[0]?.code, "time-ahead");
    assert.equal(digest.level, "low", "it changes no level");
    const [theirs] = (await looked(other, [""], { traits })).captures;
    assert.equal(theirs?.why, "not-enrolled");
    const rows = await base.owner`select 1 from digest_part where report::text like '%jpeg b%'`;
    assert.equal(rows.length, 0, "the report is kept without what it was told by");
    const [unknown] = (await looked(walk, [""])).captures;
    assert.deepEqual(unknown, { status: "cannot-tell", why: "not-looked-for", reasons: [] });
  });
});
