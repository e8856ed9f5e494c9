/**
 * One queue as a source of jobs: at most one receive is out at a time, and at most one message waits here.
 *
 * After a message the next receive asks without waiting (the queue is busy); after an empty answer it is a long poll.
 * A poll is not aborted by a stop: a queue may have given its message to a poll whose answer nobody reads, and would
 * then hide it for a whole visibility timeout. Only a poll long overdue is given up.
 */
import type { Queue } from "@vigil/core/platform/queue";
import { backoffMs, pause } from "../../bounds/backoff.ts";
import { type HeldMessage, type HoldOptions, hold } from "./hold.ts";

export interface Source {
  /** Whether the last answer held a message, so that the next one comes at once. */
  readonly isBusy: boolean;
  readonly hasMessage: boolean;
  /** Sends a receive unless one is out or a message waits. Resolves when its answer is here; never rejects. */
  fill(): Promise<void>;
  take(): HeldMessage | undefined;
  /** Resolves when no receive is out. */
  settled(): Promise<void>;
}

export type SourceOptions = Omit<HoldOptions, "queue"> & {
  name: string;
  queue: Queue;
  pollSeconds: number;
  signal: AbortSignal;
};

/** Beyond the time that a poll waits; a connection that died silently would otherwise be waited for without end. */
const answerSecondsMax = 15;
const failureBackoff = { firstMs: 500, mostMs: 15_000 };

export function createSource(options: SourceOptions): Source {
  const { queue, log, name, signal } = options;
  let waiting: HeldMessage | undefined;
  let out: Promise<void> | undefined;
  let isBusy = false;
  let failures = 0;

  async function receive(): Promise<void> {
    try {
      const waitSeconds = isBusy ? 0 : options.pollSeconds;
      const [message] = await queue.receive({
        messagesMax: 1,
        waitSeconds,
        visibilitySeconds: options.visibilitySeconds,
        signal: AbortSignal.timeout((waitSeconds + answerSecondsMax) * 1000),
      });
      if (failures > 0) log.info({ queue: name, failures }, "the queue answers again");
      failures = 0;
      isBusy = message !== undefined;
      if (message) waiting = hold(message, options);
    } catch (error) {
      if (failures === 0) log.error({ err: error, queue: name }, "the queue does not answer; asking again");
      isBusy = false;
      await pause(backoffMs(failures, failureBackoff), signal);
      failures += 1;
    }
  }

  return {
    get isBusy() {
      return isBusy;
    },
    get hasMessage() {
      return waiting !== undefined;
    },
    async fill() {
      if (waiting) return;
      out ??= receive().finally(() => {
        out = undefined;
      });
      await out;
    },
    take() {
      const taken = waiting;
      waiting = undefined;
      return taken;
    },
    async settled() {
      await out;
    },
  };
}
