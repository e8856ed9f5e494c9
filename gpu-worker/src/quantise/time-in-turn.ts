/**
 * How long models take for one image on this machine, in sessions of one thread.
 *
 * The models run in turn, so that whatever else the machine does meanwhile meets all of them alike: the ratios hold
 * where the times themselves do not.
 */
import { InferenceSession, Tensor } from "onnxruntime-node";

export type TimeOptions = {
  inputSize: number;
  /** Measured runs of each model, after two that warm up. */
  rounds: number;
  signal?: AbortSignal;
};

/** Median milliseconds of each prepared model, in their order. */
export async function timeInTurn(
  models: readonly Uint8Array[],
  { inputSize, rounds, signal }: TimeOptions,
): Promise<number[]> {
  const settings = {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  } as const;
  const sessions = await Promise.all(models.map((model) => InferenceSession.create(model, settings)));
  const pixels = Uint8Array.from({ length: inputSize * inputSize * 3 }, (_, index) => (index * 7) % 251);
  const images = new Tensor("uint8", pixels, [1, inputSize, inputSize, 3]);
  const times = models.map((): number[] => []);
  try {
    for (let round = -2; round < rounds; round++) {
      signal?.throwIfAborted();
      for (const [index, session] of sessions.entries()) {
        const startedAt = performance.now();
        await session.run({ images });
        if (round >= 0) times[index]?.push(performance.now() - startedAt);
      }
    }
  } finally {
    await Promise.all(sessions.map((session) => session.release()));
  }
  return times.map((each) => each.toSorted((one, other) => one - other)[each.length >> 1] ?? 0);
}
