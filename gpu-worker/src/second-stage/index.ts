import type { Capabilities, Detection, Finding } from "@vigil/core/digest/wire";

export type SecondLook = {
  faces?: NonNullable<Finding["faces"]>;
  plates?: NonNullable<Finding["plates"]>;
  /** `detection` is an index into the detections that were handed in; `embedding` has unit length. */
  persons?: { detection: number; embedding: Float32Array }[];
};

export interface SecondStage {
  /** What this worker can say at all. A capability that is false leaves its part of every look absent. */
  readonly capabilities: Capabilities;
  look(image: { bytes: Uint8Array; detections: Detection[] }): Promise<SecondLook>;
  close(): Promise<void>;
}

export type SecondStageOptions = {
  cacheDir: string;
  faces: boolean;
  plates: boolean;
  /** Path of a re-identification model (OSNet layout); absent: the capability is false. */
  reidentificationPath?: string;
};

export async function createSecondStage(_options: SecondStageOptions): Promise<SecondStage> {
  return {
    capabilities: { faces: false, reidentification: false, plates: false },
    look: async () => ({}),
    close: async () => undefined,
  };
}
