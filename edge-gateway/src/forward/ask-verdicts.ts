/** What the cloud makes of alarms: asked after each of them until its digest is there, or nobody expects one any more. */
import { setTimeout as pause } from "node:timers/promises";
import type { Verdict } from "../alarm/alarm-record.ts";
import type { Clock } from "../clock.ts";
import type { Api } from "./api.ts";

export type Verdicts = {
  /** The cloud has this event; `eventId` is the cloud's. @returns whether it is asked for */
  expect(clientId: string, eventId: string): boolean;
  stop(): Promise<void>;
};

export type VerdictsOptions = {
  api: Pick<Api, "verdict">;
  clock: Clock;
  onVerdict: (clientId: string, verdict: Verdict) => void;
  /** It is asked for no longer, whether there was one or not. */
  onSettled?: (clientId: string) => void;
};

const firstMs = 1_000;
const everyMsMax = 30_000;
/** A review may wait behind others; after this long the page shows what there is. */
const patienceMs = 30 * 60_000;
const expectedMax = 100;

export function askVerdicts({ api, clock, onVerdict, onSettled }: VerdictsOptions): Verdicts {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();

  async function ask(clientId: string, eventId: string): Promise<void> {
    const untilMs = clock.monotonicMs() + patienceMs;
    for (let waitMs = firstMs; clock.monotonicMs() < untilMs; waitMs = Math.min(everyMsMax, waitMs * 1.5)) {
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      const reply = await api.verdict(eventId);
      // An API of the version before has no verdicts to give.
      if (reply.kind === "absent" || reply.kind === "refused") return;
      if (reply.kind !== "answer" || !reply.value.digest) continue;
      const { id: digestId, level, title, summary } = reply.value.digest;
      onVerdict(clientId, { by: "digest", level, title, summary, digestId });
      return;
    }
  }

  return {
    expect(clientId, eventId) {
      if (running.has(clientId) || running.size >= expectedMax) return false;
      const asking = ask(clientId, eventId).finally(() => {
        running.delete(clientId);
        onSettled?.(clientId);
      });
      running.set(clientId, asking);
      return true;
    },
    async stop() {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
