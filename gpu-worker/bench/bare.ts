/** The limit: how many images a second `session.run` does on this machine, with nothing around it. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { LoadedModel } from "../src/model/index.ts";
import { switchTelemetryOff } from "../src/model/runtime/config.ts";
import type { Canvas } from "../src/pipe/decode/index.ts";
import type { BareLaneData } from "./bare-lane.ts";

export type BarePlan = { lanes: number; threads: number };
export type Bare = BarePlan & { canvas: Canvas; itemsPerSecond: number };

export type BareOptions = { canvas: Canvas; ms: number };

/** One session with every core, or a session of one thread for each core. */
export function barePlans(cores = availableParallelism()): BarePlan[] {
  return cores === 1
    ? [{ lanes: 1, threads: 1 }]
    : [
        { lanes: 1, threads: cores },
        { lanes: cores, threads: 1 },
      ];
}

export async function measureBare(
  model: LoadedModel,
  { lanes: count, threads }: BarePlan,
  { canvas, ms }: BareOptions,
): Promise<Bare> {
  const { width, height } = canvas;
  const isBytes = model.input === "u8-hwc";
  const workerData: BareLaneData = {
    path: model.path,
    threads,
    dims: isBytes ? [1, height, width, 3] : [1, 3, height, width],
    type: isBytes ? "uint8" : "float32",
    inputName: "images",
  };
  switchTelemetryOff();
  const lanes = Array.from(
    { length: count },
    () => new Worker(new URL("./bare-lane.ts", import.meta.url), { workerData }),
  );
  await Promise.all(lanes.map((lane) => once(lane, "message")));
  const results = lanes.map((lane) => once(lane, "message"));
  for (const lane of lanes) lane.postMessage(ms, []);
  let itemsPerSecond = 0;
  for (const [result] of await Promise.all(results)) {
    const { images, ms: took } = result as { images: number; ms: number };
    itemsPerSecond += (images * 1000) / took;
  }
  await Promise.all(lanes.map((lane) => lane.terminate()));
  return { lanes: count, threads, canvas, itemsPerSecond };
}

/** The best plan of all, each measured for `ms`. */
export async function measureBestBare(model: LoadedModel, options: BareOptions): Promise<Bare> {
  let best: Bare | undefined;
  for (const plan of barePlans()) {
    const bare = await measureBare(model, plan, options);
    if (!best || bare.itemsPerSecond > best.itemsPerSecond) best = bare;
  }
  if (!best) throw new Error("no plan was measured");
  return best;
}
