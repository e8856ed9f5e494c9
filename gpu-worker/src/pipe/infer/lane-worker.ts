/**
 * The thread of one lane: one session, asked for one list of images after another.
 *
 * The runtime computes inside the call, so a run blocks this thread's event loop, and only this one's.
 */
import { parentPort, workerData } from "node:worker_threads";
import { InferenceSession } from "../../model/runtime/index.ts";
import { createInterpreter } from "../interpret/index.ts";
import { readEmbedding } from "../interpret/read-embedding.ts";
import type { DetectedImage } from "./detected-image.ts";
import { createInput } from "./input-tensor.ts";
import type { FromLane, LaneImage, LaneSettings, ToLane } from "./messages.ts";
import { runBatches } from "./run-batches.ts";
import { sessionOptions } from "./session-options.ts";

function createRun(session: InferenceSession, settings: LaneSettings) {
  const { model } = settings;
  const fillInput = createInput(model);
  const interpret = createInterpreter(model, settings);
  const [inputName] = session.inputNames;
  if (inputName === undefined) throw new Error("expected a model with one input, got none");
  return async (images: readonly LaneImage[]): Promise<DetectedImage[]> => {
    const slots = model.batch === "dynamic" ? images.length : model.batch;
    const startedAt = performance.now();
    const outputs = await session.run({
      [inputName]: fillInput(images, slots),
    });
    const inferMs = (performance.now() - startedAt) / images.length;
    return images.map((image, index) => {
      const interpretedAt = performance.now();
      const found = interpret(outputs, index, image);
      const embedding = readEmbedding(outputs, index);
      return {
        ...found,
        ...(embedding && { embedding }),
        inferMs,
        postMs: performance.now() - interpretedAt,
      };
    });
  };
}

/** A tensor has one shape. */
function shareCanvas({ canvas: one }: LaneImage, { canvas: other }: LaneImage): boolean {
  return one.width === other.width && one.height === other.height;
}

async function start(port: NonNullable<typeof parentPort>, settings: LaneSettings): Promise<void> {
  const say = (message: FromLane) => port.postMessage(message);
  const session = await InferenceSession.create(
    settings.model.path,
    sessionOptions(settings.provider, settings.threads),
  );
  const run = createRun(session, settings);
  let batchMax = settings.batchMax;
  const answer = async (message: ToLane): Promise<void> => {
    if (message.kind === "close") {
      await session.release();
      port.close();
      return;
    }
    const ran = await runBatches(message.images, batchMax, run, shareCanvas);
    batchMax = ran.batchMax;
    say({ kind: "detected", ...ran });
  };
  let last = Promise.resolve();
  port.on("message", (message: ToLane) => {
    last = last.then(() => answer(message));
  });
  say({ kind: "ready" });
}

if (!parentPort) throw new Error("lane-worker.ts runs in a worker thread; createDetector() starts it");
const port = parentPort;
start(port, workerData as LaneSettings).catch((error: unknown) => {
  const refused: FromLane = {
    kind: "refused",
    reason: error instanceof Error ? error.message : String(error),
  };
  port.postMessage(refused);
  port.close();
});
