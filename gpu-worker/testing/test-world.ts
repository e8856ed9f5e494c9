/** For tests: queues, evidence host and worker API together, with what most tests do with them. */
import type { DigestReport } from "@vigil/core/digest/wire";
import type { Job, JobMoment } from "@vigil/core/review/wire";
import { type EvidenceHost, startEvidenceHost } from "./evidence-host.ts";
import { makeJob, makeMoment } from "./make-job.ts";
import { picture } from "./pictures.ts";
import { startQueues, type TestQueues } from "./queues.ts";
import { jobPublicKey, signJob } from "./signing.ts";
import type { TestAddresses } from "./test-pipe.ts";
import { waitUntil } from "./wait-until.ts";
import { startWorkerApi, type WorkerApi } from "./worker-api.ts";

export type TestWorld = {
  queues: TestQueues;
  host: EvidenceHost;
  api: WorkerApi;
  addresses: TestAddresses;
  /** Moments of distinct pictures that lie in the host. */
  moments(count: number, options?: { firstSeed?: number; deviceId?: string }): Promise<JobMoment[]>;
  /** As the API does, signed. */
  send(job: Job, queue?: "priority" | "standard"): Promise<Job>;
  /** Waits for the digest of a job's review and part. */
  digestOf(job: Job): Promise<DigestReport>;
  waitForEmptyQueues(): Promise<void>;
  close(): Promise<void>;
};

export async function startTestWorld(options: { receivesMax?: number } = {}): Promise<TestWorld> {
  const [queues, host, api] = await Promise.all([
    startQueues(options),
    startEvidenceHost(),
    startWorkerApi(),
  ]);
  let seeds = 1;
  /** Where the evidence of the jobs that were sent lies: the API signs fresh URLs of it. */
  const paths = new Map<string, string>();
  api.renew = (momentId) => {
    const path = paths.get(momentId);
    return path === undefined ? undefined : host.url(path);
  };
  return {
    queues,
    host,
    api,
    addresses: {
      jobPublicKey,
      apiUrl: api.url,
      evidenceOrigin: host.origin,
      sqsEndpoint: queues.endpoint,
      priorityUrl: queues.priorityUrl,
      standardUrl: queues.standardUrl,
      bulkUrl: queues.bulkUrl,
    },
    async moments(count, { firstSeed, deviceId } = {}) {
      const first = firstSeed ?? seeds;
      seeds = Math.max(seeds, first + count);
      return Promise.all(
        Array.from({ length: count }, async (_, index) => {
          const bytes = await picture(first + index);
          const path = `/evidence/${first + index}.jpg`;
          host.put(path, bytes);
          return makeMoment({ ...host.url(path), bytes }, deviceId ? { deviceId } : {});
        }),
      );
    },
    async send(job, queue = "priority") {
      for (const { id, url } of job.moments) paths.set(id, new URL(url).pathname);
      await queues[queue].send(signJob(job));
      return job;
    },
    async digestOf({ reviewId, part }) {
      const key = `${reviewId}/${part}`;
      await waitUntil(() => api.digests.has(key), { what: `a digest of ${key}` });
      const digest = api.digests.get(key);
      if (!digest) throw new Error(`no digest of ${key}`);
      return digest;
    },
    waitForEmptyQueues: () =>
      waitUntil(() => queues.count("priority") + queues.count("standard") === 0, { what: "empty queues" }),
    async close() {
      await Promise.all([queues.close(), host.close(), api.close()]);
    },
  };
}

export { makeJob, makeMoment };
