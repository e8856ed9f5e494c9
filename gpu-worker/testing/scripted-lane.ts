/**
 * A lane's thread without a model, for tests of the pool: the first byte of an image says what happens to it.
 * Everything else (a real thread, real messages, real shared memory) is as in production.
 */
import { parentPort } from "node:worker_threads";
import type { DetectedImage } from "../src/pipe/infer/detected-image.ts";
import type { FromLane, ToLane } from "../src/pipe/infer/messages.ts";
import { script } from "./lane-script.ts";

const port = parentPort;
if (!port) throw new Error("scripted-lane.ts runs in a worker thread");

function look(pixels: Uint8Array): DetectedImage {
  if (pixels[0] === script.crash) throw new Error("as the script says");
  if (pixels[0] === script.exit) process.exit(7);
  if (pixels[0] === script.hang) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  return { detections: [], bestConfidence: (pixels[1] ?? 0) / 255, inferMs: 1, postMs: 1 };
}

port.on("message", (message: ToLane) => {
  if (message.kind === "close") {
    port.close();
    return;
  }
  const results = message.images.map((image) => look(image.pixels));
  const answer: FromLane = { kind: "detected", results, runs: 1, batchMax: 64 };
  port.postMessage(answer, []);
});
const ready: FromLane = { kind: "ready" };
port.postMessage(ready, []);
