/** What proves that evidence is in the log, and that the log was only ever added to. */
import { proveContinuation, proveInclusions } from "@vigil/verify/tiles";
import { verifyTimeStamp } from "@vigil/verify/time-stamp";
import * as Custody from "../../custody/index.ts";
import type * as Wire from "../../custody/wire.ts";
import { inAccount } from "../../db/index.ts";
import * as Digest from "../../digest/index.ts";
import * as Event from "../../event/index.ts";
import * as Evidence from "../../evidence/index.ts";
import { problem } from "../../problem.ts";
import * as Review from "../../review/index.ts";
import { toText } from "../../text.ts";
import type { Services } from "../services.ts";
import { logKey, signState } from "../sign-log.ts";

type Asked = { accountId: string; id: string };

/** The newest signed state. */
export async function getCheckpoint(services: Services): Promise<Wire.Checkpoint> {
  const newest = await Custody.findNewest(services.database.sql);
  if (newest) return viewOf(services, newest);
  const empty = await signState(services, await Custody.emptyState());
  return viewOf(services, { ...empty, timeStamp: null });
}

/** @param to the newest signed size when it is left out @throws `invalid-query` for sizes that the log does not have */
export async function getConsistency(
  services: Services,
  { from, to }: { from: number; to?: number | undefined },
): Promise<Wire.Consistency> {
  const { sql } = services.database;
  const newest = (await Custody.findNewest(sql))?.size ?? 0;
  const size = to ?? newest;
  if (from > size || size > newest) {
    throw problem("invalid-query", `expected from <= to <= ${newest}, got ${from} and ${size}`);
  }
  const proof = await proveContinuation(from, size, (names) => Custody.readTiles(sql, names));
  return { from, to: size, proof: proof.map(toBase64) };
}

/** Of a digest and the moments that it rests on. @throws `not-found` */
export async function getCustodyOfDigest(
  services: Services,
  { accountId, id }: Asked,
): Promise<Wire.Custody> {
  const { subjects, leaves } = await inAccount(services.database, accountId, async (tx) => {
    const { reviewId } = await Digest.get(tx, id);
    const moments = await Review.listMoments(tx, reviewId);
    const all = [id, ...moments.map(({ moment }) => moment.id)];
    return { subjects: all, leaves: await Custody.listLeaves(tx, all) };
  });
  return prove(services, subjects, leaves);
}

/** Of the moments of an event. @throws `not-found` */
export async function getCustodyOfEvent(services: Services, { accountId, id }: Asked): Promise<Wire.Custody> {
  const { subjects, leaves } = await inAccount(services.database, accountId, async (tx) => {
    await Event.get(tx, id);
    const moments = await Evidence.listOfEvent(tx, id);
    const all = moments.map((moment) => moment.id);
    return { subjects: all, leaves: await Custody.listLeaves(tx, all) };
  });
  return prove(services, subjects, leaves);
}

/**
 * All proofs lead to one checkpoint, the earliest that they can: asked again when the log has grown, the answer is the same.
 * What is owed and not appended yet counts as not logged, also where something earlier of the same subject is.
 */
async function prove(
  services: Services,
  subjects: readonly string[],
  leaves: readonly Custody.Leaf[],
): Promise<Wire.Custody> {
  const logged = leaves.flatMap((leaf) =>
    leaf.position === null ? [] : { ...leaf, position: leaf.position },
  );
  const isOwed = new Set(leaves.filter(({ position }) => position === null).map(({ subject }) => subject));
  const known = new Set(logged.map(({ subject }) => subject));
  const notLogged = subjects.filter((subject) => isOwed.has(subject) || !known.has(subject));
  if (logged.length === 0) return { checkpoint: null, leaves: [], notLogged };

  const { sql } = services.database;
  const positions = logged.map(({ position }) => position);
  const state = await Custody.findCovering(sql, Math.max(...positions) + 1);
  if (!state) throw new Error(`expected a checkpoint over leaf ${Math.max(...positions)}`);
  const proofs = await proveInclusions(positions, state.size, (names) => Custody.readTiles(sql, names));
  return {
    checkpoint: await viewOf(services, state),
    leaves: logged.map(({ subject, salt, statement, position }, index) => ({
      subject,
      leaf: toBase64(Buffer.concat([salt, statement])),
      position,
      proof: (proofs[index] ?? []).map(toBase64),
    })),
    notLogged,
  };
}

async function viewOf(services: Services, state: Custody.KeptState): Promise<Wire.Checkpoint> {
  const { note, size, root, signedAt, timeStamp } = state;
  return {
    note,
    size,
    root: toBase64(root),
    signedAt: signedAt.toISOString(),
    publicKey: await logKey(services),
    timeStamp: timeStamp && (await stampView(timeStamp, note)),
  };
}

async function stampView(token: Uint8Array, note: string): Promise<Wire.Checkpoint["timeStamp"]> {
  const stamp = await verifyTimeStamp(token, Buffer.from(note));
  if ("fault" in stamp) throw new Error(`the time stamp that is kept ${stamp.fault}`);
  const { at, authority } = stamp;
  return { token: toBase64(token), at: at.toISOString(), authority: toText(authority, 200) };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
