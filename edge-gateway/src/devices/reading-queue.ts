/**
 * What was measured, on its way to whoever keeps it: never waits, never grows. Told in batches, as soon as 2,000 wait
 * or after 50 ms; while the receiver is busy up to 10,000 wait, and then the oldest are dropped, counted by device.
 */
import { type Channel, channels, type Reading, type Unit } from "../sensing-words.ts";

const queueMax = 10_000;
const batchMax = 2_000;
const batchMsMax = 50;

const units: Record<Channel, Unit> = {
  smoke: "%",
  gas: "ppm",
  flame: "%",
  flame_digital: "on",
  thermal: "°C",
  vision: "score",
};

const kindOf = Object.fromEntries(channels.map((channel, kind) => [channel, kind])) as Record<
  Channel,
  number
>;

/** Whose reading it is; its counter is raised for each reading that is dropped. */
export type ReadingOwner = { readonly device: string; readonly place: string; dropped: number };

export type ReadingQueue = {
  push: (owner: ReadingOwner, channel: Channel, value: number, monotonicMs: number) => void;
  /** Tells what waits, unless the receiver is busy. */
  flush: () => void;
  readonly waiting: number;
  readonly pushed: number;
  readonly dropped: number;
  /** Tells the rest and waits for the receiver. */
  close: () => Promise<void>;
};

export type ReadingQueueOptions = {
  onReading: (batch: readonly Reading[]) => void | Promise<void>;
  onRefused: (error: unknown) => void;
  wallMsAt: (monotonicMs: number) => number;
};

/** A ring of columns: a reading becomes an object only when it is told. */
export function createReadingQueue({ onReading, onRefused, wallMsAt }: ReadingQueueOptions): ReadingQueue {
  const owners = Array.from({ length: queueMax }, (): ReadingOwner | undefined => undefined);
  const kinds = new Uint8Array(queueMax);
  const values = new Float64Array(queueMax);
  const times = new Float64Array(queueMax);
  let [first, waiting, pushed, dropped] = [0, 0, 0, 0];
  let busy: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function take(count: number): Reading[] {
    const batch: Reading[] = [];
    // Asked once a batch: asking the clocks costs more than the rest of a reading.
    const wallMsAtZero = wallMsAt(0);
    for (let index = 0; index < count; index++) {
      const at = first;
      first = (first + 1) % queueMax;
      const owner = owners[at];
      const channel = channels[kinds[at] ?? 0];
      owners[at] = undefined;
      if (!owner || !channel) continue;
      const monotonicMs = times[at] ?? 0;
      const { device, place } = owner;
      const value = values[at] ?? 0;
      batch.push({
        device,
        place,
        channel,
        value,
        unit: units[channel],
        monotonicMs,
        wallMs: wallMsAtZero + monotonicMs,
      });
    }
    waiting -= count;
    return batch;
  }

  function flush(): void {
    while (waiting > 0 && !busy) {
      const batch = take(Math.min(waiting, batchMax));
      try {
        const told = onReading(batch);
        if (!told) continue;
        busy = told.catch(onRefused).finally(() => {
          busy = undefined;
          if (waiting >= batchMax) flush();
        });
      } catch (error) {
        onRefused(error);
      }
    }
  }

  function onTimer(): void {
    timer = undefined;
    flush();
    if (waiting > 0) timer = setTimeout(onTimer, batchMsMax);
  }

  return {
    push(owner, channel, value, monotonicMs) {
      if (waiting === queueMax) {
        const oldest = owners[first];
        if (oldest) oldest.dropped++;
        dropped++;
        first = (first + 1) % queueMax;
        waiting--;
      }
      const at = (first + waiting) % queueMax;
      owners[at] = owner;
      kinds[at] = kindOf[channel];
      values[at] = value;
      times[at] = monotonicMs;
      waiting++;
      pushed++;
      if (waiting >= batchMax && !busy) flush();
      if (waiting > 0) timer ??= setTimeout(onTimer, batchMsMax);
    },
    flush,
    get waiting() {
      return waiting;
    },
    get pushed() {
      return pushed;
    },
    get dropped() {
      return dropped;
    },
    async close() {
      clearTimeout(timer);
      flush();
      while (busy) {
        await busy;
        flush();
      }
    },
  };
}
