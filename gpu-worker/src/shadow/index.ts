/**
 * While an experiment runs, one picture of a share of reviews is looked at with its challenger as well: after the digest is
 * stored, one picture at a time, and while no review is in hand. What it sees goes to the experiment, and to nothing else.
 *
 * What is lost here is missed by nobody: a review that does not fit in, fails, or was waiting when the worker stopped, is left out.
 */
import type { Detection } from "@vigil/core/digest/wire";
import type { Job } from "@vigil/core/review/wire";
import { isSampled } from "@vigil/core/shadow/sample";
import type { ShadowItem, ShadowWish } from "@vigil/core/shadow/wire";
import type { Api } from "../api/index.ts";
import { untilAborted } from "../bounds/until-aborted.ts";
import type { Log } from "../observe/log.ts";

export type ShadowLook = { item: ShadowItem; accountId: string; reviewId: string; signal: AbortSignal };

export interface Challenger {
  /** Throws what cannot be looked at. */
  look(asked: ShadowLook): Promise<Detection[]>;
  close(): Promise<void>;
}

export interface Shadow {
  /** Called with every heartbeat's answer; null: nothing is on trial. */
  follow(wish: ShadowWish | null): void;
  /** The digest of a review is stored. Never waits, never throws. */
  offer(job: Reviewed): void;
  close(): Promise<void>;
}

export type ShadowParts = {
  api: Pick<Api, "askShadowLook" | "reportShadowLook">;
  /** Throws when this machine has no such model. */
  make: (model: ShadowWish["model"]) => Promise<Challenger>;
  /** Resolves when no review is in hand. */
  quiet: () => Promise<void>;
  log: Log;
  now?: () => number;
};

/** Reviews that wait for a quiet moment: those that come on top are left out. */
const waitingMax = 8;
/** A challenger that this machine does not have is not asked for with every heartbeat. */
const retryMs = 60_000;

type Reviewed = Pick<Job, "reviewId" | "accountId">;
type Ready = { wish: ShadowWish; challenger: Challenger };

export function createShadow({ api, make, quiet, log, now = () => performance.now() }: ShadowParts): Shadow {
  const stopped = new AbortController();
  const { signal } = stopped;
  let wished: ShadowWish | null = null;
  let ready: Ready | undefined;
  let failed: { sha256: string; at: number } | undefined;
  let waiting: Reviewed[] = [];
  let working: Promise<void> | undefined;

  /** One thing after the other, so that a challenger is closed when nobody looks with it. */
  async function work(): Promise<void> {
    while (!signal.aborted) {
      const isOther = ready?.wish.model.sha256 !== wished?.model.sha256;
      if (isOther) await change();
      const job = waiting.shift();
      if (!ready || !job) return;
      await untilAborted(quiet(), signal);
      await lookAt(ready, job, { api, log, signal });
    }
  }

  async function change(): Promise<void> {
    await ready?.challenger.close();
    ready = undefined;
    const wish = wished;
    if (!wish || (failed?.sha256 === wish.model.sha256 && now() - failed.at < retryMs)) return;
    await untilAborted(quiet(), signal);
    try {
      ready = { wish, challenger: await make(wish.model) };
      log.info(
        { experimentId: wish.experimentId, model: wish.model },
        "a model on trial looks at some reviews as well",
      );
    } catch (error) {
      failed = { sha256: wish.model.sha256, at: now() };
      log.error({ err: error, model: wish.model }, "the model on trial could not be taken into use");
    }
  }

  function begin(): void {
    working ??= work()
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, "the model on trial could not go on");
      })
      .finally(() => {
        working = undefined;
        if (waiting.length > 0 && ready && !signal.aborted) begin();
      });
  }

  return {
    follow(wish) {
      if (signal.aborted) return;
      if (wish?.experimentId !== wished?.experimentId) waiting = [];
      wished = wish;
      if (ready && wish?.model.sha256 === ready.wish.model.sha256) ready = { ...ready, wish };
      else if (ready || wish) begin();
    },
    offer(job) {
      if (!ready || signal.aborted || waiting.length >= waitingMax) return;
      const { experimentId, share } = ready.wish;
      if (!isSampled({ experimentId, reviewId: job.reviewId }, share)) return;
      waiting.push({ reviewId: job.reviewId, accountId: job.accountId });
      begin();
    },
    async close() {
      stopped.abort(new Error("the worker stops"));
      await working;
      await ready?.challenger.close();
    },
  };
}

/** Never throws. */
async function lookAt(
  { wish: { experimentId, model }, challenger }: Ready,
  { reviewId, accountId }: Reviewed,
  { api, log, signal }: Pick<ShadowParts, "api" | "log"> & { signal: AbortSignal },
): Promise<void> {
  try {
    const item = await api.askShadowLook(experimentId, { reviewId, model }, signal);
    if (!item) return;
    const detections = await challenger.look({ item, accountId, reviewId, signal });
    const report = { reviewId, model, momentId: item.id, detections };
    const status = await api.reportShadowLook(experimentId, report, signal);
    log.info({ experimentId, reviewId, status }, "shadow look");
  } catch (error) {
    if (signal.aborted) return;
    log.warn({ err: error, experimentId, reviewId }, "a model on trial could not look at a review");
  }
}
