/** Sends due deliveries to their queue: after every commit that told something, and by the sweep. */
import { inAccount } from "../../db/index.ts";
import * as Delivery from "../../delivery/index.ts";
import type { Services } from "../services.ts";

/** The message of the queue: the delivery itself stays in the database. */
export type DeliveryDue = { v: 1; accountId: string; deliveryId: string };

const sendsAtOnce = 10;

/**
 * A crash between a commit and its send costs time, not the delivery: the sweep finds what is due.
 * @returns how many were sent, for whomever the run was
 */
export async function dispatchDeliveries(services: Services): Promise<number> {
  return services.deliveriesInTurn(() => dispatchOnce(services));
}

async function dispatchOnce(services: Services): Promise<number> {
  const leased = await Delivery.leaseDue(services.database.sql, services.clock.now());
  let sent = 0;
  for (let first = 0; first < leased.length; first += sendsAtOnce) {
    const batch = leased.slice(first, first + sendsAtOnce);
    const outcomes = await Promise.allSettled(batch.map((due) => send(services, due)));
    const taken = outcomes.filter((outcome) => outcome.status === "fulfilled").length;
    sent += taken;
    if (taken > 0) continue;
    // A queue that takes none is not there: whoever waits for this run does not wait for it again and again.
    for (const due of leased.slice(first + sendsAtOnce)) await release(services, due);
    break;
  }
  return sent;
}

async function send(services: Services, due: Omit<DeliveryDue, "v">): Promise<void> {
  try {
    await services.deliveries.send(JSON.stringify({ v: 1, ...due } satisfies DeliveryDue));
  } catch (error) {
    services.log.warn(
      { err: error, deliveryId: due.deliveryId },
      "a delivery could not be sent to its queue",
    );
    await release(services, due);
    throw error;
  }
}

async function release(
  { database }: Services,
  { accountId, deliveryId }: Omit<DeliveryDue, "v">,
): Promise<void> {
  await inAccount(database, accountId, (tx) => Delivery.release(tx, deliveryId));
}
