/**
 * An ONVIF camera's own events, by a PullPoint (ONVIF Core, 9.2). A subscription may die without a word: one that fails, or has
 * not answered in time, is made anew, and so is one that has said nothing for a while, whatever it answers. A new one tells the
 * state that things are in, so that nothing stays as it was when the last one died.
 */
import { setTimeout as pause } from "node:timers/promises";
import { call, onItsHost } from "./call.ts";
import type { OnvifCamera } from "./device.ts";
import { type Notice, readNotice } from "./read-notice.ts";
import { childrenOf, type Element, textAt, within } from "./read-xml.ts";

const eventsNamespace = "http://www.onvif.org/ver10/events/wsdl";
const subscriptions = "http://docs.oasis-open.org/wsn/b-2";
const actions = {
  create: `${eventsNamespace}/EventPortType/CreatePullPointSubscriptionRequest`,
  pull: `${eventsNamespace}/PullPointSubscription/PullMessagesRequest`,
  renew: "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/RenewRequest",
  end: "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/UnsubscribeRequest",
};
const askMsMax = 8_000;
const endMsMax = 1_000;
/** A camera that answers at once, with nothing, is not asked without end. */
const pullEveryMsMin = 250;
const messagesMax = 100;

export type NoticeTimings = {
  /** For so long a camera may think about a pull. */
  pullMs: number;
  /** Over that: the subscription is dead. */
  answerMsMax: number;
  renewEveryMs: number;
  /** Nothing was told for so long: subscribed anew. */
  silentMsMax: number;
  /** Between two attempts; grows to the most. */
  pauseMs: { first: number; most: number };
};
const timings: NoticeTimings = {
  pullMs: 20_000,
  answerMsMax: 35_000,
  renewEveryMs: 45_000,
  silentMsMax: 600_000,
  pauseMs: { first: 1_000, most: 30_000 },
};

export type FollowOptions = {
  /** Anew for each subscription: its addresses and its clock may have changed while it was away. */
  connect: (signal: AbortSignal) => Promise<OnvifCamera>;
  onNotice: (notice: Notice) => void;
  /** Once for each time that the camera stops telling. */
  onLost: (why: string) => void;
  monotonicMs: () => number;
  timings?: NoticeTimings;
};

export type Following = {
  /** How often it subscribed. */
  readonly subscriptions: number;
  stop(): Promise<void>;
};

type Subscription = { camera: OnvifCamera; url: URL; references: readonly Element[] };

async function subscribe(camera: OnvifCamera, signal: AbortSignal): Promise<Subscription> {
  const { device, events } = camera;
  if (!events) throw new RangeError("it has no events");
  const answer = await call(device, {
    url: events,
    body: `<CreatePullPointSubscription xmlns="${eventsNamespace}"><InitialTerminationTime>PT2M</InitialTerminationTime></CreatePullPointSubscription>`,
    action: actions.create,
    msMax: askMsMax,
    signal,
  });
  const reference = within(answer, "SubscriptionReference");
  const named = textAt(reference, "Address");
  if (named === "") throw new RangeError("it gave no address for the subscription");
  return {
    camera,
    url: onItsHost(device.url, named),
    references: within(reference, "ReferenceParameters")?.children.slice(0, 8) ?? [],
  };
}

function ask(of: Subscription, action: string, body: string, msMax: number, signal?: AbortSignal) {
  const { camera, url, references } = of;
  return call(camera.device, { url, references, action, body, msMax, signal });
}

/** From its beginning until it is to be made anew. Rejects when it has died. */
async function pullAll(of: Subscription, options: FollowOptions, signal: AbortSignal): Promise<void> {
  const { monotonicMs, onNotice } = options;
  const { pullMs, answerMsMax, renewEveryMs, silentMsMax } = options.timings ?? timings;
  let [renewedMs, toldMs] = [monotonicMs(), monotonicMs()];
  const pull = `<PullMessages xmlns="${eventsNamespace}"><Timeout>PT${Math.ceil(pullMs / 1_000)}S</Timeout><MessageLimit>${messagesMax}</MessageLimit></PullMessages>`;
  const renew = `<Renew xmlns="${subscriptions}"><TerminationTime>PT2M</TerminationTime></Renew>`;
  while (!signal.aborted && monotonicMs() - toldMs < silentMsMax) {
    const startMs = monotonicMs();
    const answer = await ask(of, actions.pull, pull, answerMsMax, signal);
    const messages = childrenOf(answer, "NotificationMessage").slice(0, messagesMax);
    if (messages.length > 0) toldMs = monotonicMs();
    for (const message of messages) {
      const notice = readNotice(message);
      if (notice) onNotice(notice);
    }
    if (monotonicMs() - renewedMs >= renewEveryMs) {
      await ask(of, actions.renew, renew, askMsMax, signal);
      renewedMs = monotonicMs();
    }
    await pause(Math.max(0, pullEveryMsMin - (monotonicMs() - startMs)), undefined, { signal });
  }
}

/** Never rejects: a camera that does not tell is asked again for ever. */
export function followNotices(options: FollowOptions): Following {
  const stopping = new AbortController();
  const { signal } = stopping;
  let [count, failures, isLost] = [0, 0, false];

  async function followOne(): Promise<void> {
    const subscription = await subscribe(await options.connect(signal), signal);
    count++;
    [failures, isLost] = [0, false];
    try {
      await pullAll(subscription, options, signal);
    } finally {
      // Cameras hold few of them, and a dead one until it ends by itself.
      const end = `<Unsubscribe xmlns="${subscriptions}"/>`;
      await ask(subscription, actions.end, end, endMsMax).catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await followOne();
      } catch (error) {
        if (signal.aborted) return;
        if (!isLost) options.onLost(error instanceof Error ? error.message : String(error));
        isLost = true;
        const { first, most } = (options.timings ?? timings).pauseMs;
        const ms = Math.min(most, first * 2 ** failures++);
        await pause(ms, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  const running = run();
  return {
    get subscriptions() {
      return count;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
