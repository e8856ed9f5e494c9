/** A digest was written, or an addendum has rewritten it: whoever wants to know is told. */
import { asc, eq } from "drizzle-orm";
import type * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import * as Digest from "../../digest/index.ts";
import { event } from "../../event/event.sql.ts";
import { session } from "../../session/session.sql.ts";
import { site } from "../../site/site.sql.ts";
import * as Stream from "../../stream/index.ts";
import { textIn } from "../read/tell-in.ts";
import type { Services } from "../services.ts";
import { consolePage } from "./links.ts";
import { tell } from "./tell.ts";

const zonesMax = 20;

/** Under which a digest, or an addendum, is told to an endpoint once. */
export function topicOf(digestId: string, part: number): string {
  return `${part === 0 ? "digest" : "addendum"}:${digestId}:${part}`;
}

/** @param part 0 for the digest itself, higher for an addendum. Goes last in the transaction of the report. */
export async function tellDigest(
  services: Services,
  tx: Tx,
  account: Account.Account,
  { digestId, part }: { digestId: string; part: number },
): Promise<void> {
  const now = services.clock.now();
  const [written] = await tx
    .select({ digest, siteName: site.name, session })
    .from(digest)
    .innerJoin(site, eq(site.id, digest.siteId))
    .innerJoin(session, eq(session.id, digest.sessionId))
    .where(eq(digest.id, digestId));
  if (!written) throw new Error(`expected the digest ${digestId}`);
  const { id, sessionId, siteId, level, title, counts, recommendation } = written.digest;
  const kind = part === 0 ? "digest" : "addendum";
  await tell(
    tx,
    account,
    {
      kind,
      subject: id,
      version: part,
      level,
      urgent: written.session.assessment.lifeSafety,
      isLate: written.digest.late,
      site: { id: siteId, name: written.siteName },
      say: (language) => {
        const said = Digest.wordingIn(written.digest, language);
        return {
          title: said.title,
          summary: said.summary.map((sentence) => sentence.text),
          recommendation: textIn(language, recommendation),
        };
      },
      zones: await zonesOf(tx, sessionId),
      seen: counts,
      thread: sessionId,
      occurredAt: written.digest.occurredAt,
      links: { console: consolePage(services, `digests/${id}`), api: `/v1/digests/${id}` },
    },
    { now },
  );
  await Stream.append(tx, {
    accountId: account.id,
    kind,
    subject: id,
    detail: { level, title, siteName: written.siteName, sessionId },
    at: now,
  });
}

/** Where the session's events were, in the order in which they happened. */
async function zonesOf(tx: Tx, sessionId: string): Promise<string[]> {
  const rows = await tx
    .select({ zone: event.zone })
    .from(event)
    .where(eq(event.sessionId, sessionId))
    .orderBy(asc(event.occurredAt))
    .limit(500);
  return [...new Set(rows.flatMap(({ zone }) => zone ?? []))].slice(0, zonesMax);
}
