/**
 * A session that goes on with what the one before it showed is no second happening: it becomes a part of that one, whose
 * digest grows by its pictures. Nothing is claimed for it, and whoever was told is not rung again unless the level rises.
 */
import { and, eq, gte, isNull, lte, ne } from "drizzle-orm";
import type * as Account from "../../account/index.ts";
import type { Tx } from "../../db/index.ts";
import * as Digest from "../../digest/index.ts";
import { session as limits, review as reviewLimits } from "../../limits.ts";
import * as Review from "../../review/index.ts";
import * as Session from "../../session/index.ts";
import { session } from "../../session/session.sql.ts";
import type { Services } from "../services.ts";
import type { Load } from "../system-load.ts";
import { appendAddendum } from "./defer-moments.ts";
import { lookedAt } from "./looked-at.ts";
import { mergeSessions } from "./regroup-sessions.ts";
import { withScene } from "./with-scene.ts";

/** Inside a transaction that holds the account's lock. @returns undefined when the session stands by itself */
export async function joinIncident(
  services: Services,
  tx: Tx,
  account: Account.Account,
  { closed, load }: { closed: Session.Session; load: Load },
): Promise<{ requested: boolean } | undefined> {
  const earlier = await tx
    .select()
    .from(session)
    .where(
      and(
        eq(session.siteId, closed.siteId),
        ne(session.id, closed.id),
        eq(session.state, "closed"),
        isNull(session.mergedInto),
        lte(session.firstEventAt, closed.firstEventAt),
        gte(session.lastEventAt, new Date(closed.firstEventAt.getTime() - Session.incidentGapMs)),
      ),
    )
    .orderBy(session.id)
    .for("no key update");
  const before = Session.findIncident(earlier, closed, limits.lengthMsMax);
  const reviewId = before && (await findOngoing(tx, before));
  if (!before || reviewId === undefined) return undefined;
  await mergeSessions(services, tx, account, { survivorId: before.id, group: [before, closed], load });
  return { requested: await appendAddendum(services, tx, account, { reviewId, urgent: false }) };
}

/** The review of a session whose pictures show at its end somebody or something that moves, and that may name more of them. */
async function findOngoing(tx: Tx, before: Session.Session): Promise<string | undefined> {
  const found = await Review.findOfSession(tx, before.id);
  if (found?.state !== "completed") return undefined;
  const moments = await Review.listMoments(tx, found.id);
  if (moments.length >= reviewLimits.kIdleMax) return undefined;
  const looked = lookedAt(moments, await Digest.listReports(tx, found.id));
  const known = await withScene(tx, looked, found.id);
  const end = new Date(before.lastEventAt.getTime() - Session.incidentGapMs);
  return Digest.showsMovement(known.moments, end) ? found.id : undefined;
}
