/** One worker thread with one session, seen from the main thread. */
import { Worker } from "node:worker_threads";
import { switchTelemetryOff } from "../../model/runtime/config.ts";
import type { DetectedImage } from "./detected-image.ts";
import type { FromLane, LaneImage, LaneSettings, ToLane } from "./messages.ts";

export type Detected = { results: DetectedImage[]; runs: number; batchMax: number };

export type Lane = {
  /** Asks for a list of images, behind those that were asked for before. Rejects when the lane goes down. */
  detect(images: readonly LaneImage[]): Promise<Detected>;
  /** Ends the lane at once: what is asked for rejects. */
  abandon(reason: Error): void;
  /** Ends the lane after everything that was asked for. */
  close(): Promise<void>;
};

export type LaneOptions = {
  settings: LaneSettings;
  /** The file that the thread runs. */
  entry: URL;
  /** For loading a model, and for TensorRT building its engine. */
  startMsMax: number;
  /** A lane that has not answered for `hangMsMax` plus `hangMsPerImage` for each image that it runs is stuck. */
  hangMsMax: number;
  hangMsPerImage: number;
};

/** The lane gave no answer in time. Its thread may go on inside the runtime for ever: a process bears few of those. */
export class StuckLane extends Error {
  override readonly name = "StuckLane";
}

type Asked = { images: number; answer: PromiseWithResolvers<Detected> };

const closeMsMax = 5_000;

/** Resolves when the session is there; rejects with the runtime's reason when it refuses. */
export async function startLane(options: LaneOptions): Promise<Lane> {
  switchTelemetryOff();
  const worker = new Worker(options.entry, { workerData: options.settings, name: "lane" });
  const asked: Asked[] = [];
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let failure: Error | undefined;
  let watchdog: NodeJS.Timeout | undefined;

  const fail = (reason: Error): void => {
    failure ??= reason;
    clearTimeout(watchdog);
    ready.reject(failure);
    for (const { answer } of asked.splice(0)) answer.reject(failure);
  };
  const abandon = (reason: Error): void => {
    fail(reason);
    ended.resolve();
    // A thread that is stuck inside the runtime ends only when the runtime returns: nobody waits for it.
    worker.unref();
    void worker.terminate();
  };
  /** Guards what runs now: the first that was asked. */
  const watch = (): void => {
    clearTimeout(watchdog);
    const [running] = asked;
    if (!running) return;
    const msMax = options.hangMsMax + options.hangMsPerImage * running.images;
    const stuck = () => abandon(new StuckLane(`no answer within ${msMax} ms for ${running.images} image(s)`));
    watchdog = setTimeout(stuck, msMax);
  };

  worker.on("message", (message: FromLane) => {
    if (message.kind === "ready") ready.resolve();
    else if (message.kind === "refused") fail(new Error(message.reason));
    else {
      asked.shift()?.answer.resolve(message);
      watch();
    }
  });
  worker.on("error", (cause) => fail(new Error("the lane crashed", { cause })));
  worker.on("exit", (code) => {
    fail(new Error(`the lane ended with code ${code}`));
    ended.resolve();
  });
  await untilReady(ready.promise, options.startMsMax, abandon);

  return {
    detect(images) {
      if (failure) return Promise.reject(failure);
      const answer = Promise.withResolvers<Detected>();
      asked.push({ images: images.length, answer });
      if (asked.length === 1) watch();
      worker.postMessage({ kind: "detect", images } satisfies ToLane, []);
      return answer.promise;
    },
    abandon,
    async close() {
      worker.postMessage({ kind: "close" } satisfies ToLane, []);
      const tooLate = () => abandon(new StuckLane(`the lane did not close within ${closeMsMax} ms`));
      const timer = setTimeout(tooLate, closeMsMax);
      await ended.promise;
      clearTimeout(timer);
    },
  };
}

async function untilReady(
  ready: Promise<void>,
  startMsMax: number,
  abandon: (reason: Error) => void,
): Promise<void> {
  const tooLate = () => abandon(new StuckLane(`the lane did not start within ${startMsMax} ms`));
  const timer = setTimeout(tooLate, startMsMax);
  try {
    await ready;
  } catch (error) {
    abandon(new Error("the lane did not start"));
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
