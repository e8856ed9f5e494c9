/** What travels between the second stage and its thread: one question, one answer. */
import type { Detection } from "@vigil/core/digest/wire";
import type { SecondLook } from "./index.ts";

/** Paths of the models that are present. */
export type SecondStageModels = {
  faces?: string;
  plates?: { finder: string; reader: string; characters: string };
  reidentification?: string;
};

export type SecondStageSettings = { models: SecondStageModels; pixelsMax: number };

export type ToSecondStage = { kind: "look"; bytes: Uint8Array; detections: Detection[] } | { kind: "close" };

/** `failed` before `ready`: a model did not load. */
export type FromSecondStage =
  | { kind: "ready" }
  | { kind: "looked"; look: SecondLook }
  | { kind: "failed"; reason: string };
