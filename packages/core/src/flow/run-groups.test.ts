import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { consentTo } from "../../testing/consents.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { importer, itemsOf, lookAt, workAll } from "../../testing/runs.ts";
import { decideGroups, getRun, listRunGroups, listRunItems } from "./index.ts";

describe("groups of a run", () => {
  let base: TestDatabase;
  before(async () => {
    base = await createTestDatabase();
    await consentTo(base);
  });
  after(() => base.close());

  async function grouped(source: string, embeddings: readonly (readonly number[])[]) {
    const own = importer(base);
    const { id } = await own.open(source);
    await own.add(id, itemsOf(embeddings.map((_, no) => `${source} ${no}`)));
    await own.move(id, "finish-listing");
    await workAll(own.services, (item) => {
      const embedding = Buffer.from(embeddings[item.no] ?? []).toString("base64");
      return { ...lookAt(item), ...(embedding === "" ? {} : { embedding }) };
    });
    const asked = { accountId: own.accountId, id };
    const { groups } = await listRunGroups(own.services, { ...asked, after: -1, limit: 10 });
    const { comparedBy } = await getRun(own.services, asked);
    return { groups: groups.map(({ items }) => items.map(({ no }) => no)), comparedBy };
  }

  it("are made by embeddings too, where the model gives them, and say so", async () => {
    const looks = [
      [120, 3],
      [5, 120],
      [120, 9],
      [60, 60],
      [120, 0, 0],
    ];
    assert.deepEqual(
      await grouped("embedded", looks),
      {
        groups: [[0, 2]],
        comparedBy: "hashes-and-embeddings",
      },
      "an embedding of another length says nothing",
    );
    assert.deepEqual(await grouped("plain", [[], []]), { groups: [], comparedBy: "hashes" });
  });
});

describe("what a person says of groups", () => {
  let base: TestDatabase;
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());

  const same = "0f0f0f0f0f0f0f0f";
  const hashes: Record<string, string> = { "said a": same, "said b": same, "said c": same };
  const other = "f0f0f0f0f0f0f0f0";

  async function reviewed(own: ReturnType<typeof importer>, source: string, pictures: readonly string[]) {
    const { id } = await own.open(source);
    const items = itemsOf(pictures);
    await own.add(id, items);
    await own.move(id, "finish-listing");
    await workAll(own.services, (item) => ({
      ...lookAt(item),
      hash: hashes[pictures[item.no] ?? ""] ?? other,
    }));
    return id;
  }

  async function groupsOf(own: ReturnType<typeof importer>, id: string): Promise<number[][]> {
    const asked = { accountId: own.accountId, id, after: -1, limit: 10 };
    const { groups } = await listRunGroups(own.services, asked);
    return groups.map(({ items }) => items.map(({ no }) => no));
  }

  it("is done at once, and holds in a later run, whatever the order", async () => {
    const own = importer(base);
    const by = { accountId: own.accountId, actor: "test" };
    const id = await reviewed(own, "said", ["said a", "said b", "said c", "said d"]);
    assert.deepEqual(await groupsOf(own, id), [[0, 1, 2]]);
    await decideGroups(own.services, by, id, { verdict: "split", items: [0] });
    assert.deepEqual(await groupsOf(own, id), [[1, 2]]);
    await decideGroups(own.services, by, id, { verdict: "join", items: [0, 3] });
    assert.deepEqual(await groupsOf(own, id), [
      [0, 3],
      [1, 2],
    ]);
    const later = await reviewed(own, "said", ["said d", "said c", "said b", "said a"]);
    assert.deepEqual(await groupsOf(own, later), [
      [0, 3],
      [1, 2],
    ]);
    await decideGroups(own.services, by, later, { verdict: "join", items: [0, 1] });
    const last = await reviewed(own, "said", ["said a", "said b", "said c", "said d"]);
    assert.deepEqual(await groupsOf(own, last), [[0, 1, 2, 3]], "what was said last holds");
    const theirs = importer(base, own.services, 1);
    const foreign = await reviewed(theirs, "said", ["said a", "said b"]);
    assert.deepEqual(await groupsOf(theirs, foreign), [[0, 1]], "and for one account alone");
    await assert.rejects(decideGroups(own.services, by, foreign, { verdict: "split", items: [0] }), {
      code: "not-found",
    });
  });

  it("is said of groups of which one page shows a part, and of what stands alone", async () => {
    const own = importer(base);
    const many = Array.from({ length: 15 }, (_, no) => `many ${no}`);
    const id = await reviewed(own, "many", [...many, "said a"]);
    const asked = { accountId: own.accountId, id, after: -1 };
    const { groups, nextAfter } = await listRunGroups(own.services, { ...asked, limit: 1 });
    assert.deepEqual([groups[0]?.size, groups[0]?.items.length, nextAfter], [15, 12, null]);
    const numbers = async (group: string, from = -1) => {
      const page = await listRunItems(own.services, { ...asked, after: from, limit: 10, group });
      return page.items.map(({ no }) => no);
    };
    assert.deepEqual(await numbers("none"), [15]);
    assert.deepEqual(await numbers("0", 9), [10, 11, 12, 13, 14]);
  });

  it("is refused when it cannot be: no such item, or a sealed run", async () => {
    const own = importer(base);
    const by = { accountId: own.accountId, actor: "test" };
    const id = await reviewed(own, "refused", ["refused a", "refused b"]);
    const decide = (verdict: "split" | "join", items: number[]) =>
      decideGroups(own.services, by, id, { verdict, items });
    await assert.rejects(decide("split", [7]), { code: "invalid-body", message: /no item 7/ });
    await decide("split", [0]);
    await decide("split", [0]);
    assert.deepEqual(await groupsOf(own, id), [], "asked once more, nothing changes");
    await own.move(id, "seal");
    await assert.rejects(decide("join", [0, 1]), { code: "run-moved-on" });
  });
});
