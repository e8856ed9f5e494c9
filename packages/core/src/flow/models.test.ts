import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { readManifest, verifyManifest } from "@vigil/verify";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { createTestServices } from "../../testing/services.ts";
import type { PairInput } from "../experiment/wire.ts";
import { Heartbeat } from "../worker/wire.ts";
import {
  getModelRecord,
  listModels,
  openExperiment,
  promoteModel,
  recordHeartbeat,
  recordPairs,
  registerModel,
  rollBackModel,
} from "./index.ts";

const of = (name: string, digit: string) => ({ name, sha256: digit.repeat(64) });
const champion = of("yolov8n", "0");
const better = of("better", "1");
const other = of("other", "2");
const actor = "operator";

describe("models, and what takes their place", () => {
  let base: TestDatabase;
  let services: ReturnType<typeof createTestServices>;
  const beat = () => {
    const [example] = (Heartbeat.meta()?.["examples"] ?? []) as object[];
    return recordHeartbeat(services, Heartbeat.parse({ ...example, model: champion }));
  };
  before(async () => {
    base = await createTestDatabase();
    services = createTestServices(base);
    await beat();
    for (const model of [champion, better, other]) {
      await registerModel(services, actor, { ...model, licence: "Apache-2.0", agreement: "" });
    }
  });
  after(() => base.close());

  /** `count` pairs, of which every tenth is a win, and `losses` in a hundred lost. */
  const pairsOf = (prefix: string, count: number, { slice = "day", losses = 0 } = {}): PairInput[] =>
    Array.from({ length: count }, (_, no) => ({
      key: `${prefix}-${no}`,
      outcome: no % 10 === 0 ? "win" : no % 100 < losses * 10 && no % 10 === 5 ? "loss" : "tie",
      slices: [slice],
    }));

  /** @returns the faults that a verifier names */
  async function faultsOfRecord(change: (text: string) => string = (text) => text) {
    const { publicKey, manifest, segments } = await getModelRecord(services);
    assert.ok(manifest);
    const { faults } = await verifyManifest(
      readManifest(JSON.stringify(manifest)),
      [publicKey],
      async (name) => {
        const text = segments.find((one) => one.name === name)?.text;
        return text === undefined ? undefined : new TextEncoder().encode(change(text));
      },
    );
    return faults;
  }

  it("tells workers nothing until a model was promoted, and the model from then on", async () => {
    assert.equal((await beat()).model, null);
    await promoteModel(services, actor, { sha256: other.sha256, after: 0, reason: "its licence" });
    assert.deepEqual((await beat()).model, other);
    await rollBackModel(services, actor, { after: 1, reason: "too slow" });
    assert.equal((await beat()).model, null);
  });

  it("refuses whoever decides on what another has changed meanwhile, and models that nobody registered", async () => {
    const { lastDecision } = await listModels(services);
    const promote = (sha256: string, seen: number) =>
      promoteModel(services, actor, { sha256, after: seen, reason: "why not" });
    await assert.rejects(promote(better.sha256, lastDecision - 1), { code: "model-moved-on" });
    await assert.rejects(promote("9".repeat(64), lastDecision), { code: "not-found" });
    const both = await Promise.allSettled([
      promote(better.sha256, lastDecision),
      rollBackModel(services, actor, { after: lastDecision, reason: "at once" }),
    ]);
    assert.equal(both.filter(({ status }) => status === "fulfilled").length, 1);
    assert.equal((await listModels(services)).lastDecision, lastDecision + 1);
  });

  it("promotes by itself when the evidence is there, signs on what it rests, and takes back what turns out worse", async () => {
    const seen = await listModels(services);
    if (seen.current) {
      await rollBackModel(services, actor, { after: seen.lastDecision, reason: "to begin with" });
    }
    const opening = { challenger: better, marginPoints: 3, slices: ["day", "night"], shadowShare: 0 };
    const { id } = await openExperiment(services, actor, opening);
    assert.equal((await openExperiment(services, actor, opening)).id, id, "opened twice, it is one");

    const day = await recordPairs(services, id, { pairs: pairsOf("day", 800) });
    assert.equal(day.state, "running", day.reasons.join());
    assert.match(day.reasons.join(), /fewer than 100 pairs: night/);
    await recordPairs(services, id, { pairs: pairsOf("day", 800) });
    const promoted = await recordPairs(services, id, { pairs: pairsOf("night", 200, { slice: "night" }) });
    assert.equal(promoted.state, "promoted", promoted.reasons.join());
    assert.equal(promoted.wins, 100, "keys that are known change nothing");
    assert.ok(promoted.curve.length > 50 && promoted.evidence >= promoted.evidenceWanted);
    const [decision] = (await listModels(services)).decisions;
    assert.deepEqual([decision?.kind, decision?.model, decision?.experiment?.wins], ["promote", better, 100]);
    assert.deepEqual((await beat()).model, better);

    const lost = pairsOf("later", 200, { slice: "night" }).map(
      (pair): PairInput => ({ ...pair, outcome: "loss" }),
    );
    assert.equal((await recordPairs(services, id, { pairs: lost })).state, "blocked");
    const { current, decisions } = await listModels(services);
    assert.equal(current, null);
    assert.match(decisions[0]?.reason ?? "", /worse: night/);
    await assert.rejects(recordPairs(services, id, { pairs: lost }), { code: "experiment-ended" });
  });

  it("blocks a model that is worse at night, although it is better on average", async () => {
    const opening = { challenger: other, marginPoints: 0, slices: ["day", "night"], shadowShare: 0 };
    const { id } = await openExperiment(services, actor, opening);
    const night: PairInput[] = Array.from({ length: 150 }, (_, no) => ({
      key: `night-${no}`,
      outcome: no % 8 === 0 ? "loss" : "tie",
      slices: ["night"],
    }));
    const pairs = [...night, ...pairsOf("day", 800)];
    const { state, wins, losses } = await recordPairs(services, id, { pairs });
    assert.ok(wins > losses);
    assert.equal(state, "blocked");
  });

  it("keeps a record of all decisions that verifies, and in which no word can be changed", async () => {
    assert.deepEqual(await faultsOfRecord(), []);
    assert.notDeepEqual(await faultsOfRecord((text) => text.replace("its licence", "my licence")), []);
  });
});
