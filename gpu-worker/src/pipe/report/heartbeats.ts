/**
 * The worker's heartbeats to the API: what it measures, every few seconds. The answer says whether the whole system
 * is overloaded, and by how much batches may wait longer then.
 */
import type { Queue } from "@vigil/core/platform/queue";
import type { Heartbeat, HeartbeatReply } from "@vigil/core/worker/wire";
import type { Api } from "../../api/index.ts";
import type { Log } from "../../observe/log.ts";
import type { Metrics } from "../../observe/metrics/index.ts";

/** A model that was promoted is heard of within this time. */
const heartbeatMs = 4_000;
/** As many as the wire takes. */
const reviewsToldMax = 100;

export interface Heartbeats {
  /** Milliseconds to add to the batch window. */
  readonly extraBatchWindowMs: number;
  /** One heartbeat, now. Never rejects. */
  beat(): Promise<void>;
  stop(): void;
}

export function startHeartbeats(options: {
  api: Api;
  queues: readonly Queue[];
  metrics: Metrics;
  worker: Pick<Heartbeat, "workerId" | "model" | "provider">;
  /** Ids of the reviews in hand; members see them as running. */
  reviewsInHand: () => string[];
  /** Called with every answer: what all workers are to use; null: what they were started with. */
  onModel?: ((wanted: HeartbeatReply["model"]) => void) | undefined;
  /** Called with every answer: what a share of reviews is to be looked at with as well; null: nothing. */
  onShadow?: ((wish: HeartbeatReply["shadow"]) => void) | undefined;
  log: Log;
}): Heartbeats {
  const { api, queues, metrics, log } = options;
  let extraBatchWindowMs = 0;
  let queueDepthSeen = 0;
  let failing = false;
  let out: Promise<void> | undefined;

  async function lookAtQueues(): Promise<void> {
    const depths = await Promise.all(queues.map((queue) => queue.depth()));
    queueDepthSeen = depths.reduce((sum, { visible, inFlight }) => sum + visible + inFlight, 0);
    metrics.queueDepth(queueDepthSeen);
  }

  async function send(): Promise<void> {
    try {
      await lookAtQueues();
    } catch (error) {
      log.debug({ err: error }, "the depth of the queues could not be read");
    }
    const reviewsInHand = options.reviewsInHand();
    try {
      const reply = await api.beat({
        ...options.worker,
        itemsPerSecond: metrics.rates.itemsPerSecond(),
        itemsPerSecondCapacity: metrics.rates.itemsPerSecondCapacity(),
        batchP50Ms: metrics.batchQuantileMs(0.5),
        batchP95Ms: metrics.batchQuantileMs(0.95),
        inFlight: reviewsInHand.length,
        reviewsInHand: reviewsInHand.slice(0, reviewsToldMax),
        queueDepthSeen,
      });
      if (failing) log.info("the API answers heartbeats again");
      failing = false;
      extraBatchWindowMs = reply.extraBatchWindowMs;
      options.onModel?.(reply.model);
      options.onShadow?.(reply.shadow);
    } catch (error) {
      if (!failing) log.warn({ err: error }, "the API does not answer heartbeats; they go on");
      failing = true;
      extraBatchWindowMs = 0;
    }
  }

  async function beat(): Promise<void> {
    out ??= send().finally(() => {
      out = undefined;
    });
    await out;
  }

  const timer = setInterval(() => void beat(), heartbeatMs);
  void beat();
  return {
    get extraBatchWindowMs() {
      return extraBatchWindowMs;
    },
    beat,
    stop: () => clearInterval(timer),
  };
}
