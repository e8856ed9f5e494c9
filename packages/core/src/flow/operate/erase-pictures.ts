/** Pictures are kept for as long as their account has it, and then erased; what was said of them stays. */
import * as Account from "../../account/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Evidence from "../../evidence/index.ts";
import { keeping as limits } from "../../limits.ts";
import type { Services } from "../services.ts";

/**
 * First the bytes go and then it is said: after a crash between the two the next sweep does both again. What the store does
 * not delete is left for the next sweep. @returns how many were erased
 */
export async function erasePictures(services: Services): Promise<number> {
  const { database, clock, policy } = services;
  const due = await Account.listPastKeeping(database.sql, {
    now: clock.now(),
    evidenceDays: policy.evidenceDays,
  });
  let erased = 0;
  for (const [accountId, pictures] of Map.groupBy(due, (one) => one.accountId)) {
    const gone = await deleteAll(services, pictures);
    if (gone.length === 0) continue;
    erased += await inAccount(database, accountId, (tx) => Evidence.markErased(tx, gone, clock.now()));
  }
  return erased;
}

/** @returns the ids of those that are gone */
async function deleteAll(
  { blobs, log }: Services,
  pictures: readonly Account.PastKeeping[],
): Promise<string[]> {
  const gone: string[] = [];
  for (let first = 0; first < pictures.length; first += limits.togetherMax) {
    const some = pictures.slice(first, first + limits.togetherMax);
    const outcomes = await Promise.allSettled(
      some.map(({ accountId, eventId, id }) => blobs.delete(Evidence.keyOf(accountId, eventId, id))),
    );
    for (const [index, outcome] of outcomes.entries()) {
      const id = some[index]?.id;
      if (outcome.status === "fulfilled" && id !== undefined) gone.push(id);
      if (outcome.status === "rejected") {
        log.warn({ err: outcome.reason, id }, "a picture could not be erased");
      }
    }
  }
  return gone;
}
