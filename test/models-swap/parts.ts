/** What trials of models on the whole of Vigil have in common. */
import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import { DigestView } from "@vigil/core/digest/wire";
import { ModelsView } from "@vigil/core/model/wire";
import { systemClock } from "@vigil/core/platform/clock";
import { load } from "../../gpu-worker/src/model/index.ts";
import { prepareOnce } from "../../gpu-worker/src/model/prepare-once.ts";
import { cacheDir } from "../../gpu-worker/testing/cache-dir.ts";
import { until } from "../../scripts/local/until.ts";
import { createSubscriber, type Picture } from "../walk/subscriber.ts";
import type { World } from "../walk/world.ts";

export const withinMs = 300_000;

export function operatorOf(world: World, apiUrl: string) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${apiUrl}/operator/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${world.base.seeded.operatorToken}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
}
export type Operate = ReturnType<typeof operatorOf>;

export async function prepared(name: string) {
  const model = await load(name, { cacheDir });
  return prepareOnce(model, { cacheDir, clock: systemClock, onLog: () => undefined });
}

/** @returns seconds until as many workers said that they run the model */
export async function untilAllRun(operate: Operate, name: string, workers: number): Promise<number> {
  const startedAt = performance.now();
  await until(
    async () => {
      const { inUse } = ModelsView.parse(await operate("GET", "/models"));
      const running = inUse.find(({ model }) => model.name === name);
      return running?.workers === workers ? true : undefined;
    },
    { withinMs, everyMs: 50, because: `not all workers took ${name} into use` },
  );
  return (performance.now() - startedAt) / 1000;
}

/** The account whose reviews are asked for, and what is asked of it. */
export function homeOf(world: World, apiUrl: string) {
  const account = world.base.seeded.accounts.find(({ tier }) => tier === "pro");
  assert.ok(account);
  const home = createSubscriber(apiUrl, account);
  const authorization = `Bearer ${account.memberToken}`;
  return {
    account,
    /** @returns the id of the review of a session of its own */
    async ask(picture: Picture, occurredAt: Date): Promise<string> {
      const { sessionId } = await home.postMultipart([picture], { occurredAt: occurredAt.toISOString() });
      // A database that is too busy says so: asked once more, it is the same review.
      const asked = () => home.askForReview(sessionId).catch(() => undefined);
      const because = `no review of ${sessionId} could be asked for`;
      return (await until(asked, { withinMs, everyMs: 100, because })).id;
    },
    async digestOf(reviewId: string): Promise<DigestView> {
      const digestId = await until(
        async () => {
          const { state, digestId: done, failure } = await home.getReview(reviewId);
          assert.ok(
            state !== "failed" && state !== "cancelled",
            `review ${reviewId} is ${state}: ${failure}`,
          );
          return done;
        },
        { withinMs, everyMs: 100, because: `review ${reviewId} has no digest` },
      );
      const answer = await fetch(`${apiUrl}/v1/digests/${digestId}`, { headers: { authorization } });
      return DigestView.parse(await answer.json());
    },
    async takePart(): Promise<void> {
      const answer = await fetch(`${apiUrl}/v1/account`, {
        method: "PATCH",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify({ modelTrials: true }),
      });
      assert.ok(answer.ok, `${answer.status}`);
    },
  };
}
