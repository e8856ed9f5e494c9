/** The stream of an account, followed as it grows: every entry once and in order, from any number on. */
import { setTimeout as pause } from "node:timers/promises";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Key from "../../key/index.ts";
import { stream as limits } from "../../limits.ts";
import * as Member from "../../member/index.ts";
import * as Stream from "../../stream/index.ts";
import type { Services } from "../services.ts";

export type StreamPart =
  /** What follows comes after this number. */
  | { kind: "start"; after: number }
  /** What came after the number that the follower had is kept no longer: it reads the lists anew. */
  | { kind: "reset"; after: number }
  | { kind: "entry"; entry: Stream.Entry }
  | { kind: "heartbeat" };

/** Who follows: a member, by a key or in a browser. */
export type Follower = { accountId: string; memberId: string; keyId: string | null };

/**
 * @param follower whose right to it is looked at again every second: it ends with the membership, and with the key
 * @param after the number of the last entry that was seen; undefined: only what is new
 * @param signal ends it; it also ends by itself after `limits.followMsMax`
 */
export async function* followStream(
  services: Services,
  { follower, after, signal }: { follower: Follower; after: number | undefined; signal: AbortSignal },
): AsyncGenerator<StreamPart> {
  const { accountId } = follower;
  const read = <T>(work: Parameters<typeof inAccount<T>>[2]) => inAccount(services.database, accountId, work);
  const span = await read((tx) => Stream.span(tx, accountId));
  const isReset = after !== undefined && isForgotten(after, span, services.clock.now());
  let seen = isReset ? span.newest : (after ?? span.newest);
  yield { kind: isReset ? "reset" : "start", after: seen };
  const startMs = performance.now();
  let spokeMs = startMs;
  let lookedMs = startMs;
  while (!signal.aborted && performance.now() - startMs < limits.followMsMax) {
    if (performance.now() - lookedMs >= limits.rightMs) {
      if (!(await read((tx) => mayFollow(tx, follower)))) return;
      lookedMs = performance.now();
    }
    const isGrown = (await newestOrEnd(services, accountId, signal)) > seen;
    const entries = isGrown
      ? await read((tx) => Stream.listAfter(tx, accountId, seen, limits.entriesAtOnceMax))
      : [];
    for (const entry of entries) {
      yield { kind: "entry", entry };
      seen = entry.number;
      spokeMs = performance.now();
    }
    if (performance.now() - spokeMs >= limits.heartbeatMs) {
      yield { kind: "heartbeat" };
      spokeMs = performance.now();
    }
    if (entries.length < limits.entriesAtOnceMax) {
      await pause(limits.pollMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function mayFollow(tx: Tx, { memberId, keyId }: Follower): Promise<boolean> {
  return (await Member.isThere(tx, memberId)) && (keyId === null || (await Key.isValid(tx, keyId)));
}

/** The number of the newest entry; 0 once the follower is gone, whose question then matters to nobody. */
async function newestOrEnd(services: Services, accountId: string, signal: AbortSignal): Promise<number> {
  try {
    return await services.newestEntry(accountId);
  } catch (error) {
    if (signal.aborted) return 0;
    throw error;
  }
}

/**
 * Of what is forgotten the newest entry stays, as a mark: whoever has seen it has missed nothing, and while the oldest is
 * young nothing was forgotten at all.
 */
function isForgotten(after: number, { newest, oldest, oldestAt }: Stream.Span, now: Date): boolean {
  if (after > newest) return true;
  return after < oldest && oldestAt !== null && now.getTime() - oldestAt.getTime() >= Stream.keptMs;
}
