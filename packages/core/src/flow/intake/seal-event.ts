/** Evidence is up: what lies in the bucket is compared with what was announced, and its moments become ready. */
import { inAccount, type Tx } from "../../db/index.ts";
import * as Event from "../../event/index.ts";
import type { Upload } from "../../event/wire.ts";
import * as Evidence from "../../evidence/index.ts";
import { evidence as limits } from "../../limits.ts";
import { Problem, problem } from "../../problem.ts";
import * as Scene from "../../scene/index.ts";
import { afterCommit } from "../after-commit.ts";
import { evidenceReady } from "../review/evidence-ready.ts";
import type { Services } from "../services.ts";
import { uploadsOf } from "./uploads.ts";

export type Sealed = { id: string; sealed: boolean; ready: number; uploads: Upload[] };

/**
 * Idempotent: what is already ready stays so, and the answer holds fresh upload URLs for what is missing. Once nothing is,
 * no more evidence of the event may be announced.
 * @param pieces how many there are in all, where they were announced one by one: with fewer or more it is not sealed
 * @throws `not-found`, `evidence-missing`, `evidence-mismatch`, `evidence-not-an-image`, `evidence-too-many-pixels`; the refused object is
 *   deleted, so that the device can upload the right one; `unavailable` when the store does not answer
 */
export async function sealEvent(
  services: Services,
  {
    accountId,
    deviceId,
    eventId,
    pieces,
  }: { accountId: string; deviceId: string; eventId: string; pieces?: number | undefined },
): Promise<Sealed> {
  const { moments, masks } = await inAccount(services.database, accountId, async (tx) => {
    const found = await Event.get(tx, eventId);
    if (found.deviceId !== deviceId) throw problem("not-found", `no event ${eventId} of this device`);
    const listed = await Evidence.listOfEvent(tx, eventId);
    if (pieces !== undefined) assertCount(listed.length, pieces);
    return { moments: listed, masks: Scene.masksOf((await Scene.find(tx, deviceId)).areas) };
  });
  const announced = moments.filter((piece) => piece.state === "announced");
  const verified = await verifyAll(services, announced, masks);
  const now = await inAccount(services.database, accountId, (tx) =>
    settleEvidence(tx, { eventId, verified, pieces, at: services.clock.now() }),
  );
  if (verified.length > 0) {
    await afterCommit(services, "evidence", () => evidenceReady(services, accountId, eventId));
    await forgetUploads(services, verified);
  }
  const missing = now.filter((piece) => piece.state === "announced");
  return {
    id: eventId,
    sealed: missing.length === 0,
    ready: now.length - missing.length,
    uploads: await uploadsOf(services, accountId, eventId, missing),
  };
}

function assertCount(got: number, expected: number): void {
  if (got < expected) {
    throw problem("evidence-missing", `expected ${expected} pictures in all, ${got} are announced`);
  }
  if (got > expected) {
    throw problem("evidence-mismatch", `expected ${expected} pictures in all, the event has ${got}`);
  }
}

/**
 * Notes what is verified, and seals the event once nothing is missing.
 * @returns all of its evidence as it is now: another call may have sealed what this one found gone, or announced more
 */
async function settleEvidence(
  tx: Tx,
  { eventId, verified, pieces, at }: Settled,
): Promise<Evidence.Moment[]> {
  const event = await Event.lock(tx, eventId);
  if (verified.length > 0) {
    const plain = verified.filter(({ masked }) => masked === undefined);
    await Evidence.markReady(
      tx,
      plain.map(({ id }) => id),
    );
    for (const { id, masked } of verified) if (masked) await Evidence.markMasked(tx, id, masked);
    await Event.askFollowUp(tx, eventId, at);
  }
  const moments = await Evidence.listOfEvent(tx, eventId);
  if (pieces !== undefined) assertCount(moments.length, pieces);
  const isWhole = moments.every((piece) => piece.state !== "announced");
  if (isWhole && event.sealedAt === null) await Event.seal(tx, eventId, at);
  return moments;
}

/** `masked`: what is kept of it, where that is another picture. */
type Verified = Evidence.Moment & { masked?: { bytes: number; sha256: string } };

type Settled = {
  eventId: string;
  verified: readonly Verified[];
  pieces: number | undefined;
  at: Date;
};

/**
 * The moments whose bytes are there and right. One wrong object refuses the call, after the others were looked at; a store
 * that does not answer is not asked again and again.
 */
async function verifyAll(
  services: Services,
  announced: readonly Evidence.Moment[],
  masks: readonly Evidence.Mask[],
): Promise<Verified[]> {
  const verified: Verified[] = [];
  const refusals: unknown[] = [];
  const isStoreThere = () => !refusals.some(isUnavailable);
  for (let at = 0; at < announced.length && isStoreThere(); at += limits.sealedAtOnceMax) {
    const some = announced.slice(at, at + limits.sealedAtOnceMax);
    const outcomes = await Promise.allSettled(some.map((piece) => verify(services, piece, masks)));
    for (const [index, outcome] of outcomes.entries()) {
      const piece = some[index];
      if (outcome.status === "rejected") refusals.push(outcome.reason);
      else if (outcome.value && piece) verified.push({ ...piece, ...outcome.value });
    }
  }
  if (refusals.length > 0) throw refusals[0];
  return verified;
}

/**
 * Reads what was uploaded and, when it is what was announced, keeps a copy where no upload URL reaches: a store may take
 * other bytes than the URL was signed for, and may take them again after they were looked at. What the store says of the
 * object only saves reading one that is wrong.
 *
 * Where the camera has masks, the copy is the masked one, and what was uploaded goes before anybody is told of it: whoever
 * dies in between leaves a picture that is still announced, and that its device uploads once more.
 * @returns undefined: the object is not there
 */
async function verify(
  services: Services,
  piece: Evidence.Moment,
  masks: readonly Evidence.Mask[],
): Promise<Pick<Verified, "masked"> | undefined> {
  const { accountId, eventId, id, name, bytes, sha256, contentType } = piece;
  const uploaded = Evidence.uploadKeyOf(accountId, eventId, id);
  const blob = await services.blobs.find(uploaded);
  if (!blob) return undefined;
  try {
    const mismatch = (what: string, got: string | number) =>
      problem("evidence-mismatch", `${name}: expected ${what} as announced, got ${got}`);
    if (blob.bytes !== bytes) throw mismatch(`${bytes} bytes`, blob.bytes);
    if (blob.sha256 !== undefined && blob.sha256 !== sha256) throw mismatch(`sha256 ${sha256}`, blob.sha256);
    const body = await services.blobs.read(uploaded, bytes);
    if (!body) return undefined;
    const actual = Evidence.sha256(body);
    if (actual !== sha256) throw mismatch(`sha256 ${sha256}`, actual);
    Evidence.inspect(name, body, contentType);
    const key = Evidence.keyOf(accountId, eventId, id);
    if (masks.length === 0) {
      await services.blobs.put({ key, body, contentType, sha256 });
      return {};
    }
    const masked = await Evidence.maskPicture({ name, bytes: body, contentType }, masks);
    await services.blobs.put({ key, body: masked.bytes, contentType, sha256: masked.sha256 });
    await services.blobs.delete(uploaded);
    return { masked: { bytes: masked.bytes.byteLength, sha256: masked.sha256 } };
  } catch (error) {
    if (error instanceof Problem && !isUnavailable(error)) await services.blobs.delete(uploaded);
    throw error;
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof Problem && error.kind === "unavailable";
}

/** Best effort: what is left behind, the bucket throws out by its age. */
async function forgetUploads(services: Services, sealed: readonly Evidence.Moment[]): Promise<void> {
  for (const { accountId, eventId, id } of sealed) {
    try {
      await services.blobs.delete(Evidence.uploadKeyOf(accountId, eventId, id));
    } catch (error) {
      services.log.warn({ err: error, eventId, momentId: id }, "a sealed upload could not be deleted");
      return;
    }
  }
}
