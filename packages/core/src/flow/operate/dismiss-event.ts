/** A member calls an assessment false: such assessments weigh less for this account from now on, within a cap. */
import * as Assessment from "../../assessment/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Event from "../../event/index.ts";
import { type EventType, isLifeSafety } from "../../event/wire.ts";
import { problem } from "../../problem.ts";
import type { Services } from "../services.ts";
import { rateSource } from "../source/rate-source.ts";

/**
 * Counts the event's type and zone as called false, once for each event.
 * @returns how often assessments like it were called false
 * @throws `not-found`; `life-safety-stays` for an event that may threaten a life: those are never made light of
 */
export async function dismissEvent(
  services: Services,
  { accountId, actor }: Audit.Actor,
  eventId: string,
): Promise<{ type: EventType; zone: string | null; count: number }> {
  return inAccount(services.database, accountId, async (tx, sql) => {
    const found = await Event.get(tx, eventId);
    if (isLifeSafety(found)) {
      throw problem(
        "life-safety-stays",
        `event ${eventId} is of type ${found.type}${found.mode === "emergency" ? " in an emergency" : ""}; what may threaten a life is never made light of`,
      );
    }
    const now = services.clock.now();
    const kind = { type: found.type, zone: found.zone ?? "" };
    if (!(await Event.dismiss(tx, eventId, now))) {
      return { type: found.type, zone: found.zone, count: await Assessment.countDismissals(tx, kind) };
    }
    const count = await Assessment.recordDismissal(tx, { accountId, ...kind, at: now });
    await Audit.record(tx, {
      accountId,
      actor,
      action: "assessment.dismissed",
      subject: eventId,
      detail: kind,
      at: now,
    });
    await rateSource(tx, sql, { accountId, kind: "device", key: found.deviceId }, now);
    return { type: found.type, zone: found.zone, count };
  });
}

/** Forgets everything that the account called false; events may be dismissed anew. */
export async function resetDismissals(services: Services, { accountId, actor }: Audit.Actor): Promise<void> {
  await inAccount(services.database, accountId, async (tx) => {
    const kinds = await Assessment.forgetDismissals(tx);
    await Event.forgetDismissals(tx);
    if (kinds === 0) return;
    await Audit.record(tx, {
      accountId,
      actor,
      action: "dismissals.reset",
      subject: accountId,
      detail: { kinds },
      at: services.clock.now(),
    });
  });
}
