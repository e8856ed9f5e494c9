/** The morning summary of an account with quiet hours. */
import { and, asc, eq, gte, isNull, lt, sql } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import type { Overnight } from "../../account/wire.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import * as Digest from "../../digest/index.ts";
import type { Language } from "../../language/wire.ts";
import { problem } from "../../problem.ts";
import { session } from "../../session/session.sql.ts";
import { site } from "../../site/site.sql.ts";
import type { Services } from "../services.ts";
import { textIn } from "./tell-in.ts";

/** A night with more sessions than this is told by its first. */
const sessionsMax = 500;

/** @throws `not-found` while the account has no quiet hours */
export async function getOvernight(
  services: Services,
  { accountId, language }: { accountId: string; language: Language },
): Promise<Overnight> {
  const now = services.clock.now();
  return inAccount(services.database, accountId, async (tx) => {
    const account = await Account.get(tx, accountId);
    const quiet = Account.latestQuiet(Account.quietWindowOf(account), now);
    if (!quiet) {
      throw problem("not-found", "the account has no quiet hours; set quietHours with PATCH /v1/account");
    }
    const happened = await listHappenings(tx, quiet);
    return {
      from: quiet.start.toISOString(),
      until: quiet.end.toISOString(),
      over: quiet.end <= now,
      ...describeNight(happened, { account, quiet, now, language }),
      items: happened.map(({ titleIn, ...item }) => ({
        ...item,
        title: titleIn(language),
        occurredAt: item.occurredAt.toISOString(),
      })),
    };
  });
}

type Happened = Omit<Overnight["items"][number], "title" | "occurredAt"> & {
  occurredAt: Date;
  titleIn: (language: Language) => string;
};

/** What happened in a quiet time, in words. */
export function describeNight(
  happened: readonly Happened[],
  {
    account,
    quiet,
    now,
    language,
  }: { account: Account.Account; quiet: Account.QuietTime; now: Date; language: Language },
): { headline: string; sentences: string[] } {
  return Account.describeOvernight(
    quiet,
    happened.map(({ occurredAt, level, siteName, titleIn }) => ({
      at: occurredAt,
      level,
      siteName,
      title: titleIn(language),
    })),
    { now, timeZone: account.timeZone, language },
  );
}

/** Sessions that began in the quiet time, life-safety left out. */
export async function listHappenings(tx: Tx, { start, end }: Account.QuietTime): Promise<Happened[]> {
  const rows = await tx
    .select({
      session,
      siteName: site.name,
      digest: { id: digest.id, level: digest.level, title: digest.title, translations: digest.translations },
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
    titleIn: (language) => {
      if (written === null) return textIn(language, visited.assessment.summary);
      return Digest.titleIn(written, language);
    },
  }));
}
