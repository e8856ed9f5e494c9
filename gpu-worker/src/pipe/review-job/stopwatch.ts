/**
 * How long one review spent in each stage, and from when to when: the wall time during which at least one of its moments was there, so that
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
  /** From the first stay's beginning to the last one's end, as `now` tells time; undefined: there was none. */
  stay(stage: TimedStage): Stay | undefined;
}

export type Stay = { from: number; until: number };

export function createStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const stages: Record<TimedStage, { inside: number; since: number; ms: number; stay?: Stay }> = {
    fetch: { inside: 0, since: 0, ms: 0 },
    decode: { inside: 0, since: 0, ms: 0 },
    infer: { inside: 0, since: 0, ms: 0 },
    post: { inside: 0, since: 0, ms: 0 },
  };

  function note(stage: TimedStage, { from, until }: Stay): void {
    const { stay } = stages[stage];
    stages[stage].stay = stay
      ? { from: Math.min(stay.from, from), until: Math.max(stay.until, until) }
      : { from, until };
  }

  function start(name: TimedStage): () => void {
    const stage = stages[name];
    const from = now();
    if (stage.inside === 0) stage.since = now();
    stage.inside += 1;
    let running = true;
    return () => {
      if (!running) return;
      running = false;
      stage.inside -= 1;
      note(name, { from, until: now() });
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
      note(name, { from: now() - ms, until: now() });
    },
    ms: (name) => stages[name].ms,
    stay: (name) => stages[name].stay,
  };
}
