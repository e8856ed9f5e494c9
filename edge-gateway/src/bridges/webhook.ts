/**
 * Alarms by webhook: a CloudEvents envelope (https://cloudevents.io), signed as Standard Webhooks say
 * (https://www.standardwebhooks.com) where there is a secret.
 */
import { setTimeout as pause } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import type { AlarmRecord } from "../alarm/alarm-record.ts";
import type { AlarmSink, Change } from "../alarm/alarm-sink.ts";
import type { Clock } from "../clock.ts";
import { backoffMs } from "../forward/backoff.ts";
import type { Log } from "../log.ts";

export type WebhookOptions = {
  url: string;
  secret?: string | undefined;
  clock: Clock;
  random: () => number;
  log: Log;
  fetch?: typeof globalThis.fetch;
};

const requestMsMax = 10_000;
/** With the backoff, some ten minutes. */
const attemptsMax = 15;
const waitingMax = 200;

export function openWebhook(options: WebhookOptions): AlarmSink {
  const { url, secret, clock, random, log, fetch = globalThis.fetch } = options;
  const signer = secret === undefined ? undefined : new Webhook(secret);
  const stopping = new AbortController();
  const counters = { delivered: 0, lost: 0, waiting: 0 };
  const running = new Set<Promise<void>>();
  let calls = 0;

  /** @returns why it was not taken; undefined when it was */
  async function attempt(id: string, body: string): Promise<string | undefined> {
    const at = clock.now();
    const timestamp = String(Math.floor(at.getTime() / 1000));
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/cloudevents+json",
          "webhook-id": id,
          "webhook-timestamp": timestamp,
          ...(signer ? { "webhook-signature": signer.sign(id, at, body) } : {}),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(requestMsMax)]),
      });
      await answer.body?.cancel();
      return answer.ok ? undefined : `status ${answer.status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  async function deliver(id: string, body: string): Promise<void> {
    for (let failures = 1; failures <= attemptsMax && !stopping.signal.aborted; failures += 1) {
      const why = await attempt(id, body);
      if (why === undefined) {
        counters.delivered += 1;
        return;
      }
      log.warn({ why, failures }, "the webhook did not take an alarm");
      await pause(backoffMs(failures, random()), undefined, { signal: stopping.signal }).catch(
        () => undefined,
      );
    }
    counters.lost += 1;
  }

  return {
    name: "webhook",
    tell(alarm: AlarmRecord, change: Change) {
      if (counters.waiting >= waitingMax) {
        counters.lost += 1;
        return;
      }
      counters.waiting += 1;
      calls += 1;
      const id = `${alarm.id}-${alarm.state}-${calls}`;
      const body = JSON.stringify({
        specversion: "1.0",
        id,
        source: `/gateways/${alarm.site}`,
        type: change === "state" ? "vigil.gateway.alarm.v1" : "vigil.gateway.verdict.v1",
        time: alarm.changedAt,
        subject: alarm.id,
        datacontenttype: "application/json",
        data: alarm,
      });
      const delivery = deliver(id, body).finally(() => {
        counters.waiting -= 1;
        running.delete(delivery);
      });
      running.add(delivery);
    },
    counters: () => ({ ...counters }),
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
