/**
 * The second stage: a closer inspection of what the detector found, where it pays.
 *
 *     const secondStage = await createSecondStage({ cacheDir, faces: true, plates: false });
 *     const { faces } = await secondStage.inspect({ bytes, detections, wanted, accountId, priority });
 *
 * Faces are looked for on persons, plates on vehicles, and re-identification describes persons; a picture without
 * either is not even decoded. Nothing is looked for that the job does not allow. A model that was not asked for is a capability that is false, and its part of every
 * inspection is absent; a model that was asked for and cannot be had stops the start.
 */
import { type Allowed, bothOf } from "@vigil/core/consent/wire";
import type { Capabilities, Detection } from "@vigil/core/digest/wire";
import * as limits from "@vigil/core/limits";
import { obtain, readCatalogue } from "../../model/index.ts";
import type { Turn } from "../decode/turns.ts";
import type { Inspection, SecondStageModels } from "./messages.ts";
import { createThread } from "./thread.ts";

export { createLooksOfReviews, type LooksOfReviews } from "./known-looks.ts";
export type { Inspection } from "./messages.ts";
export { assignTracks, type Sighting } from "./tracks.ts";

/** A picture that was decoded before, within the limits and its deadline, and whose turn it is. */
export type Inspected = Turn & {
  bytes: Uint8Array;
  detections: Detection[];
  /** What may be looked for in it. */
  wanted: Allowed;
};

export interface SecondStage {
  /** What this worker can say at all. A capability that is false leaves its part of every inspection absent. */
  readonly capabilities: Capabilities;
  /** Rejects when the picture cannot be looked at; what the detector saw stands all the same. */
  inspect(image: Inspected): Promise<Inspection>;
  close(): Promise<void>;
}

export type SecondStageOptions = {
  cacheDir: string;
  faces: boolean;
  plates: boolean;
  /** Path of a re-identification model (OSNet layout); absent: the capability is false. */
  reidentificationPath?: string;
};

/** Below this confidence an inspection would describe a shadow. */
const confidenceMin = 0.4;
const labelsWorthALook = new Set(["person", "car", "truck", "bus", "motorcycle"]);

export async function createSecondStage(options: SecondStageOptions): Promise<SecondStage> {
  const models = await obtainModels(options);
  const capabilities: Capabilities = {
    faces: models.faces !== undefined,
    plates: models.plates !== undefined,
    reidentification: models.reidentification !== undefined,
  };
  const isAbsent = !Object.values(capabilities).some(Boolean);
  if (isAbsent) return { capabilities, inspect: async () => ({}), close: async () => undefined };
  const thread = await createThread({ models, pixelsMax: limits.evidence.pixelsMax });
  return {
    capabilities,
    inspect: async ({ bytes, detections, wanted, ...turn }) =>
      detections.some(isWorthInspecting)
        ? thread.inspect({ bytes, detections, wanted }, turn)
        : nothingToSee(bothOf(capabilities, wanted)),
    close: () => thread.close(),
  };
}

function isWorthInspecting({ label, confidence }: Detection): boolean {
  return confidence >= confidenceMin && labelsWorthALook.has(label);
}

/** Looked for and not there: an empty result, because the capability exists. */
function nothingToSee({ faces, plates, reidentification }: Allowed): Inspection {
  return {
    ...(faces ? { faces: { count: 0, qualityMax: 0 } } : {}),
    ...(plates ? { plates: [] } : {}),
    ...(reidentification ? { persons: [] } : {}),
  };
}

async function obtainModels(options: SecondStageOptions): Promise<SecondStageModels> {
  const { secondStage: known } = await readCatalogue();
  const fetchFile = (name: keyof typeof known) =>
    obtain({ ...known[name].file, licence: known[name].licence }, { cacheDir: options.cacheDir });
  const { reidentificationPath } = options;
  return {
    ...(options.faces ? { faces: await fetchFile("faces") } : {}),
    ...(options.plates
      ? {
          plates: {
            finder: await fetchFile("plateFinder"),
            reader: await fetchFile("plates"),
            characters: await fetchFile("plateCharacters"),
          },
        }
      : {}),
    ...(reidentificationPath === undefined ? {} : { reidentification: reidentificationPath }),
  };
}
