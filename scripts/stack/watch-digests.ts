/** Watches the accounts for digests that were not there when watching began. */

import { setTimeout as pause } from "node:timers/promises";
import type { DigestSummary, DigestView } from "@vigil/core/digest/wire";
import { createMember, type Member } from "./api-client.ts";
import type { Account, LocalFile } from "./local-file.ts";

export type Arrival = { account: Account; summary: DigestSummary; read: () => Promise<DigestView> };

const everyMs = 500;

type Watched = { account: Account; member: Member; seen: Set<string> };

async function look({ account, member, seen }: Watched): Promise<Arrival[]> {
  const digests = await member.listDigests();
  const fresh = digests.filter(({ id }) => !seen.has(id)).toReversed();
  for (const { id } of fresh) seen.add(id);
  return fresh.map((summary) => ({ account, summary, read: () => member.getDigest(summary.id) }));
}

/** Notes the digests that are there, and returns a generator of those that come, until the signal fires. */
export async function watchDigests(local: LocalFile, signal: AbortSignal): Promise<AsyncGenerator<Arrival>> {
  const watched = local.accounts
    // A lite account has no deep reviews, so no digests.
    .filter(({ tier }) => tier !== "lite")
    .map((account) => ({
      account,
      member: createMember(local.apiUrl, account.memberToken),
      seen: new Set<string>(),
    }));
  await Promise.all(watched.map(look));
  return arrivals(watched, signal);
}

async function* arrivals(watched: readonly Watched[], signal: AbortSignal): AsyncGenerator<Arrival> {
  while (!signal.aborted) {
    for (const one of watched) {
      // An API that is away for a moment is asked again; one that died ends the stack elsewhere.
      yield* await look(one).catch(() => []);
    }
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
