/** What can be said of a text or a picture: what it says of itself, what can be seen without guessing, and whether it was generated. */
import { createHash } from "node:crypto";
import * as Authenticity from "../../authenticity/index.ts";
import * as Check from "../../check/index.ts";
import type { CheckKind, Mark, UploadKind, Verdict } from "../../check/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import { check as limits, points } from "../../limits.ts";
import { problem } from "../../problem.ts";
import { findGenerator } from "../../provenance/index.ts";
import { assertRecording, changesOf, generatedOf, judgeRecording } from "./judge-recording.ts";
import type { CheckTools } from "./tools.ts";

export type FileKind = Exclude<CheckKind, "text">;
export type Looked = { kind: CheckKind; points: number; sha256: Uint8Array; bytes: number; verdict: Verdict };
export type GivenFile = { bytes: Uint8Array; name: string };

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

/** @throws `evidence-not-an-image`, `file-unknown`, `file-too-large` */
export async function lookAtFile(
  tools: CheckTools,
  kind: FileKind,
  file: GivenFile,
  now: Date,
): Promise<Looked> {
  if (file.bytes.byteLength > limits.fileBytesMax) {
    throw problem("file-too-large", `expected a file of at most ${limits.fileBytesMax} bytes`);
  }
  return kind === "image" ? lookAtImage(tools, file, now) : lookAtRecording(tools, kind, file, now);
}

async function lookAtImage(
  { manifests }: CheckTools,
  { bytes, name }: GivenFile,
  now: Date,
): Promise<Looked> {
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
    generated: generatedOf(declared, "no model that was measured tells from pixels better than chance"),
  };
  return { kind: "image", points: points.image, ...hashed(bytes), verdict };
}

async function lookAtRecording(
  { manifests }: CheckTools,
  kind: UploadKind,
  { bytes, name }: GivenFile,
  now: Date,
): Promise<Looked> {
  const container = Check.readContainer(Check.sourceOf(bytes));
  assertRecording(kind, container);
  const provenance = await manifests.read(bytes, container.contentType);
  const found = { ...container, provenance, bytes: bytes.byteLength };
  return {
    kind,
    points: points[kind],
    ...hashed(bytes),
    verdict: judgeRecording(kind, found, { name, now }),
  };
}

function asMark({ code, detail }: { code: string; detail: string }): Mark {
  return { code: code as Mark["code"], detail };
}

function hashed(bytes: Uint8Array): { sha256: Uint8Array; bytes: number } {
  return { sha256: createHash("sha256").update(bytes).digest(), bytes: bytes.byteLength };
}
