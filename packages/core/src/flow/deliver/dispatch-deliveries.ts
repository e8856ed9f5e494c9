/** Sends due deliveries to their queue: after every commit that told something, and by the sweep. */
import { inAccount } from "../../db/index.ts";
import * as Delivery from "../../delivery/index.ts";
import { delivery as limits } from "../../limits.ts";
import { sendSpan } from "../../platform/message-spans.ts";
import type { Services } from "../services.ts";

/** The message of the queue: the delivery itself stays in the database. */
export type DeliveryDue = { v: 1; accountId: string; deliveryId: string };

const sendsAtOnce = 10;

/**
 * A crash between a commit, a lease, its send and its note costs a minute or two, not the delivery: the sweep finds what is
 * due. What was sent and not noted is sent twice and attempted once.
 * @returns how many were sent, for whomever the run was
 */
export async function dispatchDeliveries(services: Services): Promise<number> {
  return services.deliveriesInTurn(() => dispatchOnce(services));
}

async function dispatchOnce(services: Services): Promise<number> {
  const { database, clock } = services;
  const { until, due } = await Delivery.leaseDue(database.sql, clock.now());
  let sent = 0;
  for (let first = 0; first < due.length; first += sendsAtOnce) {
    const batch = due.slice(first, first + sendsAtOnce);
    const outcomes = await Promise.allSettled(batch.map((each) => send(services, each)));
    const taken = batch.filter((_, index) => outcomes[index]?.status === "fulfilled");
    sent += taken.length;
    if (taken.length > 0) {
      await Delivery.noteSent(database.sql, { until, due: taken }, clock.now());
      if (until.getTime() - clock.now().getTime() > limits.sendMsMax / 2) continue;
    }
    // A queue that takes none is not there, and one that is slow outlasts the lease: whoever waits for this run does not
    // wait for it again and again.
    for (const each of due.slice(first + sendsAtOnce)) await release(services, each);
    break;
  }
  return sent;
}

async function send(services: Services, due: Delivery.Due): Promise<void> {
  const { accountId, deliveryId } = due;
  try {
    await sendDue(services, due);
  } catch (error) {
    services.log.warn({ err: error, deliveryId }, "a delivery could not be sent to its queue");
    await release(services, { accountId, deliveryId });
    throw error;
  }
}

/** @param delaySeconds how long its message is hidden */
export async function sendDue(
  { tracer, deliveries }: Pick<Services, "tracer" | "deliveries">,
  { accountId, deliveryId, traceparent: parent }: Delivery.Due,
  delaySeconds = 0,
): Promise<void> {
  const body = JSON.stringify({ v: 1, accountId, deliveryId } satisfies DeliveryDue);
  const sending = sendSpan("deliveries", parent, { "vigil.delivery": deliveryId });
  await tracer.span(sending, ({ traceparent }) => deliveries.send(body, { delaySeconds, traceparent }));
}

async function release(
  { database }: Services,
  { accountId, deliveryId }: Omit<DeliveryDue, "v">,
): Promise<void> {
  await inAccount(database, accountId, (tx) => Delivery.release(tx, deliveryId));
}
