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
  /** The batch is lent: it holds until this returns, or until its promise settles. */
  onReading: (batch: readonly Readonly<Reading>[]) => void | Promise<void>;
  onRefused: (error: unknown) => void;
  wallMsAt: (monotonicMs: number) => number;
};

const blankReading = (): Reading => ({
  device: "",
  place: "",
  channel: "smoke",
  value: 0.5,
  unit: "%",
  monotonicMs: 0.5,
  wallMs: 0.5,
});

/**
 * A ring of columns: a reading becomes an object only when it is told, and those objects are lent. One batch is told at a
 * time, so that the next one is written over it: in a flood their garbage would be most of the process's memory.
 */
export function createReadingQueue({ onReading, onRefused, wallMsAt }: ReadingQueueOptions): ReadingQueue {
  const owners = Array.from({ length: queueMax }, (): ReadingOwner | undefined => undefined);
  const kinds = new Uint8Array(queueMax);
  const values = new Float64Array(queueMax);
  const times = new Float64Array(queueMax);
  const lent = Array.from({ length: batchMax }, blankReading);
  let [first, waiting, pushed, dropped] = [0, 0, 0, 0];
  let busy: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function take(count: number): Reading[] {
    // Asked once a batch: asking the clocks costs more than the rest of a reading.
    const wallMsAtZero = wallMsAt(0);
    for (let index = 0; index < count; index++) {
      const reading = lent[index] as Reading;
      const { device, place } = owners[first] as ReadingOwner;
      const channel = channels[kinds[first] ?? 0] as Channel;
      reading.device = device;
      reading.place = place;
      reading.channel = channel;
      reading.value = values[first] ?? 0;
      reading.unit = units[channel];
      reading.monotonicMs = times[first] ?? 0;
      reading.wallMs = wallMsAtZero + reading.monotonicMs;
      owners[first] = undefined;
      first = (first + 1) % queueMax;
    }
    waiting -= count;
    return count === batchMax ? lent : lent.slice(0, count);
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
