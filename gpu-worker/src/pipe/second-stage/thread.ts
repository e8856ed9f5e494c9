/** The second stage's thread, seen from the main thread. */
import type { Allowed } from "@vigil/core/consent/wire";
import type { Detection } from "@vigil/core/digest/wire";
import { type Reply, startThread } from "@vigil/core/platform/worker-thread";
import { switchTelemetryOff } from "../../model/runtime/config.ts";
import { createTurns, type Turn } from "../decode/turns.ts";
import type { FromSecondStage, Inspection, SecondStageSettings, ToSecondStage } from "./messages.ts";

export type Thread = {
  /**
   * One picture at a time. Accounts take turns by the time that theirs take: a quiet one waits for the picture under way and
   * for none after it. Rejects when the thread fails or takes too long.
   */
  inspect(
    image: { bytes: Uint8Array; detections: Detection[]; wanted: Allowed },
    turn: Turn,
  ): Promise<Inspection>;
  close(): Promise<void>;
};

type Waiting = Turn & {
  bytes: Uint8Array;
  detections: Detection[];
  wanted: Allowed;
  answer: PromiseWithResolvers<Inspection>;
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
  const turns = createTurns<Waiting>(() => performance.now());
  let serving: Promise<void> | undefined;
  let isClosed = false;

  const inspectNow = async ({ bytes, detections, wanted }: Waiting): Promise<Inspection> => {
    if (isClosed) throw new Error("the second stage is closed");
    if (running.isDown) running = await launch();
    return running.ask(() => ({ kind: "inspect", bytes, detections, wanted }), { msMax: inspectMsMax });
  };
  const serve = async (): Promise<void> => {
    for (let next = turns.next; next; next = turns.next) {
      const endTurn = turns.begin(next);
      await inspectNow(next).then(next.answer.resolve, next.answer.reject);
      endTurn();
    }
    serving = undefined;
  };
  return {
    inspect(image, { accountId, priority }) {
      const answer = Promise.withResolvers<Inspection>();
      turns.add({ accountId, priority, ...image, answer });
      serving ??= serve();
      return answer.promise;
    },
    async close() {
      isClosed = true;
      await serving;
      await running.close();
    },
  };
}

function read(message: FromSecondStage): Reply<Inspection> {
  if (message.kind === "inspected") return { kind: "answer", answer: message.inspection };
  return message.kind === "failed" ? { kind: "error", error: new Error(message.reason) } : message;
}
