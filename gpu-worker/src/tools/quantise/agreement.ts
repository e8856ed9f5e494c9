/**
 * How well a candidate model agrees with its reference on the same frames.
 *
 * A detection of one model is matched by one of the other on the same frame with the same label and an IoU of at
 * least `iou`; each serves one match, best pairs first. Recall is the matched share of the reference's detections,
 * precision the matched share of the candidate's, both among detections of at least `confidence`.
 */
import type { Box, Detection } from "@vigil/core/digest/wire";
import { review } from "@vigil/core/limits";
import type { AgreementFigures, Manifest } from "../../model/onnx/manifest.ts";
import { pixelsName } from "../../model/onnx/u8-input.ts";
import { InferenceSession } from "../../model/runtime/index.ts";
import type { Picture } from "../../pipe/decode/index.ts";
import { createInterpreter, type Interpret } from "../../pipe/interpret/index.ts";
import type { Frames } from "./calibrate.ts";
import { tensorOf } from "./tensor-of.ts";

export const matching = Object.freeze({ confidence: 0.4, iou: 0.5 });

/** What both models found on one frame. */
export type FramePair = { reference: readonly Detection[]; candidate: readonly Detection[] };

type Match = { reference: Detection; candidate: Detection; iou: number };

/** Figures over all frames; recall and precision of nothing are 1. */
export function agreementOf(
  pairs: readonly FramePair[],
  {
    reference,
    confidence = matching.confidence,
    iou = matching.iou,
  }: { reference: string; confidence?: number; iou?: number },
): AgreementFigures {
  const strong = ({ confidence: own }: Detection) => own >= confidence;
  let [ours, theirs, anyConfidence] = [0, 0, 0];
  const matches: Match[] = [];
  for (const pair of pairs) {
    const wanted = pair.reference.filter(strong);
    const got = pair.candidate.filter(strong);
    ours += wanted.length;
    theirs += got.length;
    anyConfidence += match(wanted, pair.candidate, iou).length;
    matches.push(...match(wanted, got, iou));
  }
  return {
    frames: pairs.length,
    reference,
    confidence,
    iou,
    referenceDetections: ours,
    candidateDetections: theirs,
    matched: matches.length,
    recall: share(matches.length, ours),
    precision: share(matches.length, theirs),
    recallAtAnyConfidence: share(anyConfidence, ours),
    meanIou: mean(matches.map((each) => each.iou)),
    meanConfidenceDifference: mean(
      matches.map((each) => Math.abs(each.reference.confidence - each.candidate.confidence)),
    ),
  };
}

function match(reference: readonly Detection[], candidate: readonly Detection[], iouMin: number): Match[] {
  const possible = reference.flatMap((wanted) =>
    candidate
      .filter(({ label }) => label === wanted.label)
      .map((got) => ({ reference: wanted, candidate: got, iou: intersectionOverUnion(wanted.box, got.box) })),
  );
  const taken = new Set<Detection>();
  return possible
    .filter(({ iou }) => iou >= iouMin)
    .toSorted((one, other) => other.iou - one.iou)
    .filter((pair) => {
      if (taken.has(pair.reference) || taken.has(pair.candidate)) return false;
      taken.add(pair.reference).add(pair.candidate);
      return true;
    });
}

/** Boxes are x, y, width, height. */
export function intersectionOverUnion([x, y, width, height]: Box, [left, top, across, down]: Box): number {
  const overlapX = Math.min(x + width, left + across) - Math.max(x, left);
  const overlapY = Math.min(y + height, top + down) - Math.max(y, top);
  if (overlapX <= 0 || overlapY <= 0) return 0;
  const overlap = overlapX * overlapY;
  return overlap / (width * height + across * down - overlap);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export type MeasureOptions = {
  /** The bytes of two prepared models of the same layout, size and labels. */
  reference: Uint8Array;
  candidate: Uint8Array;
  shape: Pick<Manifest, "layout" | "inputSize" | "labels">;
  /** What the reference is called in the figures. */
  referenceName: string;
  /** Letterboxed as in production; frames that calibrated the candidate prove nothing. */
  frames: Frames;
  onProgress?: (frames: number) => void;
  signal?: AbortSignal;
  threads?: number;
};

/** Runs both models over the frames, one by one. */
export async function measureAgreement(options: MeasureOptions): Promise<AgreementFigures> {
  const { shape, signal } = options;
  const settings = {
    executionProviders: ["cpu"],
    ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
  };
  const reference = await InferenceSession.create(options.reference, settings);
  const candidate = await InferenceSession.create(options.candidate, settings);
  const interpret = createInterpreter(
    { ...shape, output: "reduced" },
    { detectionConfidence: review.detectionConfidence, nmsIou: review.nmsIou },
  );
  const pairs: FramePair[] = [];
  try {
    for await (const frame of options.frames) {
      signal?.throwIfAborted();
      pairs.push({
        reference: await detect(reference, frame, interpret),
        candidate: await detect(candidate, frame, interpret),
      });
      options.onProgress?.(pairs.length);
    }
  } finally {
    await reference.release();
    await candidate.release();
  }
  return agreementOf(pairs, { reference: options.referenceName });
}

/** Boxes are fractions of the canvas: a letterbox moves both models' boxes alike. */
async function detect(session: InferenceSession, frame: Picture, interpret: Interpret): Promise<Detection[]> {
  const outputs = await session.run({ [pixelsName]: tensorOf(frame) });
  return interpret(outputs, 0, {
    ...frame.canvas,
    letterbox: { scale: 1, padX: 0, padY: 0 },
  }).detections;
}
