import type { InferenceSession } from "onnxruntime-node";
import type { ConcreteProvider } from "./messages.ts";

/** TensorRT leaves what it does not support to CUDA; every provider leaves the rest to the CPU. */
const executionProviders: Record<ConcreteProvider, readonly string[]> = {
  cpu: ["cpu"],
  webgpu: ["webgpu", "cpu"],
  cuda: ["cuda", "cpu"],
  tensorrt: ["tensorrt", "cuda", "cpu"],
};

export function sessionOptions(provider: ConcreteProvider, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: executionProviders[provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    extra: {
      session: {
        // Waiting threads must leave the processor to decoding and to the other lanes.
        intra_op: { allow_spinning: "0" },
        set_denormal_as_zero: "1",
      },
    },
  };
}
