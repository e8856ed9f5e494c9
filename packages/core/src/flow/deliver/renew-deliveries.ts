/** Telling once more what was told, or could not be. */
import * as Audit from "../../audit/index.ts";
import { inAccount } from "../../db/index.ts";
import * as Delivery from "../../delivery/index.ts";
import type { DeliverySummary, DeliveryView } from "../../delivery/wire.ts";
import * as Endpoint from "../../endpoint/index.ts";
import { type Page, type PageRequest, pageOf } from "../../page.ts";
import { problem } from "../../problem.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { dispatchDeliveries } from "./dispatch-deliveries.ts";

/**
 * Makes one delivery, or those of an endpoint in a stretch of time, due again. They keep their ids.
 * @throws `not-found`; `endpoint-unconfirmed` when the endpoint is not active
 * @returns how many will be told once more; those that are under way anyway do not count
 */
export async function renewDeliveries(
  services: Services,
  by: { accountId: string; actor: string },
  which: { id: string } | { endpointId: string; from: Date; until: Date },
): Promise<number> {
  const at = services.clock.now();
  const renewed = await inAccount(services.database, by.accountId, async (tx) => {
    const endpointId = "id" in which ? (await Delivery.get(tx, which.id)).endpointId : which.endpointId;
    const endpoint = await Endpoint.get(tx, endpointId);
    if (endpoint.state !== "active") {
      throw problem("endpoint-unconfirmed", `the endpoint is ${endpoint.state}; switch it on first`);
    }
    const count = await Delivery.renew(tx, { ...which, endpointId }, at);
    const detail = "id" in which ? { id: which.id } : { from: which.from, until: which.until, count };
    await Audit.record(tx, { ...by, action: "delivery.renewed", subject: endpointId, detail, at });
    return count;
  });
  await afterCommit(services, "dispatch deliveries", () => dispatchDeliveries(services));
  return renewed;
}

/** Newest first; of one endpoint also after it was removed. @throws `not-found` when there never was such an endpoint */
export async function listDeliveries(
  services: Services,
  {
    accountId,
    limit,
    before,
    endpointId,
  }: PageRequest & { accountId: string; endpointId?: string | undefined },
): Promise<Page<DeliverySummary>> {
  const rows = await inAccount(services.database, accountId, async (tx) => {
    if (endpointId !== undefined && !(await Endpoint.find(tx, endpointId))) {
      throw problem("not-found", `no endpoint ${endpointId}`);
    }
    return Delivery.list(tx, { limit: limit + 1, before, endpointId });
  });
  return pageOf(rows, limit);
}

/** With its message and every attempt. @throws `not-found` */
export async function getDelivery(
  services: Services,
  { accountId, id }: { accountId: string; id: string },
): Promise<DeliveryView> {
  return inAccount(services.database, accountId, (tx) => Delivery.get(tx, id));
}
