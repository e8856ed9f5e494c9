import type { LoadedModel } from "../../model/index.ts";
import { type Canvas, usualCanvas } from "../decode/letterbox.ts";
import type { RunPlan } from "./list-candidates.ts";
import type { LaneImage } from "./messages.ts";
import type { Pool } from "./pool.ts";

/** Long enough that a busy neighbour does not decide. */
const measureMsMin = 700;

/** Images per second of a plan, on noise: the runtime's work does not depend on what a picture shows. */
export async function measureRate(
  plan: RunPlan,
  { model, start }: { model: LoadedModel; start: (plan: RunPlan) => Promise<Pool> },
): Promise<number> {
  const pool = await start(plan);
  const canvas = usualCanvas(model);
  try {
    const burst = Array.from({ length: plan.lanes * plan.batchMax * 2 }, () => noise(canvas));
    // The first runs allocate.
    await detectAll(pool, burst);
    const startedAt = performance.now();
    let images = 0;
    while (performance.now() - startedAt < measureMsMin) {
      await detectAll(pool, burst);
      images += burst.length;
    }
    return (images * 1_000) / (performance.now() - startedAt);
  } finally {
    await pool.close();
  }
}

/** An image that fails makes the plan useless, however fast it fails. */
async function detectAll(pool: Pool, images: readonly LaneImage[]): Promise<void> {
  const results = await pool.detect(images);
  for (const result of results) if ("error" in result) throw new Error(result.error);
}

/** A small generator (xorshift32): the pixels need not be good randomness, only no pattern. */
function noise(canvas: Canvas): LaneImage {
  const { width, height } = canvas;
  const pixels = new Uint8Array(new SharedArrayBuffer(width * height * 3));
  let state = 0x9e3779b9;
  for (let index = 0; index < pixels.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    pixels[index] = state;
  }
  return { pixels, canvas, width, height, letterbox: { scale: 1, padX: 0, padY: 0 } };
}
