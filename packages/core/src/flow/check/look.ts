/** What can be said of a text or a picture: what it says of itself, what can be seen without guessing, and whether it was generated. */
import { createHash } from "node:crypto";
import * as Authenticity from "../../authenticity/index.ts";
import type { Provenance } from "../../authenticity/wire.ts";
import * as Check from "../../check/index.ts";
import type { CheckKind, Generated, Mark, Verdict } from "../../check/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import { capture, check as limits, points } from "../../limits.ts";
import { problem } from "../../problem.ts";
import { findGenerator } from "../../provenance/index.ts";
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
  kind: "audio" | "video",
  { bytes, name }: GivenFile,
  now: Date,
): Promise<Looked> {
  const container = Check.readContainer(bytes);
  // Sound alone may lie in a container for video.
  if (!container || (kind === "video" && !container.contentType.startsWith("video/"))) {
    throw problem(
      "file-unknown",
      `expected ${expected[kind]}, got ${container?.contentType ?? "bytes that are none of them"}`,
    );
  }
  const provenance = await manifests.read(bytes, container.contentType);
  const declared = Check.judgeDeclared(provenance, []);
  const verdict: Verdict = {
    declared,
    provenance,
    marks: [...oddOf(container, { bytes, name }, now), ...changesOf(provenance)],
    generated: generatedOf(declared, `no head for ${kind} is measured`),
  };
  return { kind, points: points[kind], ...hashed(bytes), verdict };
}

const expected = {
  audio: "WAV, MP3, FLAC, Ogg or MP4",
  video: "MP4, QuickTime or WebM",
} as const;

/** Those of one family name themselves after each other. */
const familyOf = (contentType: string) => (/mp4|quicktime/.test(contentType) ? "mp4" : contentType);

function oddOf(
  { contentType, bytesStated, madeAt }: NonNullable<ReturnType<typeof Check.readContainer>>,
  { bytes, name }: GivenFile,
  now: Date,
): Mark[] {
  const named = Authenticity.kindOfName(name);
  const marks: Mark[] = [];
  if (named !== undefined && familyOf(named) !== familyOf(contentType)) {
    marks.push({ code: "name-differs", detail: `named as ${named}, and is ${contentType}` });
  }
  // What has an odd length may be filled up by one.
  if (bytesStated !== undefined && Math.abs(bytesStated - bytes.byteLength) > 1) {
    marks.push({ code: "length-differs", detail: `${bytes.byteLength} bytes, and says ${bytesStated}` });
  }
  if (madeAt && madeAt.getTime() > now.getTime() + capture.zonesMsMax) {
    marks.push({ code: "time-ahead", detail: `says ${madeAt.toISOString()}` });
  }
  return marks;
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

/** From what is to be seen or heard nothing is said (docs/authenticity.md). */
function generatedOf({ status, by, says }: Verdict["declared"], why: string): Generated {
  if (status === "generated") {
    const who =
      by === "signed-manifest" ? "a signed statement says" : "the file says, which anybody can have written";
    return { status: "declared", reasons: says.map((what) => `${who}: ${what}`.slice(0, 200)) };
  }
  return {
    status: "cannot-tell",
    reasons: ["the file does not say", why],
  };
}

function hashed(bytes: Uint8Array): { sha256: Uint8Array; bytes: number } {
  return { sha256: createHash("sha256").update(bytes).digest(), bytes: bytes.byteLength };
}
