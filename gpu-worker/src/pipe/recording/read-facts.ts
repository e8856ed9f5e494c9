/** What the file of a recording says of itself; of the file no more is in memory than is read at a time. */
import { readSync } from "node:fs";
import { readContainer } from "@vigil/core/check/read-container";
import type { RecordingFacts } from "@vigil/core/check/wire";
import { check as limits } from "@vigil/core/limits";
import { createManifestReader, type OpenFile } from "@vigil/core/provenance";

/** @param trustAnchors certificates of those whose signatures are trusted, PEM; empty: nobody's */
export async function readFacts(file: OpenFile, trustAnchors: string): Promise<RecordingFacts> {
  const container = readContainer({
    bytes: file.bytes,
    read(from, length) {
      const bytes = Buffer.allocUnsafe(length);
      return bytes.subarray(0, readSync(file.descriptor, bytes, 0, length, from));
    },
  });
  if (!container) {
    return {
      contentType: null,
      bytesStated: null,
      madeAt: null,
      provenance: { status: "absent", codes: [] },
    };
  }
  const { contentType, bytesStated, madeAt } = container;
  // A reader of its own: pictures of reviews wait for no recording, and what it took of memory goes with it.
  const manifests = createManifestReader({ trustAnchors, readMsMax: limits.recordingReadMsMax });
  try {
    return {
      contentType,
      bytesStated: bytesStated ?? null,
      madeAt: madeAt?.toISOString() ?? null,
      provenance: await manifests.readFile(file, contentType),
    };
  } finally {
    await manifests.close();
  }
}
