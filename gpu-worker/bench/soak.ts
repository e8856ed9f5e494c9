/** A long run at a given load: does the backlog grow, does memory? Both as slopes of a straight line. */
import { setTimeout as wait } from "node:timers/promises";
import type { Job } from "@vigil/core/review/wire";
import { startWorkerUnderTest } from "./end-to-end.ts";
import { readRss } from "./threads.ts";

export type Soak = {
  seconds: number;
  itemsPerSecondOffered: number;
  itemsPerSecondDone: number;
  batchP95Ms: number;
  /** Moments that wait or are worked on: growth per minute, and the most at any time. */
  backlogSlopePerMinute: number;
  backlogMax: number;
  /** Bytes per minute, after the first quarter of the run. */
  rssSlopePerMinute: number;
  rssMaxBytes: number;
};

type Sample = { minutes: number; backlog: number; rss: number };

const sampleMs = 1_000;

export async function soak(
  options: Parameters<typeof startWorkerUnderTest>[0] & {
    frames: readonly Uint8Array[];
    perJob: number;
    itemsPerSecond: number;
    seconds: number;
    onProgress?: (seconds: number) => void;
  },
): Promise<Soak> {
  const { frames, perJob, itemsPerSecond } = options;
  const worker = await startWorkerUnderTest(options);
  const samples: Sample[] = [];
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  const open = new Set<Job>();
  let momentsDone = 0;
  const settleAnswered = (): void => {
    const answered = [...open].filter((job) => worker.isAnswered(job));
    for (const job of answered) open.delete(job);
    worker.forget(answered);
    momentsDone += answered.length * perJob;
  };
  try {
    for (let next = 0; elapsed() < options.seconds; ) {
      const due = Math.floor((elapsed() * itemsPerSecond) / perJob);
      for (; next < due; next += 1) {
        const job = worker.prepareJob(takeInTurn(frames, next * perJob, perJob));
        open.add(job);
        await worker.send(job);
      }
      settleAnswered();
      samples.push({
        minutes: elapsed() / 60,
        backlog: open.size * perJob,
        rss: await readRss(worker.pid),
      });
      options.onProgress?.(elapsed());
      await wait(sampleMs);
    }
    const settled = samples.slice(Math.floor(samples.length / 4));
    return {
      seconds: elapsed(),
      itemsPerSecondOffered: itemsPerSecond,
      itemsPerSecondDone: momentsDone / elapsed(),
      batchP95Ms: await worker.metric("batch_p95_ms"),
      backlogSlopePerMinute: slope(settled, ({ backlog }) => backlog),
      backlogMax: Math.max(...samples.map(({ backlog }) => backlog)),
      rssSlopePerMinute: slope(settled, ({ rss }) => rss),
      rssMaxBytes: Math.max(...samples.map(({ rss }) => rss)),
    };
  } finally {
    await worker.stop();
  }
}

function takeInTurn(frames: readonly Uint8Array[], first: number, count: number): Uint8Array[] {
  const start = first % frames.length;
  return [...frames.slice(start), ...frames].slice(0, count);
}

/** Of the least-squares line through the samples, per minute. */
function slope(samples: readonly Sample[], value: (sample: Sample) => number): number {
  const mean = (of: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const meanMinutes = mean(({ minutes }) => minutes);
  const meanValue = mean(value);
  const covariance = mean((sample) => (sample.minutes - meanMinutes) * (value(sample) - meanValue));
  const variance = mean(({ minutes }) => (minutes - meanMinutes) ** 2);
  return variance === 0 ? 0 : covariance / variance;
}
