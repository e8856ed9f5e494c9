/** A member announces a recording that is too large to be answered at once, uploads it, and completes it: a worker is then to look. */
import * as Check from "../../check/index.ts";
import { priceOf, type UploadInput, type UploadView } from "../../check/wire.ts";
import { inAccount } from "../../db/index.ts";
import { evidence, check as limits } from "../../limits.ts";
import { problem } from "../../problem.ts";
import { afterCommit } from "../after-commit.ts";
import { type Asker, claimIn } from "../check/claim-checks.ts";
import type { Services } from "../services.ts";
import { dispatchRecordings } from "./dispatch-recordings.ts";

/** Its points are claimed with it. @throws `file-too-large`, `too-many`, `quota-exceeded`, `rate-limited` */
export async function announceRecording(
  services: Services,
  asker: Asker,
  { kind, bytes, sha256, name, label }: UploadInput,
): Promise<{ upload: UploadView; headers: Record<string, string> }> {
  const bytesMax = limits.uploadBytesMax[kind];
  if (bytes > bytesMax) throw problem("file-too-large", `expected at most ${bytesMax} bytes of ${kind}`);
  const { accountId } = asker;
  const { id, headers } = await inAccount(services.database, accountId, async (tx) => {
    const wanted = { kind, points: priceOf[kind], label, awaitsUpload: true };
    const { ids, headers: left } = await claimIn(services, tx, asker, [wanted]);
    const [checkId = ""] = ids;
    await Check.recordUpload(tx, {
      checkId,
      accountId,
      name: name ?? null,
      sha256: Buffer.from(sha256, "hex"),
      bytes,
      expiresAt: new Date(services.clock.now().getTime() + limits.uploadMsMax),
    });
    return { id: checkId, headers: left };
  });
  return { upload: await getRecording(services, { accountId, id, withUrl: true }), headers };
}

/**
 * Where all bytes are there, a worker is to look at them; where they are not, the answer has a fresh URL. Asked once more, it
 * changes nothing. That the bytes are those that were announced, the worker finds out, who reads them.
 * @throws `not-found`
 */
export async function completeRecording(
  services: Services,
  { accountId, id }: { accountId: string; id: string },
): Promise<UploadView> {
  const { upload } = await inAccount(services.database, accountId, (tx) => Check.getUpload(tx, id));
  const stored = await services.blobs.find(Check.uploadKeyOf(accountId, id));
  if (stored?.bytes === upload.bytes) {
    const now = services.clock.now();
    const isNew = await inAccount(services.database, accountId, async (tx) => {
      const { check, upload: locked } = await Check.getUpload(tx, id, { lock: true });
      if (check.state !== "awaiting-upload" || locked.expiresAt <= now) return false;
      await Check.completeUpload(tx, id);
      return true;
    });
    if (isNew) await afterCommit(services, "recordings", () => dispatchRecordings(services));
  }
  return getRecording(services, { accountId, id, withUrl: true });
}

/** @param withUrl where it is still to be uploaded, the answer says where to @throws `not-found` */
export async function getRecording(
  services: Services,
  { accountId, id, withUrl = false }: { accountId: string; id: string; withUrl?: boolean },
): Promise<UploadView> {
  const { check, upload } = await inAccount(services.database, accountId, (tx) => Check.getUpload(tx, id));
  const { kind, state, points } = check;
  const isAwaited = state === "awaiting-upload" && upload.expiresAt > services.clock.now();
  return {
    id,
    kind,
    state,
    points,
    expiresAt: upload.expiresAt.toISOString(),
    upload: withUrl && isAwaited ? await placeOf(services, upload) : null,
    reason: upload.reason,
    check: state === "settled" ? Check.view(check) : null,
  };
}

async function placeOf(
  { blobs }: Services,
  { accountId, checkId, bytes, sha256 }: Check.Upload["upload"],
): Promise<NonNullable<UploadView["upload"]>> {
  const { url, headers, expiresAt } = await blobs.presignPut({
    key: Check.uploadKeyOf(accountId, checkId),
    bytes,
    // What it is, its bytes say.
    contentType: "application/octet-stream",
    sha256: Buffer.from(sha256).toString("hex"),
    seconds: evidence.urlSecondsMax,
  });
  return { method: "PUT", url, headers, expiresAt: expiresAt.toISOString() };
}
