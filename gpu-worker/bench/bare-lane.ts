/** Worker thread of the bare measurement: `session.run` on one prepared input, again and again, and nothing else. */
import { parentPort, workerData } from "node:worker_threads";
import { InferenceSession, Tensor } from "../src/model/runtime/index.ts";

export type BareLaneData = {
  path: string;
  threads: number;
  dims: number[];
  type: "float32" | "uint8";
  inputName: string;
};

const { path, threads, dims, type, inputName } = workerData as BareLaneData;
const values = dims.reduce((product, dim) => product * dim, 1);
const session = await InferenceSession.create(path, {
  executionProviders: ["cpu"],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  graphOptimizationLevel: "all",
  logSeverityLevel: 3,
});
const input =
  type === "uint8"
    ? new Tensor("uint8", new Uint8Array(values).fill(114), dims)
    : new Tensor("float32", new Float32Array(values).fill(114 / 255), dims);

/** Runs for `ms` and answers how many images that were. */
async function measure(ms: number): Promise<{ images: number; ms: number }> {
  const startedAt = performance.now();
  let images = 0;
  while (performance.now() - startedAt < ms) {
    await session.run({ [inputName]: input });
    images += dims[0] ?? 1;
  }
  return { images, ms: performance.now() - startedAt };
}

await measure(300);
parentPort?.on("message", (ms: number) => {
  void measure(ms).then((result) => parentPort?.postMessage(result, []));
});
parentPort?.postMessage("ready", []);
