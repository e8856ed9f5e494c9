/** Gateways as members see them, and what a gateway asks about its own events. */
import { and, asc, desc, eq, isNull } from "drizzle-orm";
import { inAccount } from "../../db/index.ts";
import { device } from "../../device/device.sql.ts";
import { digest } from "../../digest/digest.sql.ts";
import { event } from "../../event/event.sql.ts";
import { gateway } from "../../gateway/gateway.sql.ts";
import type { EventVerdict, GatewayView } from "../../gateway/wire.ts";
import { problem } from "../../problem.ts";
import { site } from "../../site/site.sql.ts";
import type { Services } from "../services.ts";

export async function listGateways(services: Services, accountId: string): Promise<GatewayView[]> {
  return inAccount(services.database, accountId, async (tx) => {
    const rows = await tx
      .select({
        deviceId: gateway.deviceId,
        siteId: device.siteId,
        siteName: site.name,
        name: device.name,
        reportedAt: gateway.reportedAt,
        report: gateway.report,
      })
      .from(gateway)
      .innerJoin(device, eq(device.id, gateway.deviceId))
      .innerJoin(site, eq(site.id, device.siteId))
      .where(isNull(device.removedAt))
      .orderBy(asc(gateway.deviceId))
      .limit(1_000);
    return rows.map((row) => ({ ...row, reportedAt: row.reportedAt.toISOString() }));
  });
}

/** @throws `not-found` when the event is not one of this device */
export async function getVerdict(
  services: Services,
  { accountId, deviceId, eventId }: { accountId: string; deviceId: string; eventId: string },
): Promise<EventVerdict> {
  return inAccount(services.database, accountId, async (tx) => {
    const [found] = await tx
      .select({ assessment: event.assessment, sessionId: event.sessionId })
      .from(event)
      .where(and(eq(event.id, eventId), eq(event.deviceId, deviceId)));
    if (!found) throw problem("not-found", `no event ${eventId} of this device`);
    const [latest] = await tx
      .select({ id: digest.id, level: digest.level, title: digest.title, summary: digest.summary })
      .from(digest)
      .where(eq(digest.sessionId, found.sessionId))
      .orderBy(desc(digest.id))
      .limit(1);
    const summary = latest?.summary.map(({ text }) => text).join(" ") ?? "";
    return { assessment: found.assessment, digest: latest ? { ...latest, summary } : null };
  });
}
