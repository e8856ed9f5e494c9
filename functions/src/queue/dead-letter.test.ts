/** A poisoned job, on a queue that really moves it: the local stand-in for SQS with its redrive policy. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { buryMessage, dispatchJobs, getUsage } from "@vigil/core/flow";
import { queue as limits } from "@vigil/core/limits";
import { sqsQueue } from "@vigil/core/platform/aws";
import { createTracer } from "@vigil/core/platform/trace";
import { sign } from "@vigil/core/review/job-signature";
import { ReviewView } from "@vigil/core/review/wire";
import type { SQSEvent } from "aws-lambda";
import { plantSessions } from "../../../packages/core/testing/plant.ts";
import { type Queues, startQueues } from "../../../scripts/local/queues.ts";
import { createTestApi, type TestApi } from "../../testing/api.ts";
import { consumeBatch } from "./consume-batch.ts";

describe("a poisoned job", () => {
  let api: TestApi;
  let queues: Queues;
  before(async () => {
    api = await createTestApi();
    const credentials = { accessKeyId: "local", secretAccessKey: "secret" };
    queues = await startQueues({ region: "local", credentials });
    const open = (name: keyof Queues["urls"]) =>
      sqsQueue({ url: queues.urls[name], endpoint: queues.endpoint, region: "local", credentials });
    api.services.jobs = { priority: open("vigil-priority"), standard: open("vigil-standard") };
    api.services.deadLetters = open("vigil-dead-letter");
  });
  after(async () => {
    await queues.stop();
    await api.close();
  });

  it("ends in the dead-letter queue after five receives, and its review as failed with the allowance back", async () => {
    const { services } = api;
    const account = api.account("guardian");
    const at = services.clock.now();
    const [sessionId] = await plantSessions(api.base.owner, account, { sessions: 1, moments: 2, at });
    const asked = await api.call("POST", `/v1/sessions/${sessionId}/reviews`, {
      key: account.memberToken,
      json: {},
      headers: { "idempotency-key": "poison" },
    });
    const { id } = ReviewView.parse(await asked.json());
    // A worker takes the job, falls over, and leaves it.
    const take = () =>
      services.jobs.standard.receive({ messagesMax: 1, waitSeconds: 1, visibilitySeconds: 1 });
    for (let receive = 1; receive <= limits.receivesMax; receive += 1) {
      const [message] = await take();
      assert.equal(message?.receiveCount, receive);
      await services.jobs.standard.changeVisibility(message, 0);
    }
    assert.deepEqual(await take(), [], "the sixth receive moves it instead");
    const [dead] = await services.deadLetters.receive({
      messagesMax: 10,
      waitSeconds: 5,
      visibilitySeconds: 60,
    });
    assert.ok(dead);
    // What is told of the load is what was measured last.
    services.clock.advance(1_000);
    assert.equal(await buryMessage(services, JSON.stringify({ reviewId: id, part: 0 })), "unreadable");
    assert.equal(await buryMessage(services, dead.body), "ended");
    await services.deadLetters.delete(dead);
    const key = account.memberToken;
    const shown = ReviewView.parse(await (await api.call("GET", `/v1/reviews/${id}`, { key })).json());
    assert.equal(shown.state, "failed");
    assert.match(shown.failure ?? "", /5 times/);
    assert.equal((await getUsage(services, account.accountId)).usage.reviews.left, 5);
    const metrics = await (await api.call("GET", "/metrics")).text();
    assert.match(metrics, /^deep_dead_letters 1$/m);
    assert.equal(await dispatchJobs(services), 0);
  });
});

describe("a dead message", () => {
  let api: TestApi;
  before(async () => {
    api = await createTestApi();
  });
  after(() => api.close());

  it("that names what cannot be is thrown away at once", async () => {
    const reviewId = "rev_0198c0de000070008000000000000001";
    for (const body of [
      "",
      "null",
      "{",
      "[]",
      JSON.stringify({ reviewId, part: 2 ** 31 }),
      JSON.stringify({ reviewId, part: -1 }),
      JSON.stringify({ reviewId: "rev_x", part: 0 }),
      JSON.stringify({ reviewId, part: 0 }),
    ]) {
      assert.equal(await buryMessage(api.services, body), "unreadable", body);
    }
  });

  it("that fails to be buried is tried again, and not for ever", async () => {
    const job = { reviewId: "rev_0198c0de000070008000000000000001", part: 0 };
    const body = sign(job, api.services.jobSigningKey);
    await api.base.owner`alter function account_of_review(text) rename to account_that_is_gone`;
    const services = api.services;
    for (const receives of [1, limits.deadLetterReceivesMax - 1]) {
      await assert.rejects(buryMessage(services, body, receives), /account_of_review/);
    }
    assert.equal(await buryMessage(services, body, limits.deadLetterReceivesMax), "given-up");
    const record = { body, messageId: "m", attributes: { ApproximateReceiveCount: "20" } };
    const event = { Records: [record] } as unknown as SQSEvent;
    const answer = await consumeBatch(services, { from: "dead letters", event }, (text, receives) =>
      buryMessage(services, text, receives),
    );
    assert.deepEqual(answer, { batchItemFailures: [] }, "the queue is told to forget it");
  });
});

describe("a batch of messages", () => {
  it("answers those that failed, to be delivered again, and no others", async () => {
    const records = ["good", "bad", "good"].map((body, index) => ({ body, messageId: `m${index}` }));
    const warnings: unknown[] = [];
    const tracer = createTracer({ record: undefined });
    const log = { info: () => {}, warn: (fields: unknown) => warnings.push(fields), error: () => {} };
    const event = { Records: records } as unknown as SQSEvent;
    const answer = await consumeBatch({ log, tracer }, { from: "dead letters", event }, (body) =>
      body === "bad" ? Promise.reject(new Error("no")) : Promise.resolve(),
    );
    assert.deepEqual(answer, { batchItemFailures: [{ itemIdentifier: "m1" }] });
    assert.equal(warnings.length, 1);
  });
});
