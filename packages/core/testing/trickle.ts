/** One account that asks for a review now and then, and how long it waits. */
import { requestReview } from "../src/flow/index.ts";
import type { TestDatabase } from "./database.ts";
import { plantSessions } from "./plant.ts";
import type { TestServices } from "./services.ts";
import type { VirtualWorker } from "./virtual-worker.ts";

type Asked = { reviewId: string; at: Date; k: number; reasons: string[] };

export class Trickle {
  readonly asked: Asked[] = [];
  private readonly base: TestDatabase;
  private readonly services: TestServices;
  private readonly account: TestDatabase["seeded"]["accounts"][number];

  constructor(base: TestDatabase, services: TestServices, name: string) {
    this.base = base;
    this.services = services;
    const account = base.seeded.accounts.find((one) => one.name === name);
    if (!account) throw new Error(`expected a seeded account named ${name}`);
    this.account = account;
  }

  async ask(moments: number): Promise<void> {
    const at = this.services.clock.now();
    const [sessionId = ""] = await plantSessions(this.base.owner, this.account, { sessions: 1, moments, at });
    const { accountId } = this.account;
    const requested = await requestReview(this.services, { accountId, sessionId, actor: "test" });
    if (requested.kind === "refused") throw new Error("expected a review for an account of the pro tier");
    const { id, k, reasons } = requested.review;
    this.asked.push({ reviewId: id, at, k, reasons });
  }

  /** Seconds from request to digest, of those that were asked for from `from` until before `until`. */
  waits(worker: VirtualWorker, from = 0, until = Number.POSITIVE_INFINITY): number[] {
    const digested = new Map(
      worker.done.filter(({ part }) => part === 0).map(({ reviewId, at }) => [reviewId, at.getTime()]),
    );
    return this.asked
      .filter(({ at }) => at.getTime() >= from && at.getTime() < until)
      .map(({ reviewId, at }) => ((digested.get(reviewId) ?? Number.NaN) - at.getTime()) / 1000);
  }
}
