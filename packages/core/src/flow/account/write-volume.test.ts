/** An export that does not fit into one archive, and what an account's tables owe to its erasure. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { makeSigner } from "@vigil/verify/seal";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { image } from "../../../testing/images.ts";
import { plantSessions } from "../../../testing/plant.ts";
import { arrange, findingsFor } from "../../../testing/walk.ts";
import { readVolume, rowsOf } from "../../../testing/whole-account.ts";
import { inAccount } from "../../db/index.ts";
import * as Export from "../../export/index.ts";
import { reportDigest, requestReview } from "../index.ts";
import { writeVolume } from "./write-volume.ts";

describe("an export in several archives", () => {
  let base: TestDatabase;
  let walk: ReturnType<typeof arrange>;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vigil-volumes-"));
    base = await createTestDatabase();
    walk = arrange(base, "pro");
    const pictures = await Promise.all([1, 2, 3].map((seed) => image(`${seed}.jpg`, seed)));
    const { sessionId } = await walk.post(walk.event({ type: "person" }), pictures);
    await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
    const [job] = await walk.receive();
    assert.ok(job);
    await walk.beat();
    await reportDigest(walk.services, findingsFor(job, []));
    const account = base.seeded.accounts.find(({ accountId }) => accountId === walk.accountId);
    assert.ok(account);
    await plantSessions(base.owner, account, { sessions: 450, moments: 1, at: new Date() });
  });
  after(async () => {
    await base?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("holds each row and each object once, whatever the place at which an archive was full", async () => {
    const { services, accountId } = walk;
    const signer = await makeSigner("test");
    let exported = await inAccount(services.database, accountId, async (tx) => {
      const { made } = await Export.record(tx, { accountId, askedBy: "test", at: services.clock.now() });
      return made;
    });
    const files: string[] = [];
    for (let no = 1; no <= 40; no += 1) {
      let steps = 0;
      const file = join(folder, `${no}.zip`);
      const isOver = () => (steps += 1) > 5;
      const written = await writeVolume(services, {
        file,
        no,
        exported,
        signer,
        isOver,
        note: async () => true,
      });
      assert.ok(written);
      files.push(file);
      exported = { ...exported, place: written.place, counts: written.counts };
      if (written.place === null) break;
    }
    assert.ok(files.length > 5, `${files.length} archives`);
    const read = await Promise.all(
      files.map(async (file) => readVolume(new Uint8Array(await readFile(file)))),
    );
    const last = read.at(-1)?.manifest;
    assert.ok(last?.isLast);
    for (const [table, rows] of Object.entries(await rowsOf(base.owner, accountId))) {
      if (last.leftOut.includes(table)) continue;
      const found: string[] = read.flatMap(({ rows: of }) =>
        (of[table] ?? []).map((row) => JSON.stringify(row)),
      );
      assert.equal(found.length, rows, table);
      assert.equal(new Set(found).size, rows, `${table}: each once`);
      assert.equal(last.countsUntilHere[table], rows, table);
    }
    const pictures = read.flatMap((one) =>
      Object.keys(one.files).filter((name) => name.startsWith("evidence/")),
    );
    assert.equal(pictures.length, 3);
    assert.equal(new Set(pictures).size, 3);
  });

  it("is not written on by whoever has lost the turn", async () => {
    const { services, accountId } = walk;
    const exported = await inAccount(services.database, accountId, async (tx) => (await Export.list(tx))[0]);
    assert.ok(exported);
    const written = await writeVolume(services, {
      file: join(folder, "lost.zip"),
      no: 1,
      exported,
      signer: await makeSigner("test"),
      isOver: () => false,
      note: async () => false,
    });
    assert.equal(written, undefined);
  });

  it("and the erasure of an account go through every table by an index", async () => {
    const without = await base.owner<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not exists (
        select from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum and i.indpred is null)
      order by 1`;
    assert.deepEqual(
      without.map(({ name }) => name),
      [],
    );
  });
});
