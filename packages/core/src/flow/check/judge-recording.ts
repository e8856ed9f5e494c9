/** What can be said of a recording by what its file says: its container, its name, its statement of origin. */
import * as Authenticity from "../../authenticity/index.ts";
import type { Provenance } from "../../authenticity/wire.ts";
import * as Check from "../../check/index.ts";
import type { Generated, Mark, UploadKind, Verdict } from "../../check/wire.ts";
import { capture } from "../../limits.ts";
import { problem } from "../../problem.ts";

const expected = {
  audio: "WAV, MP3, FLAC, Ogg or MP4",
  video: "MP4, QuickTime or WebM",
} as const;

/** @returns why it is no recording of this kind; undefined: it is one. Sound alone may lie in a container for video. */
export function faultOfRecording(kind: UploadKind, contentType: string | undefined): string | undefined {
  if (contentType !== undefined && (kind === "audio" || contentType.startsWith("video/"))) return undefined;
  return `expected ${expected[kind]}, got ${contentType ?? "bytes that are none of them"}`;
}

/** @throws `file-unknown` */
export function assertRecording(
  kind: UploadKind,
  container: Check.Container | undefined,
): asserts container is Check.Container {
  const fault = faultOfRecording(kind, container?.contentType);
  if (fault !== undefined) throw problem("file-unknown", fault);
}

export type FoundRecording = Check.Container & { provenance: Provenance; bytes: number };

export function judgeRecording(
  kind: UploadKind,
  found: FoundRecording,
  { name, now }: { name: string; now: Date },
): Verdict {
  const { provenance } = found;
  const declared = Check.judgeDeclared(provenance, []);
  return {
    declared,
    provenance,
    marks: [...oddOf(found, name, now), ...changesOf(provenance)],
    generated: generatedOf(declared, `no head for ${kind} is measured`),
  };
}

/** Those of one family name themselves after each other. */
const familyOf = (contentType: string) => (/mp4|quicktime/.test(contentType) ? "mp4" : contentType);

function oddOf({ contentType, bytesStated, madeAt, bytes }: FoundRecording, name: string, now: Date): Mark[] {
  const named = Authenticity.kindOfName(name);
  const marks: Mark[] = [];
  if (named !== undefined && familyOf(named) !== familyOf(contentType)) {
    marks.push({ code: "name-differs", detail: `named as ${named}, and is ${contentType}` });
  }
  // What has an odd length may be filled up by one.
  if (bytesStated !== undefined && Math.abs(bytesStated - bytes) > 1) {
    marks.push({ code: "length-differs", detail: `${bytes} bytes, and says ${bytesStated}` });
  }
  if (madeAt && madeAt.getTime() > now.getTime() + capture.zonesMsMax) {
    marks.push({ code: "time-ahead", detail: `says ${madeAt.toISOString()}` });
  }
  return marks;
}

export function changesOf({ status }: Provenance): Mark[] {
  if (status === "manifest-altered") {
    return [{ code: "statement-altered", detail: "nothing that it says counts" }];
  }
  if (status !== "content-changed") return [];
  return [{ code: "content-changed", detail: "by whomever: making a picture smaller does that too" }];
}

/** From what is to be seen or heard nothing is said (docs/authenticity.md). */
export function generatedOf({ status, by, says }: Verdict["declared"], why: string): Generated {
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
