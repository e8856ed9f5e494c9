/** A worker that looks at nothing: it takes jobs off the real queues and reports, signed, that somebody is in every picture. */
import { setTimeout as pause } from "node:timers/promises";
import { Job } from "@vigil/core/review/wire";
import type { FailureReport } from "@vigil/core/worker/wire";
import { findingsFor } from "../../packages/core/testing/walk.ts";
import type { World } from "./world.ts";

const model = { name: "yolov8n", sha256: "0".repeat(64) };

type Ask = (path: string, init: { key: string; method: string; json: unknown }) => Promise<Response>;

export type QuickWorker = {
  ask: Ask;
  world: Pick<World, "base" | "jobs">;
  signal: AbortSignal;
  /** Why it cannot do a job; undefined: it can. */
  cannot?: (job: Job) => string | undefined;
};

const seen = (job: Job) =>
  findingsFor(job, [{ label: "person", confidence: 0.9, box: [0.1, 0.1, 0.2, 0.5] }]);

function failure({ part }: Job, reason: string): FailureReport {
  return {
    v: 1,
    part,
    workerId: "quick-worker",
    reason,
    retryable: false,
    occurredAt: new Date().toISOString(),
  };
}

/** As a worker does: a job's message is deleted when the API has stored the digest, or wants it no more. */
export async function reportJobs({ ask, world, signal, cannot }: QuickWorker): Promise<void> {
  while (!signal.aborted) {
    for (const queue of [world.jobs.priority, world.jobs.standard]) {
      const messages = await queue.receive({
        messagesMax: 10,
        waitSeconds: 1,
        visibilitySeconds: 300,
        signal,
      });
      const reported = messages.map(async (message) => {
        const job = Job.parse(JSON.parse(message.body));
        const reason = cannot?.(job);
        const [what, json] = reason === undefined ? ["digest", seen(job)] : ["failure", failure(job, reason)];
        const path = `/worker/v1/reviews/${job.reviewId}/${what}`;
        const answer = await ask(path, { key: world.base.seeded.workerKey, method: "POST", json });
        // 409: it came back while this report was on its way, and another has told of it, or nobody wants it any more.
        if (![200, 409].includes(answer.status)) {
          throw new Error(`the ${what} was refused: ${await answer.text()}`);
        }
        await queue.delete(message);
      });
      await Promise.all(reported);
    }
  }
}

export async function beat({ ask, world, signal }: QuickWorker): Promise<void> {
  while (!signal.aborted) {
    await ask("/worker/v1/heartbeats", {
      key: world.base.seeded.workerKey,
      method: "POST",
      json: {
        workerId: "quick-worker",
        model,
        provider: "cpu",
        itemsPerSecond: 40,
        itemsPerSecondCapacity: 80,
        batchP50Ms: 50,
        batchP95Ms: 90,
        inFlight: 2,
        queueDepthSeen: 0,
        reviewsInHand: [],
      },
    });
    await pause(5_000, undefined, { signal });
  }
}
