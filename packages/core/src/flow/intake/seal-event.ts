/** Evidence is up: what lies in the bucket is compared with what was announced, and its moments become ready. */
import { inAccount } from "../../db/index.ts";
import * as Event from "../../event/index.ts";
import type { Upload } from "../../event/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import { evidence as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import { evidenceReady } from "../review/evidence-ready.ts";
import type { Services } from "../services.ts";
import { uploadsOf } from "./uploads.ts";

export type Sealed = { id: string; sealed: boolean; ready: number; uploads: Upload[] };

/**
 * Idempotent: what is already ready stays so, and the answer holds fresh upload URLs for what is missing.
 * @throws `not-found`, `evidence-mismatch`, `evidence-not-an-image`, `evidence-too-many-pixels`; the refused object is
 *   deleted, so that the device can upload the right one
 */
export async function sealEvent(
  services: Services,
  { accountId, deviceId, eventId }: { accountId: string; deviceId: string; eventId: string },
): Promise<Sealed> {
  const moments = await inAccount(services.database, accountId, async (tx) => {
    const found = await Event.get(tx, eventId);
    if (found.deviceId !== deviceId) throw problem("not-found", `no event ${eventId} of this device`);
    return Evidence.listOfEvent(tx, eventId);
  });
  const announced = moments.filter((piece) => piece.state === "announced");
  const verified = await verifyAll(services, announced);
  if (verified.length > 0) {
    await inAccount(services.database, accountId, async (tx) => {
      await Evidence.markReady(
        tx,
        verified.map((piece) => piece.id),
      );
      const whole = verified.length === announced.length;
      await Event.seal(tx, eventId, { whole, at: services.clock.now() });
    });
    await evidenceReady(services, accountId, eventId);
  }
  const missing = announced.filter((piece) => !verified.includes(piece));
  return {
    id: eventId,
    sealed: missing.length === 0,
    ready: moments.length - missing.length,
    uploads: await uploadsOf(services, accountId, eventId, missing),
  };
}

/** The moments whose bytes are there and right. One wrong object refuses the call, after the others were looked at. */
async function verifyAll(
  services: Services,
  announced: readonly Evidence.Moment[],
): Promise<Evidence.Moment[]> {
  const outcomes = await Promise.allSettled(announced.map((piece) => verify(services, piece)));
  const refused = outcomes.find((outcome) => outcome.status === "rejected");
  if (refused) throw refused.reason;
  return announced.filter((_, index) => {
    const outcome = outcomes[index];
    return outcome?.status === "fulfilled" && outcome.value;
  });
}

/** @returns whether the object is there */
async function verify(services: Services, piece: Evidence.Moment): Promise<boolean> {
  const key = Evidence.keyOf(piece.accountId, piece.eventId, piece.id);
  const blob = await services.blobs.find(key);
  if (!blob) return false;
  try {
    if (blob.bytes !== piece.bytes) {
      throw problem(
        "evidence-mismatch",
        `${piece.name}: expected ${piece.bytes} bytes as announced, got ${blob.bytes}`,
      );
    }
    // A store that reports no checksum has already refused other bytes at upload: the URL is bound to the sha256.
    if (blob.sha256 !== undefined && blob.sha256 !== piece.sha256) {
      throw problem(
        "evidence-mismatch",
        `${piece.name}: expected sha256 ${piece.sha256} as announced, got ${blob.sha256}`,
      );
    }
    Evidence.inspect(piece.name, await services.blobs.readStart(key, limits.headBytesMax), piece.contentType);
    return true;
  } catch (error) {
    await services.blobs.delete(key);
    throw error;
  }
}
