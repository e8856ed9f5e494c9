/** The morning summary of an account with quiet hours. */
import { and, asc, eq, gte, isNull, lt, sql } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import type { Overnight } from "../../account/wire.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import { problem } from "../../problem.ts";
import { session } from "../../session/session.sql.ts";
import { site } from "../../site/site.sql.ts";
import type { Services } from "../services.ts";

/** A night with more sessions than this is told by its first. */
const sessionsMax = 500;

/** @throws `not-found` while the account has no quiet hours */
export async function getOvernight(services: Services, accountId: string): Promise<Overnight> {
  const now = services.clock.now();
  return inAccount(services.database, accountId, async (tx) => {
    const account = await Account.get(tx, accountId);
    const quiet = Account.latestQuiet(Account.quietWindowOf(account), now);
    if (!quiet) {
      throw problem("not-found", "the account has no quiet hours; set quietHours with PATCH /v1/account");
    }
    return readOvernight(tx, account, quiet, now);
  });
}

/** What happened in a quiet time, in words. */
export async function readOvernight(
  tx: Tx,
  account: Account.Account,
  quiet: Account.QuietTime,
  now: Date,
): Promise<Overnight> {
  const items = await listHappenings(tx, quiet);
  const words = Account.describeOvernight(
    quiet,
    items.map((item) => ({ ...item, at: item.occurredAt })),
    { now, timeZone: account.timeZone },
  );
  return {
    from: quiet.start.toISOString(),
    until: quiet.end.toISOString(),
    over: quiet.end <= now,
    ...words,
    items: items.map((item) => ({ ...item, occurredAt: item.occurredAt.toISOString() })),
  };
}

/** Sessions that began in the quiet time, life-safety left out. */
async function listHappenings(tx: Tx, { start, end }: Account.QuietTime) {
  const rows = await tx
    .select({
      session,
      siteName: site.name,
      digest: { id: digest.id, level: digest.level, title: digest.title },
    })
    .from(session)
    .innerJoin(site, eq(site.id, session.siteId))
    .leftJoin(digest, eq(digest.sessionId, session.id))
    .where(
      and(
        isNull(session.mergedInto),
        gte(session.firstEventAt, start),
        lt(session.firstEventAt, end),
        sql`not (${session.assessment} ->> 'lifeSafety')::boolean`,
      ),
    )
    .orderBy(asc(session.firstEventAt))
    .limit(sessionsMax);
  return rows.map(({ session: visited, siteName, digest: written }) => ({
    sessionId: visited.id,
    digestId: written?.id ?? null,
    occurredAt: visited.firstEventAt,
    siteName,
    level: written?.level ?? visited.assessment.level,
    title: written?.title ?? visited.assessment.summary,
  }));
}
