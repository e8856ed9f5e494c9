/** The second stage's thread, seen from the main thread. */
import { Worker } from "node:worker_threads";
import type { Detection } from "@vigil/core/digest/wire";
import { switchTelemetryOff } from "../../model/runtime/config.ts";
import type { FromSecondStage, SecondLook, SecondStageSettings, ToSecondStage } from "./messages.ts";

export type Thread = {
  /** One picture at a time, in the order of asking. Rejects when the thread fails or takes too long. */
  look(bytes: Uint8Array, detections: Detection[]): Promise<SecondLook>;
  close(): Promise<void>;
};

const entry = new URL("./second-stage-worker.ts", import.meta.url);
const lookMsMax = 30_000;

/** Rejects when a model does not load. A thread that goes down later is replaced at the next look. */
export async function startThread(settings: SecondStageSettings): Promise<Thread> {
  let running: Worker | undefined = await launch(settings);
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const lookNow = async (bytes: Uint8Array, detections: Detection[]): Promise<SecondLook> => {
    if (isClosed) throw new Error("the second stage is closed");
    running ??= await launch(settings);
    const worker = running;
    try {
      return await ask(worker, { kind: "look", bytes, detections });
    } catch (error) {
      if (error instanceof ThreadDown) {
        running = undefined;
        void worker.terminate();
      }
      throw error;
    }
  };
  return {
    look(bytes, detections) {
      const look = last.then(() => lookNow(bytes, detections));
      last = look.catch(() => undefined);
      return look;
    },
    async close() {
      isClosed = true;
      await last;
      const worker = running;
      if (!worker) return;
      const ended = new Promise((resolve) => worker.once("exit", resolve));
      worker.postMessage({ kind: "close" } satisfies ToSecondStage, []);
      await ended;
    },
  };
}

/** The thread itself failed, not the picture. */
class ThreadDown extends Error {}

function launch(settings: SecondStageSettings): Promise<Worker> {
  switchTelemetryOff();
  const worker = new Worker(entry, { workerData: settings, name: "second-stage" });
  const ready = Promise.withResolvers<Worker>();
  worker.once("message", (message: FromSecondStage) => {
    if (message.kind === "ready") ready.resolve(worker);
    else
      ready.reject(
        new Error(`the second stage did not start: ${message.kind === "failed" ? message.reason : ""}`),
      );
  });
  worker.on("error", (cause) => ready.reject(new Error("the second stage crashed", { cause })));
  return ready.promise;
}

function ask(worker: Worker, question: ToSecondStage): Promise<SecondLook> {
  const answer = Promise.withResolvers<SecondLook>();
  const timer = setTimeout(
    () => answer.reject(new ThreadDown(`the second stage gave no answer within ${lookMsMax} ms`)),
    lookMsMax,
  );
  const onMessage = (message: FromSecondStage): void => {
    if (message.kind === "looked") answer.resolve(message.look);
    else if (message.kind === "failed") answer.reject(new Error(message.reason));
  };
  const onExit = (code: number): void =>
    answer.reject(new ThreadDown(`the second stage ended with code ${code}`));
  worker.once("message", onMessage);
  worker.once("exit", onExit);
  worker.postMessage(question, []);
  return answer.promise.finally(() => {
    clearTimeout(timer);
    worker.off("message", onMessage);
    worker.off("exit", onExit);
  });
}
