/**
 * Takes jobs from two queues, one at a time and only while there is room in the pipe: the priority queue first, with
 * every fourth pick guaranteed to the standard queue.
 */
import type { HeldMessage } from "./hold.ts";
import type { Source } from "./source.ts";

export type { HeldMessage } from "./hold.ts";
export { createSource, type Source } from "./source.ts";

/** One pick in this many goes to the standard queue first. */
const standardShare = 4;

export type ConsumeOptions = {
  priority: Source;
  standard: Source;
  /** Resolves when the pipe has room for another job, or when the signal fires. */
  room: () => Promise<void>;
  /** Begins the work; does not wait for it. */
  take: (held: HeldMessage) => void;
  signal: AbortSignal;
};

/**
 * Runs until the signal fires. It then waits for the polls that are out (at most one long poll each) and releases
 * what they bring, so that no message is swallowed.
 */
export async function consume({ priority, standard, room, take, signal }: ConsumeOptions): Promise<void> {
  const sources = [priority, standard];
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });

  for (let turn = 1; !signal.aborted; ) {
    await room();
    if (signal.aborted) break;
    const polls = sources.map((source) => source.fill());
    const [first, second] = turn % standardShare === 0 ? [standard, priority] : [priority, standard];
    // A busy queue answers at once: its message must not lose its turn to one that merely arrived sooner.
    if (!first.hasMessage && first.isBusy) await first.fill();
    const held = first.take() ?? second.take();
    if (held) {
      turn += 1;
      take(held);
      continue;
    }
    await Promise.race([...polls, stopped]);
  }

  await Promise.all(sources.map((source) => source.settled()));
  await Promise.all(sources.map(async (source) => source.take()?.release(0)));
}
