/** The cast of a walk in tests: one account's device, and a worker that answers as it is told. */
import { createPublicKey, randomUUID } from "node:crypto";
import type { Detection, DigestReport } from "../src/digest/wire.ts";
import type { EventAccepted, EventInput } from "../src/event/wire.ts";
import { acceptEvent, type Image, recordHeartbeat } from "../src/flow/index.ts";
import { isSigned } from "../src/review/job-signature.ts";
import { Job, type Tier } from "../src/review/wire.ts";
import type { TestDatabase } from "./database.ts";
import { createTestServices, type TestServices } from "./services.ts";

const model = { name: "test-model", sha256: "0".repeat(64) };

export type Arranged = {
  services: TestServices;
  accountId: string;
  memberId: string;
  deviceKey: string;
  event(part: Partial<EventInput> & Pick<EventInput, "type">): EventInput;
  post(input: EventInput, images?: readonly Image[]): Promise<EventAccepted>;
  /** Takes every job that is visible, as a worker would: signed by the API or not at all. Deletes it. */
  receive(): Promise<Job[]>;
  /** A worker that can do 40 images a second reports. */
  beat(): Promise<void>;
};

export function arrange(base: TestDatabase, tier: Tier, services = createTestServices(base)): Arranged {
  const account = base.seeded.accounts.find((one) => one.tier === tier);
  if (!account) throw new Error(`expected a seeded account of tier ${tier}`);
  return {
    services,
    accountId: account.accountId,
    memberId: account.memberId,
    deviceKey: account.deviceKey,
    event: (part) => ({ id: randomUUID(), occurredAt: services.clock.now().toISOString(), ...part }),
    post: (input, images) =>
      acceptEvent(services, { key: account.deviceKey, input, ...(images ? { images } : {}) }),
    async receive() {
      const jobs: Job[] = [];
      const publicKey = createPublicKey(services.jobSigningKey);
      for (const queue of [services.jobs.priority, services.jobs.standard]) {
        for (const message of await queue.receive({
          messagesMax: 1_000,
          waitSeconds: 0,
          visibilitySeconds: 300,
        })) {
          if (!isSigned(message.body, [publicKey])) {
            throw new Error("a job was sent that the API has not signed");
          }
          jobs.push(Job.parse(JSON.parse(message.body)));
          await queue.delete(message);
        }
      }
      return jobs;
    },
    async beat() {
      await recordHeartbeat(services, {
        workerId: "test-worker",
        model,
        provider: "cpu",
        itemsPerSecond: 0,
        itemsPerSecondCapacity: 40,
        batchP50Ms: 100,
        batchP95Ms: 200,
        inFlight: 0,
        queueDepthSeen: 0,
        reviewsInHand: [],
      });
    },
  };
}

/** The report of a worker that saw the same things in every moment. */
export function findingsFor(job: Job, detections: Detection[]): DigestReport {
  const at = new Date().toISOString();
  return {
    v: 1,
    reviewId: job.reviewId,
    part: job.part,
    worker: {
      id: "test-worker",
      provider: "cpu",
      model,
      capabilities: { faces: false, reidentification: false, plates: false },
    },
    startedAt: at,
    finishedAt: at,
    timings: { queueMs: 1, fetchMs: 1, decodeMs: 1, inferMs: 1, postMs: 1 },
    moments: job.moments.map(({ id }) => ({
      id,
      outcome: detections.length > 0 ? "reviewed" : "early_exit",
      detections,
    })),
  };
}
