/** One attempt: the endpoint is told, what came of it is recorded, and what follows from it is done. */

import * as Account from "../../account/index.ts";
import * as Audit from "../../audit/index.ts";
import { inAccount, type Tx } from "../../db/index.ts";
import * as Delivery from "../../delivery/index.ts";
import * as Endpoint from "../../endpoint/index.ts";
import { queue as queueLimits } from "../../limits.ts";
import { currentTraceparent } from "../../platform/trace.ts";
import { afterCommit } from "../after-commit.ts";
import type { Services } from "../services.ts";
import { type DeliveryDue, dispatchDeliveries, sendDue } from "./dispatch-deliveries.ts";
import { endpointWords } from "./endpoint-words.ts";
import { consolePage } from "./links.ts";
import { tell } from "./tell.ts";

/** How an endpoint of one type is told. Never throws for what a receiver does. */
export type Channel = (telling: {
  endpoint: Endpoint.Endpoint;
  delivery: Delivery.Delivery;
  /** The webhook's URL, the e-mail address, or the push subscription as JSON. */
  target: string;
  /** A webhook's signing secrets, the newest first. */
  secrets: readonly string[];
  now: Date;
  /** Of this attempt, for a receiver that goes on with its trace. */
  traceparent: string;
}) => Promise<Delivery.Attempted>;

export type Channels = Record<Endpoint.Endpoint["type"], Channel>;

export type AttemptOutcome = "delivered" | "retry" | "failed" | "nothing-to-do";

/**
 * At least once: a crash after the endpoint was told and before that is recorded tells it again, under the same id.
 * @returns what it came to; `nothing-to-do` when the delivery has ended, is not due, or another attempt is under way
 */
export async function attemptDelivery(
  services: Services,
  channels: Channels,
  { accountId, deliveryId }: Omit<DeliveryDue, "v">,
): Promise<AttemptOutcome> {
  const now = services.clock.now();
  const begun = await inAccount(services.database, accountId, (tx) => begin(tx, deliveryId, now));
  if (!begun) return "nothing-to-do";
  const { delivery, endpoint } = begun;
  const key = services.telling.endpointKey;
  const target = Endpoint.openTarget(endpoint, key);
  const secrets = Endpoint.secretsOf(endpoint, now, key);
  const telling = {
    name: endpoint.type === "email" ? "send e-mail" : "POST",
    kind: "client",
    attributes: { "vigil.endpoint.type": endpoint.type, "vigil.attempt": delivery.attempts },
  } as const;
  const startMs = performance.now();
  const attempted = await services.tracer.span(telling, async ({ traceparent, set, fail }) => {
    const outcome = await channels[endpoint.type]({ endpoint, delivery, target, secrets, now, traceparent });
    if (outcome.status !== null) set({ "http.response.status_code": outcome.status });
    if (outcome.error !== null) fail("no answer");
    return outcome;
  });
  const milliseconds = performance.now() - startMs;
  const outcome = await inAccount(services.database, accountId, async (tx) => {
    await Delivery.recordAttempt(tx, { of: delivery, at: now, milliseconds, attempted });
    return conclude(services, tx, { delivery, endpoint, attempted });
  });
  // What has ended leaves room for the endpoint's next: few of one endpoint are under way at once.
  if (outcome.kind !== "retry") {
    await afterCommit(services, "dispatch deliveries", () => dispatchDeliveries(services));
  }
  if (outcome.kind === "retry") await sendAgain(services, { accountId, deliveryId }, outcome.delayMs);
  return outcome.kind;
}

/** A short wait is the queue's; a long one ends when the sweep finds the delivery due. */
async function sendAgain(services: Services, due: Omit<DeliveryDue, "v">, delayMs: number): Promise<void> {
  if (!isShort(delayMs)) return;
  try {
    await sendDue(services, { ...due, traceparent: currentTraceparent() }, Math.ceil(delayMs / 1000));
  } catch (error) {
    services.log.warn(
      { err: error, ...due },
      "a delivery could not be sent to its queue; the sweep sends it later",
    );
  }
}

function isShort(delayMs: number): boolean {
  return delayMs <= queueLimits.delaySecondsMax * 1000;
}

type Concluded = { kind: "delivered" | "failed" } | { kind: "retry"; delayMs: number };
type Begun = { delivery: Delivery.Delivery; endpoint: Endpoint.Endpoint };

async function begin(tx: Tx, deliveryId: string, now: Date): Promise<Begun | undefined> {
  const delivery = await Delivery.begin(tx, deliveryId, now);
  if (!delivery) return undefined;
  if (delivery.attempts - delivery.attemptsBefore > Delivery.attemptsMax) {
    // Attempts whose process died are attempts: what kills whoever tries it is given up like anything else.
    await Delivery.end(tx, delivery.id, "failed", { reason: "no attempt came to its end", at: now });
    return undefined;
  }
  const endpoint = await Endpoint.find(tx, delivery.endpointId);
  if (endpoint && isTold(endpoint, delivery)) return { delivery, endpoint };
  await Delivery.end(tx, delivery.id, "dropped", { reason: "the endpoint is switched off", at: now });
  return undefined;
}

/** An address that nobody has confirmed is told of one thing only: how to confirm it. */
function isTold(endpoint: Endpoint.Endpoint, delivery: Delivery.Delivery): boolean {
  return endpoint.state === "active" || (endpoint.state === "unconfirmed" && delivery.kind === "confirm");
}

async function conclude(
  services: Services,
  tx: Tx,
  { delivery, endpoint, attempted }: Begun & { attempted: Delivery.Attempted },
): Promise<Concluded> {
  const at = services.clock.now();
  const verdict = Delivery.judgeAnswer(attempted);
  const failingSince = await Endpoint.noteAttempt(tx, endpoint, { taken: verdict.kind === "delivered", at });
  if (verdict.kind === "delivered") {
    await Delivery.end(tx, delivery.id, "delivered", { reason: null, at });
    return { kind: "delivered" };
  }
  const failedFor = failingSince === null ? 0 : at.getTime() - failingSince.getTime();
  if (verdict.kind === "gone" || failedFor >= Endpoint.failingMsMax) {
    const reason =
      verdict.kind === "gone" ? verdict.reason : `nothing was taken for five days: ${verdict.reason}`;
    await Delivery.end(tx, delivery.id, "failed", { reason, at });
    await disable(services, tx, endpoint, reason);
    return { kind: "failed" };
  }
  const failed = await Delivery.countFailed(tx, delivery);
  const delayMs = Delivery.nextDelayMs(failed, services.telling.random(), attempted.retryAfterMs);
  if (delayMs === undefined) {
    const reason = `${failed} attempts failed, the last one because ${verdict.reason}`;
    await Delivery.end(tx, delivery.id, "failed", { reason, at });
    return { kind: "failed" };
  }
  await Delivery.postpone(tx, delivery.id, {
    nextAttemptAt: new Date(at.getTime() + delayMs),
    isQueued: isShort(delayMs),
    reason: verdict.reason,
  });
  return { kind: "retry", delayMs };
}

/** Switches an endpoint off, and tells the account's others. */
async function disable(
  services: Services,
  tx: Tx,
  endpoint: Endpoint.Endpoint,
  reason: string,
): Promise<void> {
  const { accountId, id, name } = endpoint;
  const at = services.clock.now();
  if (!(await Endpoint.move(tx, id, "disabled", reason))) return;
  await Delivery.dropPending(tx, id, "the endpoint was switched off", at);
  await Audit.record(tx, {
    accountId,
    actor: "system",
    action: "endpoint.disabled",
    subject: id,
    detail: { reason },
    at,
  });
  await tell(
    tx,
    await Account.get(tx, accountId),
    {
      kind: "endpoint",
      subject: id,
      version: at.toISOString(),
      level: "standard",
      urgent: false,
      isLate: false,
      site: null,
      say: (language) => endpointWords[language].switchedOff(name, reason),
      zones: [],
      seen: {},
      thread: id,
      occurredAt: at,
      links: { console: consolePage(services, "endpoints"), api: `/v1/endpoints/${id}` },
    },
    { now: at },
  );
}
