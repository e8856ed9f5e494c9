/**
 * How long one review spent in each stage: the wall time during which at least one of its moments was there, so that
 * work done side by side does not count twice.
 */
export type TimedStage = "fetch" | "decode" | "infer" | "post";

export interface Stopwatch {
  /** Begins a stay; the answer ends it. */
  start(stage: TimedStage): () => void;
  time<T>(stage: TimedStage, work: () => Promise<T>): Promise<T>;
  /** Adds milliseconds that were measured elsewhere. */
  add(stage: TimedStage, ms: number): void;
  ms(stage: TimedStage): number;
}

export function createStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const stages: Record<TimedStage, { inside: number; since: number; ms: number }> = {
    fetch: { inside: 0, since: 0, ms: 0 },
    decode: { inside: 0, since: 0, ms: 0 },
    infer: { inside: 0, since: 0, ms: 0 },
    post: { inside: 0, since: 0, ms: 0 },
  };

  function start(name: TimedStage): () => void {
    const stage = stages[name];
    if (stage.inside === 0) stage.since = now();
    stage.inside += 1;
    let running = true;
    return () => {
      if (!running) return;
      running = false;
      stage.inside -= 1;
      if (stage.inside === 0) stage.ms += now() - stage.since;
    };
  }

  return {
    start,
    async time(name, work) {
      const stop = start(name);
      try {
        return await work();
      } finally {
        stop();
      }
    },
    add(name, ms) {
      stages[name].ms += ms;
    },
    ms: (name) => stages[name].ms,
  };
}
