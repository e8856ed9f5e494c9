/** The moments of a job with fresh URLs. The URLs live at most 60 s and are never stored. */
import * as Evidence from "../../evidence/index.ts";
import { evidence as limits } from "../../limits.ts";
import type { ReviewedMoment } from "../../review/index.ts";
import type { JobMoment } from "../../review/wire.ts";
import type { Services } from "../services.ts";

export async function presignMoment(
  services: Services,
  { moment: piece, event: reported }: ReviewedMoment,
): Promise<JobMoment> {
  const key = Evidence.keyOf(piece.accountId, piece.eventId, piece.id);
  const { url, expiresAt } = await services.blobs.presignGet({ key, seconds: limits.urlSecondsMax });
  return {
    id: piece.id,
    url,
    expiresAt: expiresAt.toISOString(),
    sha256: piece.sha256,
    bytes: piece.bytes,
    contentType: piece.contentType,
    capturedAt: piece.capturedAt.toISOString(),
    deviceId: reported.deviceId,
    zone: reported.zone,
  };
}
