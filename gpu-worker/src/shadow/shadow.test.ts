import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import type { Detection } from "@vigil/core/digest/wire";
import type { ShadowItem, ShadowReport, ShadowWish } from "@vigil/core/shadow/wire";
import { waitUntil } from "../../testing/wait-until.ts";
import { createLog } from "../observe/log.ts";
import { type Challenger, createShadow, type Shadow } from "./index.ts";

const log = createLog({ level: "silent", workerId: "test" });
const unicorn: Detection = { label: "unicorn", confidence: 0.9, box: [0, 0, 1, 1] };
const wish = (digit: string, share = 1): ShadowWish => ({
  experimentId: `xpr_${digit.repeat(32)}`,
  model: { name: `model-${digit}`, sha256: digit.repeat(64) },
  share,
});
const job = (no: number) => ({ reviewId: `rev_${no}`, accountId: "acc_1" });

describe("a model on trial, at the worker", () => {
  let shadow: Shadow;
  let asked: string[];
  let reports: ShadowReport[];
  let made: string[];
  let closed: string[];
  let looking: number;
  let mostAtOnce: number;
  let quiet: PromiseWithResolvers<void>;
  let now: number;
  let isMissing: boolean;
  beforeEach(() => {
    [asked, reports, made, closed] = [[], [], [], []];
    [looking, mostAtOnce, now, isMissing] = [0, 0, 0, false];
    quiet = Promise.withResolvers();
    quiet.resolve();
    shadow = createShadow({
      api: {
        async askShadowLook(_experimentId, { reviewId }) {
          asked.push(reviewId);
          if (reviewId === "rev_13") throw new Error("the API does not answer");
          return reviewId === "rev_0" ? null : ({ id: `mom of ${reviewId}` } as unknown as ShadowItem);
        },
        async reportShadowLook(_experimentId, report) {
          reports.push(report);
          return "stored";
        },
      },
      quiet: () => quiet.promise,
      async make({ name }): Promise<Challenger> {
        made.push(name);
        if (isMissing) throw new Error("no such model");
        return {
          async look() {
            looking += 1;
            mostAtOnce = Math.max(mostAtOnce, looking);
            await new Promise(setImmediate);
            looking -= 1;
            return [unicorn];
          },
          async close() {
            closed.push(name);
          },
        };
      },
      log,
      now: () => now,
    });
  });
  afterEach(() => shadow.close());

  const ready = async (wanted: ShadowWish) => {
    shadow.follow(wanted);
    await waitUntil(() => made.length > 0, { what: "the model" });
    await new Promise(setImmediate);
  };

  it("looks at reviews one after the other, and reports what it sees to its experiment", async () => {
    await ready(wish("1"));
    for (const no of [0, 1, 13, 2, 3]) shadow.offer(job(no));
    await waitUntil(() => reports.length === 3, { what: "reports" });
    assert.deepEqual(asked, ["rev_0", "rev_1", "rev_13", "rev_2", "rev_3"], "what fails is left out");
    assert.deepEqual(reports[0], {
      reviewId: "rev_1",
      model: wish("1").model,
      momentId: "mom of rev_1",
      detections: [unicorn],
    });
    assert.equal(mostAtOnce, 1);
  });

  it("waits while reviews are in hand, and leaves out those that do not fit in", async () => {
    await ready(wish("1"));
    quiet = Promise.withResolvers();
    for (let no = 1; no <= 30; no += 1) shadow.offer(job(no));
    await new Promise(setImmediate);
    assert.deepEqual(asked, []);
    quiet.resolve();
    await waitUntil(() => looking === 0 && reports.length >= 7, { what: "reports" });
    assert.ok(reports.length <= 9, `${reports.length} of 30`);
  });

  it("looks at the share by the review's id, and at nothing without a wish", async () => {
    shadow.offer(job(1));
    await ready(wish("1", 0));
    shadow.offer(job(2));
    shadow.follow(wish("1", 1));
    shadow.offer(job(3));
    await waitUntil(() => reports.length === 1, { what: "a report" });
    assert.deepEqual(asked, ["rev_3"]);
  });

  it("closes a model when another is on trial, or none", async () => {
    await ready(wish("1"));
    shadow.follow(wish("2"));
    await waitUntil(() => made.length === 2, { what: "the other model" });
    assert.deepEqual(closed, ["model-1"]);
    shadow.follow(null);
    await waitUntil(() => closed.length === 2, { what: "its end" });
    shadow.offer(job(1));
    assert.deepEqual([made, asked], [["model-1", "model-2"], []]);
  });

  it("asks for a model that is not there once a minute", async () => {
    isMissing = true;
    await ready(wish("1"));
    for (let beat = 0; beat < 5; beat += 1) {
      shadow.follow(wish("1"));
      await new Promise(setImmediate);
    }
    assert.equal(made.length, 1);
    now = 61_000;
    isMissing = false;
    shadow.follow(wish("1"));
    await waitUntil(() => made.length === 2, { what: "another try" });
  });

  it("ends while it waits", async () => {
    await ready(wish("1"));
    quiet = Promise.withResolvers();
    shadow.offer(job(1));
    await shadow.close();
    assert.deepEqual([closed, reports], [["model-1"], []]);
  });
});
