/** What the worker's benchmark found, as it is written in JSON. */
import type { LoadedModel } from "../src/model/index.ts";
import type { Bare } from "./bare.ts";
import type { EndToEnd } from "./end-to-end.ts";
import type { Missed } from "./missed.ts";
import type { Soak } from "./soak.ts";

export type ModelReport = {
  model: string;
  precision: LoadedModel["precision"];
  input: LoadedModel["input"];
  sha256: string;
  /** On the square. */
  bare: Bare;
  /** On the canvas of the frames; absent where that is the square. */
  bareFitted?: Bare;
  /** The plan is the worker's own choice. */
  distinct: EndToEnd;
  still: EndToEnd;
  /** By the still frames that were not looked at. */
  missed: Missed;
  /** The frames of the folder as they were recorded, in their order. */
  recorded?: EndToEnd;
  missedRecorded?: Missed;
};

export type BenchReport = {
  at: string;
  cpu: string;
  cores: number;
  node: string;
  baseline: EndToEnd;
  models: ModelReport[];
  soak?: Soak;
};
