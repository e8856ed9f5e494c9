/** What can be said of a text or a picture: what it says of itself, what can be seen without guessing, and whether it was generated. */
import { createHash } from "node:crypto";
import * as Authenticity from "../../authenticity/index.ts";
import type { Provenance } from "../../authenticity/wire.ts";
import * as Check from "../../check/index.ts";
import type { CheckKind, Generated, Mark, Verdict } from "../../check/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import { check as limits, points } from "../../limits.ts";
import { problem } from "../../problem.ts";
import { findGenerator } from "../../provenance/index.ts";
import type { CheckTools } from "./tools.ts";

export type Looked = { kind: CheckKind; points: number; sha256: Uint8Array; bytes: number; verdict: Verdict };
export type Picture = { bytes: Uint8Array; name: string };

export function lookAtText({ textHead }: Pick<CheckTools, "textHead">, text: string): Looked {
  const bytes = new TextEncoder().encode(text);
  const verdict: Verdict = {
    declared: { status: "silent", says: [] },
    provenance: null,
    marks: Check.findTextMarks(text).slice(0, limits.marksMax),
    generated: textHead
      ? Check.judgeText(textHead, text)
      : { status: "cannot-tell", reasons: ["this installation has no head for texts"] },
  };
  return { kind: "text", points: points.text, ...hashed(bytes), verdict };
}

/** @throws `evidence-not-an-image`, `evidence-too-large` */
export async function lookAtImage(
  { manifests }: CheckTools,
  { bytes, name }: Picture,
  now: Date,
): Promise<Looked> {
  if (bytes.byteLength > limits.imageBytesMax) {
    throw problem("evidence-too-large", `expected a picture of at most ${limits.imageBytesMax} bytes`);
  }
  const read = Evidence.readTraits(bytes);
  if (!read) {
    const head = Evidence.readHead(bytes);
    throw problem("evidence-not-an-image", "fault" in head ? head.fault : "expected a picture");
  }
  const contentType = Evidence.sniff(bytes) ?? "";
  const provenance = await manifests.read(bytes, contentType);
  const declared = Check.judgeDeclared(provenance, findGenerator(bytes));
  const taken = { traits: read.traits, name, contentType, capturedAt: now, receivedAt: now, skewMs: 0 };
  const contradictions = Authenticity.findContradictions(taken, Authenticity.nothingKnown);
  const verdict: Verdict = {
    declared,
    provenance,
    marks: [...contradictions, ...changesOf(provenance)].map(asMark),
    generated: generatedOf(declared),
  };
  return { kind: "image", points: points.image, ...hashed(bytes), verdict };
}

function asMark({ code, detail }: { code: string; detail: string }): Mark {
  return { code: code as Mark["code"], detail };
}

function changesOf({ status }: Provenance): Mark[] {
  if (status === "manifest-altered") {
    return [{ code: "statement-altered", detail: "nothing that it says counts" }];
  }
  if (status !== "content-changed") return [];
  return [{ code: "content-changed", detail: "by whomever: making a picture smaller does that too" }];
}

/** From pixels nothing is said (docs/authenticity.md). */
function generatedOf({ status, by, says }: Verdict["declared"]): Generated {
  if (status === "generated") {
    const who =
      by === "signed-manifest" ? "a signed statement says" : "the file says, which anybody can have written";
    return { status: "declared", reasons: says.map((what) => `${who}: ${what}`.slice(0, 200)) };
  }
  return {
    status: "cannot-tell",
    reasons: ["the file does not say", "no model that was measured tells from pixels better than chance"],
  };
}

function hashed(bytes: Uint8Array): { sha256: Uint8Array; bytes: number } {
  return { sha256: createHash("sha256").update(bytes).digest(), bytes: bytes.byteLength };
}
