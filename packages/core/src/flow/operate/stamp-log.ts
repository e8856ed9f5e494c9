/**
 * Signed states of the evidence log are time-stamped by an authority (RFC 3161), where the operator has named one: after they were
 * signed and apart from it, so that the log waits for nobody. Safe to run at any time, twice at once, and after any crash.
 */
import { verifyTimeStamp } from "@vigil/verify/time-stamp";
import * as Custody from "../../custody/index.ts";
import { custody as limits } from "../../limits.ts";
import type { TimeAuthority } from "../../platform/time-authority.ts";
import type { Services } from "../services.ts";

/**
 * The newest first: what an authority that was away has left is made up for while it is young.
 * @returns how many were stamped; an authority that fails is told to the log, and asked again the next time
 */
export async function stampLog(services: Services, authority: TimeAuthority): Promise<number> {
  const { sql } = services.database;
  const since = new Date(services.clock.now().getTime() - limits.stampedAfterMsMax);
  let stamped = 0;
  for (const state of await Custody.listUnstamped(sql, since, limits.stampedAtOnceMax)) {
    try {
      await Custody.keepTimeStamp(sql, state.size, await stampOf(services, authority, state));
      stamped += 1;
    } catch (error) {
      services.log.warn(
        { err: error, size: state.size },
        "a state of the evidence log has no time stamp yet",
      );
      // The others would wait for the same.
      break;
    }
  }
  return stamped;
}

/** @throws Error when the authority does not answer, or with something else than a stamp of this note and of this time */
async function stampOf(
  { clock }: Services,
  authority: TimeAuthority,
  { note, signedAt }: Custody.SignedState,
): Promise<Uint8Array> {
  const bytes = Buffer.from(note);
  const token = await authority.stamp(bytes);
  const stamp = await verifyTimeStamp(token, bytes);
  if ("fault" in stamp) throw new Error(`the time stamp ${stamp.fault}`);
  const earliest = signedAt.getTime() - limits.stampClockMsMax;
  const latest = clock.now().getTime() + limits.stampClockMsMax;
  if (stamp.at.getTime() < earliest || stamp.at.getTime() > latest) {
    throw new Error(
      `expected a time stamp of now, got ${stamp.at.toISOString()} for ${signedAt.toISOString()}`,
    );
  }
  return token;
}
