/** What of a report may be kept where not everything may be looked for. Pure. */
import { type Allowed, bothOf, type ConsentKind, nothingAllowed } from "../consent/wire.ts";
import type { Detection, DigestReport, Finding } from "./wire.ts";
import * as Things from "./words-things.ts";

/**
 * The report of a worker that has not looked for what it may not: whatever it says of it is left out, and so is that it could
 * have said it. A thing's appearance is kept; that of people and animals is nobody's to give.
 */
export function keepAllowed(report: DigestReport, allowed: Allowed): DigestReport {
  return {
    ...report,
    worker: {
      ...report.worker,
      capabilities: bothOf(report.worker.capabilities, allowed),
    },
    moments: report.moments.map((finding) => allowedOf(finding, allowed)),
  };
}

function allowedOf({ faces, plates, embeddingRef, ...finding }: Finding, allowed: Allowed): Finding {
  return {
    ...finding,
    detections: finding.detections.map((one) => detectionOf(one, allowed)),
    ...(faces !== undefined && allowed.faces ? { faces } : {}),
    ...(plates !== undefined && allowed.plates ? { plates } : {}),
    ...(embeddingRef !== undefined && allowed.reidentification ? { embeddingRef } : {}),
  };
}

function detectionOf({ trackId, appearance, ...one }: Detection, allowed: Allowed): Detection {
  const isSomebody = ["person", "animal"].includes(Things.kindOf(one.label));
  return {
    ...one,
    ...(appearance !== undefined && !isSomebody ? { appearance } : {}),
    ...(trackId !== undefined && allowed.reidentification ? { trackId } : {}),
  };
}

/** How many faces, plates, or names of the same person it tells of. */
export function countOfKind({ moments }: DigestReport, kind: ConsentKind): number {
  const of: Record<ConsentKind, (finding: Finding) => number> = {
    faces: ({ faces }) => faces?.count ?? 0,
    plates: ({ plates }) => plates?.length ?? 0,
    reidentification: ({ detections, embeddingRef }) =>
      detections.filter(({ trackId }) => trackId !== undefined).length + (embeddingRef === undefined ? 0 : 1),
  };
  return moments.reduce((sum, finding) => sum + of[kind](finding), 0);
}

/** By what a report is known: nothing that an owner could have erased, for a plate could be guessed from its hash. */
export function knownBy(report: DigestReport): object {
  const { worker, ...rest } = keepAllowed(report, nothingAllowed);
  const { capabilities: _, ...who } = worker;
  return { ...rest, worker: who };
}
