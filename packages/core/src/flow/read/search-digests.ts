/** Asking for digests in words: "person at the back door last night". */
import { and, desc, eq, gte, lt, or, type SQL, sql } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import { inAccount } from "../../db/index.ts";
import { digest } from "../../digest/digest.sql.ts";
import type { DigestFilter } from "../../digest/wire.ts";
import { defaultLanguage } from "../../language/wire.ts";
import { session as limits } from "../../limits.ts";
import { type PageRequest, pageOf } from "../../page.ts";
import * as Search from "../../search/index.ts";
import type { SearchPage } from "../../search/wire.ts";
import { session } from "../../session/session.sql.ts";
import type { Services } from "../services.ts";
import { matches } from "./filter-digests.ts";
import { questionDe } from "./question-de.ts";
import { isBefore, type Reader, readRows, selectDigests, summariseAll } from "./read-digests.ts";

/** The newest first, by the time of what they tell; of those, what the filter asks for too. */
export async function searchDigests(
  services: Services,
  asked: PageRequest & Reader & DigestFilter & { question: string },
): Promise<SearchPage> {
  const { accountId, memberId, language = defaultLanguage, question, limit, before, ...filter } = asked;
  const said = language === "de" ? questionDe(question) : { question, asked: new Map<string, string>() };
  const { understood, known } = await inAccount(services.database, accountId, async (tx) => {
    const { timeZone } = await Account.get(tx, accountId);
    const read = Search.readSearch(said.question, { now: services.clock.now(), timeZone });
    if (read.stretches?.length === 0) return { understood: read, known: [] };
    const rows = await selectDigests(tx, memberId)
      .innerJoin(session, eq(session.id, digest.sessionId))
      .where(
        and(
          eq(digest.accountId, accountId),
          before === undefined ? undefined : isBefore(before),
          within(read.stretches),
          says(read.wanted),
          matches(filter, memberId),
        ),
      )
      .orderBy(desc(digest.occurredAt), desc(digest.id))
      .limit(limit + 1);
    return { understood: read, known: await readRows(tx, rows) };
  });
  const { items, nextCursor } = pageOf(await summariseAll(services, known, language), limit);
  const stretches = understood.stretches?.map(({ from, until }) => ({
    from: from.toISOString(),
    until: until.toISOString(),
  }));
  // As it was asked, in the words of whoever asked it.
  const words = understood.words
    .split(", ")
    .map((word) => said.asked.get(word) ?? word)
    .join(", ");
  return { items, nextCursor, understood: { words, stretches: stretches ?? null } };
}

/** No session lasts longer, a corrected clock included: what began earlier than this before a stretch does not reach it. */
const reachMs = 2 * limits.lengthMsMax;

/** Any moment of the session lies in one of them. */
function within(stretches: Search.Question["stretches"]): SQL | undefined {
  if (stretches === null) return undefined;
  return or(
    ...stretches.map(({ from, until }) =>
      and(
        lt(digest.occurredAt, until),
        gte(digest.occurredAt, new Date(from.getTime() - reachMs)),
        gte(session.lastEventAt, from),
      ),
    ),
  );
}

function says(wanted: Search.Wanted): SQL | undefined {
  if (wanted.length === 0) return undefined;
  const text = wanted.map((alternatives) => `(${alternatives.map(phraseOf).join(" | ")})`).join(" & ");
  return sql`${digest.search} @@ to_tsquery('english', ${text})`;
}

/** Words are letters, digits and apostrophes, which quotes hold: nothing of a question is read as an operator. */
function phraseOf(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll(/['\u2019\\]/g, " ")}'`).join(" <-> ");
}
