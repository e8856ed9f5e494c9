/** Whether the API answers, as every part of the page sees it. */
export type Reach = {
  report: (reached: boolean) => void;
  subscribe: (onChange: () => void) => () => void;
  /** True until two requests in a row went unanswered: one may be bad luck. */
  read: () => boolean;
};

const missesMin = 2;

export function createReach(): Reach {
  let misses = 0;
  const listeners = new Set<() => void>();
  return {
    report(reached) {
      const before = misses < missesMin;
      misses = reached ? 0 : misses + 1;
      if (before !== misses < missesMin) for (const tell of listeners) tell();
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    read: () => misses < missesMin,
  };
}
