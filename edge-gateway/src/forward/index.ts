/**
 * Store and forward's second half: what lies in the store goes to the API, each event once, life-safety first, then the
 * oldest first. It survives being killed at any moment, an API that is down for weeks, and clocks that are wrong.
 *
 * @example
 *   const forward = openForward({ api: { url, key }, store, boot, clock, random: Math.random, log, ... });
 *   await store.record(item);
 *   forward.wake(item.urgent);
 */
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/index.ts";
import type { Item } from "../store/item.ts";
import { type Api, createApi } from "./api.ts";
import { createLink, type LinkStatus } from "./link.ts";
import { createPoster } from "./post-events.ts";
import type { AcceptedEvent } from "./read-answer.ts";
import { createKeyTeller } from "./tell-key.ts";
import { createTrueTime, type TrueTime } from "./true-time.ts";
import { createTurnLoop } from "./turn-loop.ts";

export type ForwardOptions = {
  url: string;
  key: string;
  store: Pick<
    Store,
    "turn" | "freeze" | "settle" | "boots" | "readEvidence" | "loseEvidence" | "anchor" | "captureKey"
  >;
  clock: Clock;
  /** 0..1, for the backoff. */
  random: () => number;
  log: Log;
  onAccepted: (item: Item, event: AcceptedEvent) => void;
  /** Each change of the link's state: a refused key is an alarm of its own. */
  onLink: (status: LinkStatus) => void;
  fetch?: typeof globalThis.fetch;
};

export type Forward = {
  api: Api;
  time: TrueTime;
  wake(urgent: boolean): void;
  status(): LinkStatus;
  /** Rejects when the store fails; otherwise resolves after `stop`. */
  running: Promise<void>;
  /** Ends what is under way; it is repeated after the next start. */
  stop(): Promise<void>;
};

export function openForward(options: ForwardOptions): Forward {
  const { store, clock, random, log } = options;
  const stopping = new AbortController();
  const time = createTrueTime(clock, (anchor) => {
    store
      .anchor(anchor)
      .catch((error: unknown) => log.warn({ err: error }, "the true time could not be stored"));
  });
  const api = createApi({
    url: options.url,
    key: options.key,
    clock,
    onTime: (told) => time.tell(told),
    signal: stopping.signal,
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
  const link = createLink({ clock, random, onState: options.onLink });
  const shared = {
    api,
    poster: createPoster(api),
    keyTeller: createKeyTeller(api, () => store.captureKey()),
    store,
    clock,
    random,
    link,
    trueNow: () => time.now(),
    onAccepted: options.onAccepted,
  };
  const urgent = createTurnLoop({ ...shared, urgent: true, inTurn: async () => {} });
  const ordinary = createTurnLoop({ ...shared, urgent: false, inTurn: () => urgent.idle() });

  const running = Promise.all([urgent.run(stopping.signal), ordinary.run(stopping.signal)]).then(
    () => undefined,
  );
  // Met by whoever awaits it.
  running.catch(() => undefined);
  return {
    api,
    time,
    wake(isUrgent) {
      if (isUrgent) link.hurry();
      (isUrgent ? urgent : ordinary).wake();
    },
    status: () => link.status(),
    running,
    async stop() {
      stopping.abort();
      await running.catch(() => undefined);
    },
  };
}
