/** Chunks that are owed to the bulk queue are sent: few at a time, so that accounts take turns there. */
import * as Consent from "../../consent/index.ts";
import { inAccount } from "../../db/index.ts";
import { queue as queueLimits } from "../../limits.ts";
import { sendSpan } from "../../platform/message-spans.ts";
import * as Review from "../../review/index.ts";
import * as Run from "../../run/index.ts";
import type { ChunkJob } from "../../run/wire.ts";
import type { Services } from "../services.ts";

/** How long a sender may take for what it has claimed. After that it is taken for dead. */
const claimMsMax = 30_000;

/** Called after every commit that adds or ends chunks, and by the sweep. @returns how many were sent */
export async function dispatchChunks(services: Services): Promise<number> {
  return services.chunksInTurn(async () => {
    const now = services.clock.now();
    const until = new Date(now.getTime() + claimMsMax);
    const claimed = await Run.claimChunks(services.database.sql, { now, until });
    const outcomes = await Promise.allSettled(claimed.map((chunk) => send(services, chunk)));
    for (const outcome of outcomes) {
      // The claim runs out and another sender takes the chunk up.
      if (outcome.status === "rejected") {
        services.log.warn({ err: outcome.reason }, "a chunk could not be sent");
      }
    }
    return outcomes.filter(({ status }) => status === "fulfilled").length;
  });
}

async function send(
  services: Services,
  { accountId, runId, no }: { accountId: string; runId: string; no: number },
): Promise<void> {
  const now = services.clock.now();
  const { found, chunk, embeddings } = await inAccount(services.database, accountId, async (tx, sql) => ({
    // A run is of no site: what goes for all of them goes for it.
    embeddings: await Consent.isAllowedEverywhere(sql, "reidentification"),
    found: await Run.get(tx, runId),
    chunk: await Run.findChunk(sql, runId, no),
  }));
  if (!chunk) throw new Error(`expected the chunk ${no} of ${runId}`);
  // A run lasts long, and its chunks depend on none of its requests: each is a trace of its own.
  await services.tracer.span(sendSpan("chunks", null, { "vigil.run": runId }), async ({ traceparent }) => {
    const job: Omit<ChunkJob, "signature"> = {
      v: 1,
      runId,
      chunk: no,
      step: chunk.step,
      accountId,
      model: found.model,
      embeddings,
      requestedAt: now.toISOString(),
      traceparent,
    };
    await services.bulk.send(Review.signJob(job, services.jobSigningKey), { traceparent });
  });
  await inAccount(services.database, accountId, (_, sql) => Run.markSent(sql, runId, no, now));
}

/**
 * Lets chunks whose message seems lost be sent once more. Safe, because a report that comes twice is stored once.
 * @returns how many
 */
export async function releaseLostChunks(services: Services): Promise<number> {
  const sentBefore = new Date(services.clock.now().getTime() - queueLimits.lostMsMin);
  return Run.releaseOverdue(services.database.sql, sentBefore);
}
