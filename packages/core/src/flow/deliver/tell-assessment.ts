/** Life-safety is told at once, from its assessment: its digest follows in the same thread. */
import { eq } from "drizzle-orm";
import * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import { isLifeSafety } from "../../event/wire.ts";
import { delivery as limits } from "../../limits.ts";
import { site } from "../../site/site.sql.ts";
import * as Stream from "../../stream/index.ts";
import { textIn } from "../read/tell-in.ts";
import type { Services } from "../services.ts";
import { consolePage } from "./links.ts";
import { tell } from "./tell.ts";

/** Once an event, however often it is called. @returns whether the event is one that is told at once */
export async function tellAssessment(services: Services, tx: Tx, eventId: string): Promise<boolean> {
  const [found] = await tx
    .select({ event, siteName: site.name })
    .from(event)
    .innerJoin(site, eq(site.id, event.siteId))
    .where(eq(event.id, eventId));
  if (!found) throw new Error(`expected the event ${eventId}`);
  const { accountId, siteId, sessionId, assessment, zone, occurredAt, receivedAt } = found.event;
  if (!isLifeSafety(found.event)) return false;
  const now = services.clock.now();
  const told = await tell(
    tx,
    await Account.get(tx, accountId),
    {
      kind: "assessment",
      subject: eventId,
      version: 0,
      level: assessment.level,
      urgent: true,
      isLate: receivedAt.getTime() - occurredAt.getTime() > limits.lateMsMin,
      site: { id: siteId, name: found.siteName },
      say: (language) => ({
        title: textIn(language, assessment.summary),
        summary: assessment.reasons.map(({ text }) => textIn(language, text)),
        recommendation: textIn(language, assessment.recommendation),
      }),
      zones: zone === null ? [] : [zone],
      seen: {},
      thread: sessionId,
      occurredAt,
      links: { console: consolePage(services, ""), api: `/v1/sessions/${sessionId}` },
    },
    { now },
  );
  const detail = { level: assessment.level, title: assessment.summary, siteName: found.siteName, sessionId };
  await Stream.append(tx, { accountId, kind: "assessment", subject: eventId, detail, at: now });
  return told > 0;
}
