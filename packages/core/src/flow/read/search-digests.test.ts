/** Digests are found by what they say, what was seen, where, and when; and by nobody but their own account. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../testing/database.ts";
import { image } from "../../../testing/images.ts";
import { createTestServices, movableClock } from "../../../testing/services.ts";
import { type Arranged, arrange, findingsFor } from "../../../testing/walk.ts";
import { changeAccount, reportDigest, requestReview, searchDigests } from "../index.ts";

describe("asking for digests in words", () => {
  let base: TestDatabase;
  let walk: Arranged;
  const ids = new Map<string, string>();
  const clock = movableClock(new Date("2026-11-24T12:00:00Z"));
  before(async () => {
    base = await createTestDatabase();
    walk = arrange(base, "pro", createTestServices(base, clock));
    await changeAccount(
      walk.services,
      { accountId: walk.accountId, actor: walk.memberId },
      { timeZone: "Europe/London" },
    );
    const foreign = arrange(base, "guardian", walk.services);
    await see(foreign, "theirs", "2026-11-25T22:00:00Z", "back_door", "person");
    await see(walk, "noon", "2026-11-25T12:00:00Z", "driveway", "truck");
    await see(walk, "night", "2026-11-25T23:30:00Z", "Rear entrance cam 2", "person");
    await see(walk, "cat", "2026-11-26T03:00:00Z", "back garden", "cat");
    clock.set(new Date("2026-11-26T10:15:00Z"));
  });
  after(() => base.close());

  async function see(of: Arranged, name: string, at: string, zone: string, label: string): Promise<void> {
    clock.set(new Date(at));
    const { sessionId } = await of.post(of.event({ type: "motion", zone }), [
      await image("a.jpg", ids.size + 1),
    ]);
    await requestReview(of.services, { accountId: of.accountId, sessionId, actor: "test" });
    await of.beat();
    const [job] = await of.receive();
    assert.ok(job);
    const seen = { label, confidence: 0.9, box: [0.1, 0.1, 0.2, 0.5] as [number, number, number, number] };
    ids.set((await reportDigest(of.services, findingsFor(job, [seen]))).digestId, name);
  }

  async function ask(question: string, olderThan?: string) {
    const { services, accountId, memberId } = walk;
    const page = { limit: 10, before: olderThan };
    const answer = await searchDigests(services, { accountId, memberId, question, ...page });
    return answer.items.map(({ id }) => ids.get(id));
  }

  it("finds a person at the back door last night, whatever the door was called, and not the neighbour's", async () => {
    assert.deepEqual(await ask("person at the back door last night"), ["night"]);
    assert.deepEqual(await ask("was somebody at the rear door yesterday evening?"), ["night"]);
    assert.deepEqual(await ask("people at the back door"), ["night"]);
    assert.deepEqual(await ask("person at the back door this morning"), []);
    assert.deepEqual(await ask("person at the front door last night"), []);
  });

  it("finds things by their other names and their kind", async () => {
    assert.deepEqual(await ask("lorry"), ["noon"]);
    assert.deepEqual(await ask("vehicles yesterday"), ["noon"]);
    assert.deepEqual(await ask("animal in the garden between 2 and 4"), ["cat"]);
  });

  it("finds everything of a time when nothing else is asked, newest first, and none that is still to come", async () => {
    assert.deepEqual(await ask("since yesterday"), ["cat", "night", "noon"]);
    assert.deepEqual(await ask("this evening"), []);
  });

  it("goes on page by page", async () => {
    const first = await searchDigests(walk.services, {
      accountId: walk.accountId,
      memberId: walk.memberId,
      question: "since yesterday",
      limit: 2,
      before: undefined,
    });
    assert.equal(first.items.length, 2);
    const olderThan = Buffer.from(first.nextCursor ?? "", "base64url").toString();
    assert.deepEqual(await ask("since yesterday", olderThan), ["noon"]);
  });

  it("reads no operator in a question", async () => {
    for (const odd of ["' | 'a", "person & !(cat) <-> :*", "\\", "'''", "a'b\\'c", "((", "ẞ ﬁ ١٢", "%_"]) {
      await ask(odd);
    }
    assert.deepEqual(await ask("person | cat"), [], "both must be found");
  });
});
