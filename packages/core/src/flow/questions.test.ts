import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { importer, itemsOf, lookAt, workAll } from "../../testing/runs.ts";
import { inAccount } from "../db/index.ts";
import * as Id from "../id.ts";
import * as Inspection from "../inspection/index.ts";
import { question as limits } from "../limits.ts";
import * as Manifest from "../manifest/index.ts";
import { RunRules, type Verdict } from "../question/wire.ts";
import * as Run from "../run/index.ts";
import type { ItemInput, RunInput } from "../run/wire.ts";
import {
  answerQuestion,
  decideGroups,
  getRun,
  getRunManifest,
  listExperiments,
  listQuestions,
  listRunItems,
  openExperiment,
  registerModel,
  takeBackAnswer,
} from "./index.ts";

const rules = RunRules.parse({ rules: [{ kind: "requires", label: "person", confidenceMin: 0.5 }] });
const seenAs = (confidence: number) => [
  { label: "person", confidence, box: [0.1, 0.2, 0.3, 0.4] as [number, number, number, number] },
];

describe("questions to people", () => {
  let base: TestDatabase;
  before(async () => {
    base = await createTestDatabase();
  });
  after(() => base.close());

  const memberOf = (index: number) => base.seeded.accounts[index]?.memberId ?? "";

  /** A run that waits in review, of which item `no` was seen with `confidences[no]`. */
  async function arrange(
    source: string,
    confidences: readonly number[],
    {
      index = 2,
      items = itemsOf(confidences.map((_, no) => `${source} ${no}`)),
      ...more
    }: Partial<RunInput> & { index?: number; items?: ItemInput[] } = {},
  ) {
    const own = importer(base, undefined, index);
    const { id } = await own.open(source, { rules, ...more });
    await own.add(id, items);
    await own.move(id, "finish-listing");
    await workAll(own.services, (item) => ({
      ...lookAt(item),
      detections: seenAs(confidences[item.no] ?? 0),
    }));
    const { services, accountId } = own;
    const by = (actor = memberOf(index)) => ({ accountId, actor });
    return {
      ...own,
      id,
      by,
      run: () => getRun(services, { accountId, id }),
      next: async (actor?: string, limit = 50) =>
        (await listQuestions(services, by(actor), { run: id, limit })).items,
      answer: (question: string, answer: Verdict, actor?: string) =>
        answerQuestion(services, by(actor), { id: question, answer }),
      takeBack: (question: string, actor?: string) => takeBackAnswer(services, by(actor), question),
    };
  }
  type Arranged = Awaited<ReturnType<typeof arrange>>;

  function assertConserved({ accepted, open, ends }: Awaited<ReturnType<Arranged["run"]>>): void {
    assert.equal(accepted, open + Object.values(ends).reduce((sum, count) => sum + count, 0));
  }

  /** Whoever else may answer in the account; gone when the test ends. */
  async function withOther(index: number, work: (other: string) => Promise<void>): Promise<void> {
    const { accountId } = base.seeded.accounts[index] ?? { accountId: "" };
    const id = Id.create("member");
    await base.owner`insert into member (id, account_id, name, role) values (${id}, ${accountId}, 'Bo', 'member')`;
    await work(id);
    await base.owner`update member set removed_at = now() where id = ${id}`;
  }

  const spread = (count: number) => Array.from({ length: count }, (_, no) => 0.45 + (no % 10) / 100);

  it("are asked of the nearest within the budget; the rest is counted, and every item has its margin", async () => {
    const confidences = [...Array.from({ length: 30 }, () => 0.9), ...spread(10)];
    const { run, services, accountId, id, next } = await arrange("budget", confidences);
    const asked = await run();
    assert.deepEqual([asked.state, asked.accepted], ["review", 40]);
    assert.deepEqual([asked.ends.asked, asked.ends.inspected], [6, 34]);
    assertConserved(asked);
    const { near, overflow, open, answered, twice } = asked.questions ?? {};
    assert.deepEqual([near, asked.questions?.asked, overflow, open, answered], [10, 6, 4, 7, 0]);
    assert.deepEqual(twice, { asked: 1, answered: 0, agreed: 0, low: 0, high: 1 });
    const { items } = await listRunItems(services, { accountId, id, after: -1, limit: 100 });
    assert.deepEqual(
      items.filter(({ end }) => end === "asked").map(({ margin }) => margin),
      [-0.03, -0.02, -0.01, 0, 0.01, 0.02],
    );
    assert.ok(items.every(({ margin }) => margin !== null));
    const [first] = await next();
    assert.ok(first);
    assert.deepEqual(first.asks, rules.rules[0]);
    const seconds = (Date.parse(first.picture.expiresAt) - services.clock.now().getTime()) / 1_000;
    assert.ok(seconds > 0 && seconds <= 60, `${seconds}`);
  });

  it("are none without rules, and none where nothing is near", async () => {
    const far = await arrange(
      "far",
      Array.from({ length: 20 }, () => 0.9),
    );
    assert.deepEqual((await far.run()).questions?.near, 0);
    const own = importer(base);
    const done = await own.import("ruleless", itemsOf(["ruleless"]));
    assert.equal(done.questions, null);
  });

  it("end an item as it was seen once somebody has answered, and open it again when they take that back", async () => {
    const { run, next, answer, takeBack } = await arrange("answers", spread(20));
    const asked = await run();
    assert.deepEqual([asked.ends.asked, asked.ends.inspected], [3, 17]);
    const [one] = await next();
    assert.ok(one);
    assert.equal((await answer(one.id, "yes")).answer, "yes");
    await answer(one.id, "yes");
    const rows = () =>
      base.owner`select verdict, actor from answer where question_id = ${one.id} order by no`;
    assert.equal((await rows()).length, 1, "the same once more changes nothing");
    assert.deepEqual([(await run()).ends.asked, (await run()).ends.inspected], [2, 18]);
    assertConserved(await run());
    await answer(one.id, "no", "another");
    await assert.rejects(takeBack(one.id), { code: "question-moved-on" }, "it is not theirs that counts");
    const back = await takeBack(one.id, "another");
    assert.deepEqual([back.answer, back.answeredAt], [null, null]);
    await takeBack(one.id, "another");
    assert.deepEqual((await run()).ends, asked.ends);
    assert.deepEqual(
      (await rows()).map(({ verdict, actor }) => [verdict, actor]),
      [
        ["yes", memberOf(2)],
        ["no", "another"],
        [null, "another"],
      ],
      "what was said is appended",
    );
    await assert.rejects(
      inAccount(base.database, base.seeded.accounts[2]?.accountId ?? "", (_, sql) => sql`delete from answer`),
      /permission denied/,
    );
  });

  it("are asked once more, after all the rest, of the same person where there is nobody else", async () => {
    const { run, next, answer } = await arrange("alone", spread(20));
    const firsts = await next();
    assert.equal(firsts.length, 3, "what is asked once more looks like any other, and comes later");
    for (const { id } of firsts) {
      assert.ok((await next()).every(({ answer: said }) => said === null));
      await answer(id, "cannot-tell");
    }
    const [again, ...rest] = await next();
    assert.ok(again && rest.length === 0);
    assert.ok(firsts.every(({ id }) => id !== again.id));
    assert.ok(firsts.some(({ name }) => name === again.name));
    await answer(again.id, "cannot-tell");
    assert.deepEqual(await next(), []);
    const { questions } = await run();
    assert.deepEqual(questions?.twice, { asked: 1, answered: 1, agreed: 1, low: 0.2065, high: 1 });
    assert.deepEqual([questions?.open, questions?.answered], [0, 4]);
  });

  it("are asked once more of another person, or of the same if nobody came in time; who does not agree cannot tell", async () => {
    const { run, next, answer, services, id, accountId, move } = await arrange("others", spread(20), {
      index: 1,
    });
    await withOther(1, async (other) => {
      for (const one of await next()) await answer(one.id, "yes");
      assert.deepEqual(await next(), []);
      const [again] = await next(other);
      assert.ok(again);
      services.clock.advance(limits.waitForOtherMs);
      assert.deepEqual((await next())[0]?.id, again.id);
      await answer(again.id, "no", other);
      const { questions } = await run();
      assert.deepEqual([questions?.twice.answered, questions?.twice.agreed], [1, 0]);
      await move(id, "seal");
      const leaves = await leavesOf(services, { accountId, id });
      const leaf = leaves.find(({ name }) => name === again.name);
      assert.equal(leaf?.rules, "unclear");
    });
  });

  async function leavesOf(
    services: Arranged["services"],
    of: { accountId: string; id: string },
  ): Promise<{ name: string; rules?: string; outcome: string }[]> {
    const { manifest } = await getRunManifest(services, of);
    const leaves: { name: string; rules?: string; outcome: string }[] = [];
    for (const { name } of manifest.segments) {
      const read = await services.blobs.read(Manifest.segmentKeyOf(of.accountId, name), 1_000_000);
      const lines = new TextDecoder().decode(read).trim().split("\n");
      leaves.push(
        ...lines.map((line) => JSON.parse(line.slice(line.indexOf("{"))) as (typeof leaves)[number]),
      );
    }
    return leaves;
  }

  it("are closed when the run is sealed: leaves say what came of them, and nothing that is said later changes it", async () => {
    const { next, answer, takeBack, move, id, services, accountId, run } = await arrange(
      "sealed",
      spread(20),
    );
    const [yes, no, left] = await next();
    assert.ok(yes && no && left);
    await answer(yes.id, "yes");
    await answer(no.id, "no");
    await move(id, "seal");
    const leaves = new Map((await leavesOf(services, { accountId, id })).map((leaf) => [leaf.name, leaf]));
    assert.deepEqual(
      [yes, no, left].map(({ name }) => leaves.get(name)?.rules),
      ["holds", "broken", "unclear"],
    );
    assert.ok([...leaves.values()].every(({ outcome }) => outcome === "inspected"));
    await assert.rejects(answer(left.id, "yes"), { code: "question-moved-on" });
    await assert.rejects(takeBack(yes.id), { code: "question-moved-on" });
    assert.deepEqual(await next(), []);
    const sealed = await run();
    assert.deepEqual([sealed.questions?.open, sealed.ends.asked], [0, 1]);
    assertConserved(sealed);
    await move(id, "roll-back");
    await assert.rejects(answer(left.id, "yes"), { code: "question-moved-on" });
  });

  it("are closed when the run is cancelled, and unknown to another account", async () => {
    const { next, answer, move, id, services } = await arrange("cancelled", spread(20));
    const [one] = await next();
    assert.ok(one);
    const { accountId } = base.seeded.accounts[0] ?? { accountId: "" };
    const foreign = { accountId, actor: memberOf(0) };
    await assert.rejects(answerQuestion(services, foreign, { id: one.id, answer: "yes" }), {
      code: "not-found",
    });
    await assert.rejects(listQuestions(services, foreign, { run: id, limit: 1 }), { code: "not-found" });
    assert.deepEqual(await listQuestions(services, foreign, { run: undefined, limit: 1 }), {
      items: [],
      open: 0,
      answered: 0,
    });
    await move(id, "cancel");
    await assert.rejects(answer(one.id, "yes"), { code: "question-moved-on" });
    assert.deepEqual(await next(), []);
  });

  it("seal what was said while it was being sealed", async () => {
    const { next, answer, move, id, services, accountId } = await arrange("meanwhile", spread(20));
    const [one] = await next();
    assert.ok(one);
    const put = services.blobs.put.bind(services.blobs);
    let isFirst = true;
    services.blobs.put = async (object) => {
      if (isFirst) {
        isFirst = false;
        await answer(one.id, "yes");
      }
      return put(object);
    };
    await move(id, "seal");
    assert.equal(isFirst, false);
    const leaf = (await leavesOf(services, { accountId, id })).find(({ name }) => name === one.name);
    assert.equal(leaf?.rules, "holds");
  });

  it("teach the explainer what was seen and is not there, once for each group, when the run is sealed", async () => {
    const confidences = [0.52, 0.52, 0.51, 0.48, ...Array.from({ length: 30 }, () => 0.9)];
    const { next, answer, move, id, services, by } = await arrange("false", confidences, { zone: "yard" });
    await decideGroups(services, by(), id, { verdict: "join", items: [0, 1] });
    const learned = () => base.owner`select type, count from dismissal where zone = 'yard'`;
    for (const one of await next()) await answer(one.id, "no");
    assert.deepEqual([...(await learned())], []);
    await move(id, "seal");
    await move(id, "seal");
    assert.deepEqual([...(await learned())], [{ type: "person", count: 2 }]);
  });

  it("are pairs of an experiment whose models both looked, and are both near the boundary", async () => {
    const [champion, challenger] = ["a", "c"].map((digit) => ({ name: digit, sha256: digit.repeat(64) }));
    assert.ok(champion && challenger);
    await base.owner`insert into worker (id, model, provider, items_per_second, items_per_second_capacity, batch_p50_ms, batch_p95_ms, in_flight, seen_at)
      values ('pairs', ${JSON.stringify(champion)}::jsonb, 'cpu', 1, 1, 1, 1, 0, now()) on conflict do nothing`;
    const confidences = [0.47, 0.53, 0.47, 0.47, ...Array.from({ length: 40 }, () => 0.9)];
    const items = itemsOf(confidences.map((_, no) => `pairs ${no}`));
    const own = await arrange("pairs", confidences, { items });
    const { services, accountId, next, answer, move, id } = own;
    await registerModel(services, "operator", { ...challenger, licence: "MIT", agreement: "" });
    const opened = { challenger, slices: [] };
    const experiment = await openExperiment(services, "operator", {
      ...opened,
      marginPoints: 0,
      shadowShare: 0,
    });
    // Says otherwise of the first, the same of the second, is sure of the third, and has not seen the fourth.
    const theirs = [0.52, 0.52, 0.9];
    await inAccount(base.database, accountId, (_, sql) =>
      Inspection.record(
        sql,
        theirs.map((confidence, no) => ({
          accountId,
          sha256: items[no]?.sha256 ?? "",
          modelSha256: challenger.sha256,
          policyHash: Run.policyHash,
          outcome: "inspected" as const,
          detections: seenAs(confidence),
          hash: null,
          embedding: null,
          reason: null,
          inspectedAt: new Date(),
        })),
      ),
    );
    for (const one of await next()) await answer(one.id, "yes");
    await move(id, "seal");
    await move(id, "seal");
    const found = (await listExperiments(services)).items.find((one) => one.id === experiment.id);
    assert.deepEqual([found?.wins, found?.losses, found?.ties], [1, 0, 1]);
  });
});
