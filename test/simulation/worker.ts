/**
 * A worker in the simulation: the real way of a job through consuming, reviewing and reporting. Only looking at pixels is
 * left out; what is seen is drawn from the seed. A worker that lies reports twice, otherwise, and what is not its own.
 */
import { createHash } from "node:crypto";
import type { DigestReport } from "@vigil/core/digest/wire";
import { createTracer } from "@vigil/core/platform/trace";
import { Job } from "@vigil/core/review/wire";
import { sign } from "@vigil/core/worker/signature";
import { type Api, createApi } from "../../gpu-worker/src/api/index.ts";
import { createLog } from "../../gpu-worker/src/observe/log.ts";
import { createInHand } from "../../gpu-worker/src/pipe/consume/in-hand.ts";
import { consume, createSource } from "../../gpu-worker/src/pipe/consume/index.ts";
import { createReadJob } from "../../gpu-worker/src/pipe/consume/read-job.ts";
import { Unfetchable } from "../../gpu-worker/src/pipe/preload/unfetchable.ts";
import { createReporter, type Settlement } from "../../gpu-worker/src/pipe/report/index.ts";
import { type Ending, type Examine, review } from "../../gpu-worker/src/pipe/review-job/index.ts";
import { createLooksOfReviews } from "../../gpu-worker/src/pipe/second-stage/known-looks.ts";
import { type House, jobPublicKey } from "./house.ts";
import { rest } from "./outside.ts";
import type { Process } from "./world.ts";

const model = { name: "simulated", sha256: "0".repeat(64) };
const workerId = "simulated-worker";
const momentsMax = 40;
const heartbeatMs = 10_000;
const restlessMs = 600_000;

export function beginWorker(house: House, process: Process, lies: boolean): void {
  const { world, queues } = house;
  const log = createLog({ level: "silent", workerId });
  const chance = world.chance(`worker ${world.steps}`);
  const api = apiOf(house);
  const signal = new AbortController().signal;
  const reporter = createReporter({ api, workerId, log });
  const looks = createLooksOfReviews();
  const worker: DigestReport["worker"] = {
    id: workerId,
    provider: "cpu",
    model,
    capabilities: { faces: false, reidentification: false, plates: false },
  };
  const tracer = createTracer({ record: undefined });
  const examine = examineOf(house);
  const inHand = createInHand({ momentsMax, work, onChange: () => {} });

  async function work(job: Job): Promise<Settlement> {
    await rest(world, chance.below(3_000));
    try {
      const report = await review(job, { examine, api, looks, worker, tracer }, signal);
      if (lies && chance.happens(0.5)) await lie(house, job, report);
      const settled = await reporter.digest(job, report, signal);
      if (lies && chance.happens(0.5)) await lie(house, job, report);
      return settled;
    } catch (error) {
      return reporter.failure(job, error, signal);
    }
  }

  const readJob = createReadJob(Job, [jobPublicKey], log);
  const take = (held: Parameters<Parameters<typeof consume>[0]["take"]>[0]) => {
    const job = readJob(held.message);
    if (job) inHand.take(job, held);
    else held.leave();
  };
  const sourceOf = (name: "priority" | "standard") =>
    createSource({
      name,
      queue: queues[name],
      pollSeconds: 20,
      visibilitySeconds: 300,
      heartbeatSeconds: 60,
      log,
      signal,
    });
  void world.spawn(process, "consume", () =>
    consume({
      priority: sourceOf("priority"),
      standard: sourceOf("standard"),
      room: () => inHand.room(),
      take,
      signal,
    }),
  );
  void world.spawn(process, "heartbeats", () => keepBeating(house, api, () => inHand.reviewIds));
}

function apiOf({ network, seeded }: Pick<House, "network" | "seeded">): Api {
  return createApi({
    url: "http://api.simulated",
    key: seeded.workerKey,
    onRetry: () => {},
    request: async (url, { headers, body }) => {
      const answer = await network.ask(url.pathname, { method: "POST", headers, body });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return {
        statusCode: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: (async function* () {
          yield bytes;
        })(),
      };
    },
  });
}

async function keepBeating(house: House, api: Api, reviewsInHand: () => string[]): Promise<void> {
  for (;;) {
    const held = reviewsInHand();
    await api
      .beat({
        workerId,
        model,
        provider: "cpu",
        itemsPerSecond: 1,
        itemsPerSecondCapacity: 40,
        batchP50Ms: 100,
        batchP95Ms: 200,
        inFlight: held.length,
        queueDepthSeen: 0,
        reviewsInHand: held,
      })
      .catch(() => undefined);
    await rest(house.world, house.isEnding ? restlessMs : heartbeatMs);
  }
}

/** Fetches as a worker does, with fresh URLs where the job's have expired; sees what the seed says. */
function examineOf({ store, world }: House): Examine {
  const fetched = async (url: string) => store.fetch("GET", url);
  return async (moment, { urls }): Promise<Ending> => {
    try {
      let answer = await fetched(await urls.fresh(moment.id));
      if (answer.status === 403) answer = await fetched(await urls.replace(moment.id));
      if (answer.status === 404) return { outcome: "missing", reason: "no such object", passing: false };
      if (answer.status !== 200) {
        return { outcome: "missing", reason: `status ${answer.status}`, passing: true };
      }
      if (createHash("sha256").update(answer.body).digest("hex") !== moment.sha256) {
        world.violate("other-bytes", `the store gave other bytes than ${moment.id} announced`);
      }
      const isEmpty = moment.sha256 < "4";
      const person = {
        label: "person",
        confidence: 0.9,
        box: [0.1, 0.1, 0.2, 0.5] as [number, number, number, number],
      };
      return {
        outcome: isEmpty ? "early_exit" : "reviewed",
        seen: { detections: isEmpty ? [] : [person], bestConfidence: isEmpty ? 0 : 0.9 },
      };
    } catch (error) {
      if (error instanceof Unfetchable) {
        return { outcome: error.outcome, reason: error.message, passing: error.passing };
      }
      if (error instanceof Error && "code" in error) {
        return { outcome: "missing", reason: "the store does not answer", passing: true };
      }
      throw error;
    }
  };
}

/** Whatever a worker may come by and should not get away with; each is signed as a worker's is. */
async function lie({ network, seeded, world }: House, job: Job, report: DigestReport): Promise<void> {
  const post = async (path: string, value: unknown) => {
    const body = JSON.stringify(value);
    const headers = {
      ...sign(seeded.workerKey, { id: `msg_${Math.random()}`, at: new Date(), body }),
      authorization: `Bearer ${seeded.workerKey}`,
      "content-type": "application/json",
    };
    return network.ask(path, { method: "POST", headers, body }).catch(() => undefined);
  };
  const path = `/worker/v1/reviews/${job.reviewId}`;
  const [first] = report.moments;
  const failure = (retryable: boolean) => () =>
    post(`${path}/failure`, {
      v: 1,
      part: job.part,
      workerId,
      reason: "a lie",
      retryable,
      occurredAt: new Date().toISOString(),
    });
  const lies = [
    () => post(`${path}/digest`, { ...report, part: job.part + 1 }),
    () => post(`${path}/digest`, { ...report, moments: [...report.moments, first] }),
    () => post(`${path}/digest`, report),
    failure(true),
    failure(false),
    failure(false),
  ];
  await world.chance(`lies ${world.steps}`).pick(lies)();
}
