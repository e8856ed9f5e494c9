/** What travels between the second stage and its thread: one question, one answer. */
import type { Allowed } from "@vigil/core/consent/wire";
import type { Detection, Finding } from "@vigil/core/digest/wire";

export type Inspection = {
  /** How many faces can be seen, and the quality (0..1) of the best one. */
  faces?: NonNullable<Finding["faces"]>;
  plates?: NonNullable<Finding["plates"]>;
  /** `detection` is an index into the detections that were handed in; `embedding` has unit length. */
  persons?: { detection: number; embedding: Float32Array }[];
};

/** Paths of the models that are present. */
export type SecondStageModels = {
  faces?: string;
  plates?: { finder: string; reader: string; characters: string };
  reidentification?: string;
};

export type SecondStageSettings = { models: SecondStageModels; pixelsMax: number };

export type ToSecondStage =
  | { kind: "inspect"; bytes: Uint8Array; detections: Detection[]; wanted: Allowed }
  | { kind: "close" };

/** `refused`, instead of `ready`: a model did not load. */
export type FromSecondStage =
  | { kind: "ready" }
  | { kind: "refused"; reason: string }
  | { kind: "inspected"; inspection: Inspection }
  | { kind: "failed"; reason: string };
