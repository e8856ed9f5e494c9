/** A member calls an assessment false: such assessments weigh less for this account from now on, within a cap. */
import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { dismissal } from "../../assessment/dismissal.sql.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import { event } from "../../event/event.sql.ts";
import { type EventType, isLifeSafety } from "../../event/wire.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";

type Actor = { accountId: string; actor: string };

/** Far beyond what the explainer makes use of. */
const countMax = 1_000;

/**
 * Counts the event's type and zone as called false, once for each event.
 * @returns how often assessments like it were called false
 * @throws `not-found`; `life-safety-stays` for an event that may threaten a life: those are never made light of
 */
export async function dismissEvent(
  services: Services,
  { accountId, actor }: Actor,
  eventId: string,
): Promise<{ type: EventType; zone: string | null; count: number }> {
  return inAccount(services.database, accountId, async (tx) => {
    const [found] = await tx.select().from(event).where(eq(event.id, eventId));
    if (!found) throw problem("not-found", `no event ${eventId}`);
    if (isLifeSafety(found)) {
      throw problem(
        "life-safety-stays",
        `event ${eventId} is of type ${found.type}${found.mode === "emergency" ? " in an emergency" : ""}; what may threaten a life is never made light of`,
      );
    }
    const now = services.clock.now();
    const kind = { type: found.type, zone: found.zone ?? "" };
    const [first] = await tx
      .update(event)
      .set({ dismissedAt: now })
      .where(and(eq(event.id, eventId), isNull(event.dismissedAt)))
      .returning({ id: event.id });
    if (!first) {
      const [known] = await tx
        .select({ count: dismissal.count })
        .from(dismissal)
        .where(and(eq(dismissal.type, kind.type), eq(dismissal.zone, kind.zone)));
      return { type: found.type, zone: found.zone, count: known?.count ?? 0 };
    }
    const [counted] = await tx
      .insert(dismissal)
      .values({ accountId, ...kind, count: 1, updatedAt: now })
      .onConflictDoUpdate({
        target: [dismissal.accountId, dismissal.type, dismissal.zone],
        set: { count: sql`least(${dismissal.count} + 1, ${countMax})`, updatedAt: now },
      })
      .returning({ count: dismissal.count });
    await Audit.record(tx, {
      accountId,
      actor,
      action: "assessment.dismissed",
      subject: eventId,
      detail: kind,
      at: now,
    });
    return { type: found.type, zone: found.zone, count: counted?.count ?? 0 };
  });
}

/** Forgets everything that the account called false; events may be dismissed anew. */
export async function resetDismissals(services: Services, { accountId, actor }: Actor): Promise<void> {
  await inAccount(services.database, accountId, async (tx) => {
    const forgotten = await tx.delete(dismissal).returning({ type: dismissal.type });
    await tx.update(event).set({ dismissedAt: null }).where(isNotNull(event.dismissedAt));
    if (forgotten.length === 0) return;
    await Audit.record(tx, {
      accountId,
      actor,
      action: "dismissals.reset",
      subject: accountId,
      detail: { kinds: forgotten.length },
      at: services.clock.now(),
    });
  });
}
