/** The verdict on a picture: put together from what a worker read in it and what the evidence log has of it. */
import type { KeptVerdict } from "./sketches.ts";
import {
  type Authenticity,
  type Capture,
  type CaptureSignature,
  type CustodyStatus,
  generatedSourceTypes,
  type Provenance,
  type Replay,
  type Synthetic,
  statedSourceTypes,
} from "./wire.ts";

export { findCaptures, findProfile, keepProfile, recordCaptures } from "./captures.ts";
export { findContradictions, kindOfName } from "./find-contradictions.ts";
export { findBackdrop, findRepeat, motionBefore } from "./find-repeat.ts";
export { judgeCapture } from "./judge-capture.ts";
export { nothingKnown } from "./profile.ts";
export type { Sketch } from "./sketch.ts";
export {
  findVerdicts,
  forgetSketches,
  type KeptVerdict,
  listAround,
  listCompared,
  readKnown,
  recordSketches,
} from "./sketches.ts";

export type LoggedHash = { isAppended: boolean; sha256: string };

/** What is known of one picture. */
export type Known = {
  /** SHA-256 of what is kept, hex. */
  sha256: string;
  /** What the evidence log has of it; undefined: nothing. */
  logged: LoggedHash | undefined;
  /** The same bytes as of another time; undefined: there are none. */
  earlier: { id: string; eventId: string; capturedAt: Date } | undefined;
  /** What the picture repeats in other bytes; undefined: it was not compared. */
  compared: KeptVerdict | undefined;
  /** What was said of its file; undefined: no worker has looked. */
  capture: Capture | undefined;
  /** Undefined: it came without one. */
  signature: CaptureSignature | undefined;
  /** Undefined: no worker has looked for it. */
  provenance: Provenance | undefined;
};

export function judgeAuthenticity(known: Known): Authenticity {
  const { sha256, logged, earlier, compared, provenance } = known;
  return {
    provenance: provenance ?? null,
    custody: { status: custodyOf(sha256, logged) },
    capture: captureOf(known),
    replay: replayOf(earlier, compared),
    synthetic: syntheticOf(provenance),
  };
}

function captureOf({ capture, signature }: Known): Capture {
  const said = capture ?? { status: "cannot-tell", why: "not-looked-for", reasons: [] };
  if (!signature) return said;
  if (signature.status !== "wrong") return { ...said, signature };
  const wrong = {
    code: "signature-wrong",
    detail: "not what its gateway signed when it was captured",
  } as const;
  const others = said.status === "contradicts" ? said.reasons : [];
  return { status: "contradicts", reasons: [wrong, ...others], signature };
}

function replayOf(exact: Known["earlier"], compared: Known["compared"]): Replay {
  if (exact) return { status: "exact", earlier: earlierOf(exact) };
  if (!compared) return { status: "cannot-tell", why: "not-looked-for" };
  const { status, why, earlier } = compared;
  return {
    status,
    ...(why === null ? {} : { why }),
    ...(earlier === null ? {} : { earlier: earlierOf(earlier) }),
  };
}

function earlierOf({ id: momentId, eventId, capturedAt }: NonNullable<Known["earlier"]>) {
  return { momentId, eventId, capturedAt: capturedAt.toISOString() };
}

function custodyOf(kept: string, logged: LoggedHash | undefined): CustodyStatus {
  if (logged && logged.sha256 !== kept) return "mismatch";
  return logged?.isAppended ? "unbroken" : "not-logged";
}

/** Nothing is ever called generated from what is absent, or from a signature that does not hold. */
function syntheticOf(provenance: Provenance | undefined): Synthetic {
  const types = statedSourceTypes(provenance).filter((type) => generatedSourceTypes.has(type));
  if (!provenance || types.length === 0) {
    return { status: "cannot-tell", reasons: ["the file does not say", "pixels alone do not tell"] };
  }
  const isSigned = provenance.status === "trusted" || provenance.status === "valid-untrusted";
  const by = isSigned ? "a signed statement says" : "the file says, which anybody can have written";
  return { status: "declared", reasons: types.map((type) => `${by}: ${type}`.slice(0, 100)) };
}
