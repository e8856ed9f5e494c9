/**
 * A worker on a virtual clock: it looks at so many moments a second, takes three jobs of the priority queue for one of the
 * standard queue while both have some, and reports through the real flows.
 */
import { recordHeartbeat, reportDigest } from "../src/flow/index.ts";
import { Job } from "../src/review/wire.ts";
import type { TestServices } from "./services.ts";
import { findingsFor } from "./walk.ts";

const heartbeatSeconds = 5;
const standardEvery = 4;

export type Done = { reviewId: string; part: number; accountId: string; at: Date };

export class VirtualWorker {
  /** What it has reported. */
  readonly done: Done[] = [];
  private readonly services: TestServices;
  private readonly momentsPerSecond: number;
  private current: { job: Job; left: number } | undefined;
  private taken = 0;
  private seconds = 0;

  constructor(services: TestServices, momentsPerSecond: number) {
    this.services = services;
    this.momentsPerSecond = momentsPerSecond;
  }

  /** One second of work; the clock stands at its end. */
  async work(): Promise<void> {
    if (this.seconds % heartbeatSeconds === 0) await this.beat();
    this.seconds += 1;
    let budget = this.momentsPerSecond;
    const finished: Job[] = [];
    while (budget > 0) {
      this.current ??= await this.take();
      if (!this.current) break;
      const spent = Math.min(budget, this.current.left);
      budget -= spent;
      this.current.left -= spent;
      if (this.current.left > 0) break;
      finished.push(this.current.job);
      this.current = undefined;
    }
    await Promise.all(finished.map((job) => this.report(job)));
  }

  private async take(): Promise<{ job: Job; left: number } | undefined> {
    this.taken += 1;
    const { priority, standard } = this.services.jobs;
    const order = this.taken % standardEvery === 0 ? [standard, priority] : [priority, standard];
    for (const queue of order) {
      const [message] = await queue.receive({ messagesMax: 1, waitSeconds: 0, visibilitySeconds: 300 });
      if (!message) continue;
      await queue.delete(message);
      const job = Job.parse(JSON.parse(message.body));
      return { job, left: job.moments.length };
    }
    return undefined;
  }

  private async report(job: Job): Promise<void> {
    await reportDigest(this.services, findingsFor(job, []));
    const { reviewId, part, accountId } = job;
    this.done.push({ reviewId, part, accountId, at: this.services.clock.now() });
  }

  private async beat(): Promise<void> {
    await recordHeartbeat(this.services, {
      workerId: "virtual-worker",
      model: { name: "virtual", sha256: "0".repeat(64) },
      provider: "cpu",
      itemsPerSecond: this.momentsPerSecond,
      itemsPerSecondCapacity: this.momentsPerSecond,
      batchP50Ms: 100,
      batchP95Ms: 200,
      inFlight: this.current ? 1 : 0,
      queueDepthSeen: 0,
      reviewsInHand: [],
    });
  }
}
