/**
 * A message in hand: kept invisible to other workers by a heartbeat on its visibility timeout, until it is deleted,
 * released or left to itself.
 */
import type { Message, Queue } from "@vigil/core/platform/queue";
import { backoffMs, pause } from "../../bounds/backoff.ts";
import type { Log } from "../../observe/log.ts";

export interface HeldMessage {
  readonly message: Message;
  /** The job is done with. */
  delete(): Promise<void>;
  /** Visible again in `seconds`; 0 gives it to whoever polls next. */
  release(seconds: number): Promise<void>;
  /** No more heartbeats: the visibility timeout runs out by itself. */
  leave(): void;
}

export type HoldOptions = {
  queue: Queue;
  visibilitySeconds: number;
  heartbeatSeconds: number;
  log: Log;
};

const deleteTries = 4;
const deleteBackoff = { firstMs: 200, mostMs: 2_000 };

/** Takes a message that was just received with a visibility of `visibilitySeconds`. */
export function hold(message: Message, options: HoldOptions): HeldMessage {
  const { queue, log, visibilitySeconds } = options;
  const timer = setInterval(() => void extend(), options.heartbeatSeconds * 1000);

  async function extend(): Promise<void> {
    try {
      await queue.changeVisibility(message, visibilitySeconds);
    } catch (error) {
      log.warn({ err: error, messageId: message.id }, "a job's visibility could not be extended");
    }
  }

  return {
    message,
    leave: () => clearInterval(timer),
    async delete() {
      for (let attempt = 0; attempt < deleteTries; attempt += 1) {
        try {
          await queue.delete(message);
          break;
        } catch (error) {
          log.warn({ err: error, messageId: message.id, attempt }, "a finished job could not be deleted");
          await pause(backoffMs(attempt, deleteBackoff));
        }
      }
      // Only now: a job that is done with must not come back while its deletion is being repeated.
      clearInterval(timer);
    },
    async release(seconds) {
      clearInterval(timer);
      try {
        await queue.changeVisibility(message, seconds);
      } catch (error) {
        log.warn(
          { err: error, messageId: message.id },
          "a job could not be released; its visibility must run out",
        );
      }
    },
  };
}
