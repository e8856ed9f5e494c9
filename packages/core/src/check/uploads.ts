/**
 * Recordings that are uploaded for a worker to look at: announced, completed, handed to a worker, ended, erased. Whoever changes one
 * locks its check first.
 */
import { and, eq, isNull, sql as statement } from "drizzle-orm";
import type { Queryable, Tx } from "../db/index.ts";
import { check as limits } from "../limits-check.ts";
import { problem } from "../problem.ts";
import { check, checkUpload } from "./check.sql.ts";
import type { UploadKind, UploadState } from "./wire.ts";

/** A check with its upload. */
export type Upload = {
  check: typeof check.$inferSelect & { kind: UploadKind; state: UploadState };
  upload: typeof checkUpload.$inferSelect;
};

/** Where its bytes are uploaded to: where a rule of the store forgets them after a day, whatever becomes of this. */
export function uploadKeyOf(accountId: string, checkId: string): string {
  return `uploads/${accountId}/checks/${checkId}`;
}

/** The caller holds the account's lock. @throws `too-many` */
export async function recordUpload(
  tx: Tx,
  announced: Pick<
    typeof checkUpload.$inferSelect,
    "checkId" | "accountId" | "name" | "sha256" | "bytes" | "expiresAt"
  >,
): Promise<void> {
  const open = await tx.$count(checkUpload, isNull(checkUpload.endedAt));
  if (open >= limits.uploadsOpenMax) {
    throw problem("too-many", `expected at most ${limits.uploadsOpenMax} uploads that have no end yet`);
  }
  await tx.insert(checkUpload).values(announced);
}

/** @throws `not-found` */
export async function getUpload(tx: Tx, id: string, { lock = false } = {}): Promise<Upload> {
  const query = tx
    .select({ check, upload: checkUpload })
    .from(checkUpload)
    .innerJoin(check, eq(check.id, checkUpload.checkId))
    .where(eq(checkUpload.checkId, id));
  const [found] = await (lock ? query.for("update") : query);
  if (!found) throw problem("not-found", `no upload ${id}`);
  return found as Upload;
}

/** Its bytes are there: it waits for a worker. */
export async function completeUpload(tx: Tx, id: string): Promise<void> {
  await tx.update(check).set({ state: "awaiting-worker" }).where(eq(check.id, id));
}

/** It has an end. `state` is left alone where a verdict has set it. The name goes with the bytes. */
export async function endUpload(
  tx: Tx,
  id: string,
  { state, reason, at }: { state?: "refused" | "given-back"; reason: string | null; at: Date },
): Promise<void> {
  if (state !== undefined) {
    const points = state === "given-back" ? { points: 0 } : {};
    await tx
      .update(check)
      .set({ state, ...points })
      .where(eq(check.id, id));
  }
  await tx
    .update(checkUpload)
    .set({ endedAt: at, reason, name: null, claimedUntil: null })
    .where(eq(checkUpload.checkId, id));
}

export async function markRecordingSent(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .update(checkUpload)
    .set({ sentAt: at, claimedUntil: null, sends: statement`${checkUpload.sends} + 1` })
    .where(and(eq(checkUpload.checkId, id), isNull(checkUpload.endedAt)));
}

/** Its message is lost: it waits to be sent again. */
export async function releaseRecording(tx: Tx, id: string): Promise<void> {
  await tx.update(checkUpload).set({ sentAt: null }).where(eq(checkUpload.checkId, id));
}

export async function markErased(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.update(checkUpload).set({ erasedAt: at }).where(eq(checkUpload.checkId, id));
}

type Named = { accountId: string; id: string };

/** Takes recordings for the queue, a few in all, those first whose account has the fewest there. */
export async function claimRecordings(
  sql: Queryable,
  { now, until }: { now: Date; until: Date },
): Promise<Named[]> {
  return sql`select account_id as "accountId", check_id as id
    from claim_recordings(${now}, ${until}, ${limits.recordingsInFlightMax})`;
}

/** `expired`: nobody has completed it; `lost`: its message is; `ended`: it is to be erased once more. */
export type DueUpload = Named & { what: "expired" | "lost" | "ended" };

export async function listDueUploads(
  sql: Queryable,
  { now, sentBefore, max }: { now: Date; sentBefore: Date; max: number },
): Promise<DueUpload[]> {
  const endedBefore = new Date(now.getTime() - limits.eraseAgainMs);
  return sql`select account_id as "accountId", check_id as id, what
    from uploads_due(${now}, ${sentBefore}, ${endedBefore}, ${max})`;
}

/** The account of an upload that somebody without an account names: a worker, a message. */
export async function ownerOfUpload(sql: Queryable, id: string): Promise<string | undefined> {
  const [owner] = await sql<{ id: string | null }[]>`select account_of_upload(${id}) as id`;
  return owner?.id ?? undefined;
}
