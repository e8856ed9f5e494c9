/**
 * How long models take for one image on this machine, in sessions of one thread.
 *
 * The models run in turn, so that whatever else the machine does meanwhile meets all of them alike: the ratios hold
 * where the times themselves do not.
 */

import { pixelsName } from "../../model/onnx/u8-input.ts";
import { InferenceSession } from "../../model/runtime/index.ts";
import type { Canvas } from "../../pipe/decode/index.ts";
import { tensorOf } from "./tensor-of.ts";

export type TimeOptions = {
  /** The size of the image. */
  canvas: Canvas;
  /** Measured runs of each model, after two that warm up. */
  rounds: number;
  signal?: AbortSignal;
};

/** Median milliseconds of each prepared model, in their order. */
export async function timeInTurn(
  models: readonly Uint8Array[],
  { canvas, rounds, signal }: TimeOptions,
): Promise<number[]> {
  const settings = {
    executionProviders: ["cpu"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  } as const;
  const sessions = await Promise.all(models.map((model) => InferenceSession.create(model, settings)));
  const length = canvas.width * canvas.height * 3;
  const images = tensorOf({ canvas, pixels: Uint8Array.from({ length }, (_, index) => (index * 7) % 251) });
  const times = models.map((): number[] => []);
  try {
    for (let round = -2; round < rounds; round++) {
      signal?.throwIfAborted();
      for (const [index, session] of sessions.entries()) {
        const startedAt = performance.now();
        await session.run({ [pixelsName]: images });
        if (round >= 0) times[index]?.push(performance.now() - startedAt);
      }
    }
  } finally {
    await Promise.all(sessions.map((session) => session.release()));
  }
  return times.map((each) => each.toSorted((one, other) => one - other)[each.length >> 1] ?? 0);
}
