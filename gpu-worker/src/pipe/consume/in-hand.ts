/**
 * The jobs in hand: each worked once, however often its message comes, and all its messages settled alike.
 *
 * A job that was received before did not end well, and may have been the reason: it is worked alone, so that nothing
 * that it does happens to another job a second time.
 */
import type { Job } from "@vigil/core/review/wire";
import { LRUCache } from "lru-cache";
import type { Settlement } from "../report/index.ts";
import type { HeldMessage } from "./hold.ts";

export interface InHand {
  /** Begins the work on a job; a job that is in hand or has been done only gains a message. */
  take(job: Job, held: HeldMessage): void;
  /** Resolves when there is room for another job beside those in hand, or after `stopWaiting`. */
  room(): Promise<void>;
  stopWaiting(): void;
  /** Resolves when nothing is in hand any more. */
  empty(): Promise<void>;
  readonly jobs: number;
  readonly moments: number;
  /** Ids of the reviews in hand. */
  readonly reviewIds: string[];
}

type Entry = { job: Job; held: HeldMessage[]; alone: boolean; done: Promise<void> };

/** Jobs done with that are remembered, in case a message of theirs comes once more. */
const rememberedMax = 1_000;

export function createInHand(options: {
  momentsMax: number;
  /** Reviews and reports one job. Never rejects. */
  work: (job: Job) => Promise<Settlement>;
  onChange: () => void;
}): InHand {
  const entries = new Map<string, Entry>();
  const concluded = new LRUCache<string, true>({ max: rememberedMax });
  const stopped = new AbortController();
  /** Resolves when the next job leaves, or when nobody is to wait any more. */
  let roomFreed = Promise.withResolvers<void>();

  const moments = () => [...entries.values()].reduce((sum, { job }) => sum + job.moments.length, 0);

  const isFull = () => moments() >= options.momentsMax || [...entries.values()].some(({ alone }) => alone);

  async function begin(key: string, entry: Entry): Promise<void> {
    const others = [...entries.values()].filter((other) => other !== entry);
    if (entry.alone) await Promise.all(others.map(({ done }) => done));
    const settlement = await options.work(entry.job);
    if (settlement.message === "delete") concluded.set(key, true);
    await Promise.all(entry.held.map((held) => settle(held, settlement)));
    entries.delete(key);
    options.onChange();
    roomFreed.resolve();
    roomFreed = Promise.withResolvers<void>();
  }

  return {
    take(job, held) {
      const key = `${job.reviewId}/${job.part}`;
      const known = entries.get(key);
      if (known) join(known, held);
      else if (concluded.has(key)) void held.delete();
      else {
        const alone = held.message.receiveCount > 1;
        const entry: Entry = { job, held: [held], alone, done: Promise.resolve() };
        entries.set(key, entry);
        options.onChange();
        entry.done = begin(key, entry);
      }
    },
    async room() {
      while (!stopped.signal.aborted && isFull()) await roomFreed.promise;
    },
    stopWaiting() {
      stopped.abort();
      roomFreed.resolve();
    },
    async empty() {
      await Promise.all(Array.from(entries.values(), ({ done }) => done));
    },
    get jobs() {
      return entries.size;
    },
    get moments() {
      return moments();
    },
    get reviewIds() {
      return [...new Set(Array.from(entries.values(), ({ job }) => job.reviewId))];
    },
  };
}

/** The same message received anew replaces the one in hand: its latest receipt is the good one. */
function join(entry: Entry, held: HeldMessage): void {
  const isSame = ({ message }: HeldMessage) => message.id === held.message.id;
  for (const earlier of entry.held.filter(isSame)) earlier.leave();
  entry.held = [...entry.held.filter((earlier) => !isSame(earlier)), held];
}

async function settle(held: HeldMessage, settlement: Settlement): Promise<void> {
  if (settlement.message === "delete") await held.delete();
  else if (settlement.message === "release") await held.release(settlement.seconds);
  else held.leave();
}
