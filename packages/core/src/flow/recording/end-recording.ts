/** However a recording ends: its check is settled, refused or given back, and its bytes are erased. */
import * as Check from "../../check/index.ts";
import { inAccount } from "../../db/index.ts";
import { check as limits, queue } from "../../limits.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { dispatchRecordings } from "./dispatch-recordings.ts";

type Named = { accountId: string; id: string };

/** After the commit in which it ended. Once more later, by the sweep: an upload that had begun may end after this. */
export async function eraseRecording(services: Services, { accountId, id }: Named): Promise<void> {
  await afterCommit(services, "erase a recording", () =>
    services.blobs.delete(Check.uploadKeyOf(accountId, id)),
  );
  await afterCommit(services, "recordings", () => dispatchRecordings(services));
}

/** There is no verdict, and it is not the asker's fault: the points are given back. @returns whether it had no end before */
export async function giveUpRecording(
  services: Services,
  { accountId, id, reason }: Named & { reason: string },
): Promise<boolean> {
  const hasEnded = await inAccount(services.database, accountId, async (tx) => {
    const { upload } = await Check.getUpload(tx, id, { lock: true });
    if (upload.endedAt) return false;
    await Check.endUpload(tx, id, { state: "given-back", reason, at: services.clock.now() });
    return true;
  });
  if (hasEnded) await eraseRecording(services, { accountId, id });
  return hasEnded;
}

const dueMax = 100;

/** What must happen to recordings even if no request comes. @returns how many of them something happened to */
export async function sweepRecordings(services: Services): Promise<number> {
  const now = services.clock.now();
  const sentBefore = new Date(now.getTime() - queue.lostMsMin);
  const due = await Check.listDueUploads(services.database.sql, { now, sentBefore, max: dueMax });
  let done = 0;
  for (const one of due) {
    try {
      await attend(services, one, now);
      done += 1;
    } catch (error) {
      services.log.warn({ err: error, ...one }, "a recording is left for the next sweep");
    }
  }
  return done + (await dispatchRecordings(services));
}

async function attend(
  services: Services,
  { accountId, id, what }: Check.DueUpload,
  now: Date,
): Promise<void> {
  if (what === "expired") {
    await giveUpRecording(services, { accountId, id, reason: "it was not uploaded and completed in time" });
  } else if (what === "lost") {
    const isOver = await inAccount(services.database, accountId, async (tx) => {
      const { upload } = await Check.getUpload(tx, id, { lock: true });
      if (upload.sends >= limits.recordingSendsMax) return true;
      await Check.releaseRecording(tx, id);
      return false;
    });
    if (isOver) await giveUpRecording(services, { accountId, id, reason: "no worker has finished it" });
  } else {
    await services.blobs.delete(Check.uploadKeyOf(accountId, id));
    await inAccount(services.database, accountId, (tx) => Check.markErased(tx, id, now));
  }
}
