/** The second stage's thread, seen from the main thread. */
import type { Detection } from "@vigil/core/digest/wire";
import { switchTelemetryOff } from "../../model/runtime/config.ts";
import { type Reply, startThread } from "../worker-thread.ts";
import type { FromSecondStage, Inspection, SecondStageSettings, ToSecondStage } from "./messages.ts";

export type Thread = {
  /** One picture at a time, in the order of asking. Rejects when the thread fails or takes too long. */
  inspect(bytes: Uint8Array, detections: Detection[]): Promise<Inspection>;
  close(): Promise<void>;
};

const entry = new URL("./second-stage-worker.ts", import.meta.url);
const startMsMax = 120_000;
const inspectMsMax = 30_000;

/** Rejects when a model does not load. A thread that goes down later is replaced at the next question. */
export async function createThread(settings: SecondStageSettings): Promise<Thread> {
  const launch = () =>
    startThread<ToSecondStage, FromSecondStage, Inspection>({
      name: "second stage",
      entry,
      data: settings,
      startMsMax,
      read,
    });
  switchTelemetryOff();
  let running = await launch();
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const inspectNow = async (bytes: Uint8Array, detections: Detection[]): Promise<Inspection> => {
    if (isClosed) throw new Error("the second stage is closed");
    if (running.isDown) running = await launch();
    return running.ask(() => ({ kind: "inspect", bytes, detections }), { msMax: inspectMsMax });
  };
  return {
    inspect(bytes, detections) {
      const inspection = last.then(() => inspectNow(bytes, detections));
      last = inspection.catch(() => undefined);
      return inspection;
    },
    async close() {
      isClosed = true;
      await last;
      await running.close();
    },
  };
}

function read(message: FromSecondStage): Reply<Inspection> {
  if (message.kind === "inspected") return { kind: "answer", answer: message.inspection };
  return message.kind === "failed" ? { kind: "error", error: new Error(message.reason) } : message;
}
