import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import { ExperimentView } from "@vigil/core/experiment/wire";
import { Job } from "@vigil/core/review/wire";
import { isSampled } from "@vigil/core/shadow/sample";
import { Disagreements, ShadowReply } from "@vigil/core/shadow/wire";
import { Heartbeat } from "@vigil/core/worker/wire";
import { jpeg } from "../../../packages/core/testing/images.ts";
import { findingsFor } from "../../../packages/core/testing/walk.ts";
import { createTestApi, eventAt, multipart, problemOf, type TestApi } from "../../testing/api.ts";

const model = { name: "on trial", sha256: "1".repeat(64) };

describe("/operator/v1/experiments/{id}/disagreements", () => {
  let api: TestApi;
  let id: string;
  before(async () => {
    api = await createTestApi();
    const [beat] = (Heartbeat.meta()?.["examples"] ?? []) as object[];
    await api.work("/heartbeats", beat);
    await operate("POST", "/models", { ...model, licence: "Apache-2.0" });
    const opened = await operate("POST", "/experiments", { challenger: model, shadowShare: 0.5 });
    ({ id } = ExperimentView.parse(await opened.json()));
    await takePart("pro", true);
  });
  after(() => api.close());

  const operate = (method: string, path: string, json?: unknown) =>
    api.call(method, `/operator/v1${path}`, {
      key: api.base.seeded.operatorToken,
      ...(json === undefined ? {} : { json }),
    });
  const takePart = (tier: "pro" | "guardian", modelTrials: boolean) =>
    api.call("PATCH", "/v1/account", { key: api.account(tier).memberToken, json: { modelTrials } });

  /** @returns a review that is looked at, once its digest is stored */
  async function sampled(tier: "pro" | "guardian"): Promise<string> {
    const { deviceKey, memberToken } = api.account(tier);
    for (let no = 1; ; no += 1) {
      api.services.clock.advance(3_600_000);
      const body = multipart(eventAt(api.services.clock.now()), { "a.jpg": await jpeg(no) });
      const event = await api.call("POST", "/v1/events", { key: deviceKey, body });
      const { sessionId } = EventAccepted.parse(await event.json());
      const headers = { "idempotency-key": randomUUID() };
      await api.call("POST", `/v1/sessions/${sessionId}/reviews`, { key: memberToken, json: {}, headers });
      const { priority, standard } = api.services.jobs;
      for (const queue of [priority, standard]) {
        for (const message of await queue.receive({
          messagesMax: 10,
          waitSeconds: 0,
          visibilitySeconds: 300,
        })) {
          await queue.delete(message);
          const job = Job.parse(JSON.parse(message.body));
          await api.work(`/reviews/${job.reviewId}/digest`, findingsFor(job, []));
          if (isSampled({ experimentId: id, reviewId: job.reviewId }, 0.5)) return job.reviewId;
        }
      }
    }
  }

  async function lookAt(reviewId: string): Promise<{ status: string }> {
    const asked = await api.work(`/experiments/${id}/looks`, { reviewId, model });
    const { item } = ShadowReply.parse(await asked.json());
    assert.ok(item);
    const detections = [{ label: "person", confidence: 0.9, box: [0.1, 0.1, 0.2, 0.4] }];
    const report = { reviewId, model, momentId: item.id, detections };
    return (await (await api.work(`/experiments/${id}/results`, report)).json()) as { status: string };
  }
  const open = async () =>
    Disagreements.parse(await (await operate("GET", `/experiments/${id}/disagreements`)).json());

  it("shows the picture and what each model says, and takes an answer once", async () => {
    assert.equal((await lookAt(await sampled("pro"))).status, "stored");
    const [first] = (await open()).items;
    assert.ok(first);
    assert.deepEqual([first.a.length + first.b.length, first.kinds], [1, ["person"]]);
    const path = `/experiments/${id}/disagreements/${first.no}/answer`;
    const right = first.a.length === 1 ? "a" : "b";
    const answered = ExperimentView.parse(await (await operate("PUT", path, { right })).json());
    assert.deepEqual([answered.wins, answered.losses], [1, 0]);
    const again = ExperimentView.parse(await (await operate("PUT", path, { right: "neither" })).json());
    assert.deepEqual([again.wins, again.ties, (await open()).items.length], [1, 0, 0]);
  });

  it("refuses what is no answer, and experiments that are not there", async () => {
    const answer = (of: string, json: unknown) =>
      operate("PUT", `/experiments/${of}/disagreements/1/answer`, json);
    assert.equal((await answer(id, { right: "challenger" })).status, 400);
    const none = `xpr_${"0".repeat(32)}`;
    const missing = await answer(none, { right: "a" });
    assert.deepEqual([missing.status, (await problemOf(missing)).code], [404, "not-found"]);
    assert.equal((await operate("GET", `/experiments/${none}/disagreements`)).status, 404);
    const asked = await api.work(`/experiments/${none}/looks`, { reviewId: `rev_${"0".repeat(32)}`, model });
    assert.equal(asked.status, 404);
  });

  it("shows nothing of an account that has not agreed, or does not agree any more", async () => {
    const reviewId = await sampled("guardian");
    const asked = await api.work(`/experiments/${id}/looks`, { reviewId, model });
    assert.equal(ShadowReply.parse(await asked.json()).item, null);
    await lookAt(await sampled("pro"));
    assert.equal((await open()).items.length, 1);
    await takePart("pro", false);
    assert.equal((await open()).items.length, 0);
  });
});
