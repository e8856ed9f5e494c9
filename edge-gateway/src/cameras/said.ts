/** What a camera itself says that it sees, as long as it is to be believed. */

/** For one that says when something begins, and forgets to say when it ends. */
const stateMsMax = 60_000;
/** What happens in one moment. */
const momentMs = 2_000;
const statesMax = 64;

export type Said = {
  /** `of` names the state: said again it begins anew, `isOn` false ends it; undefined is what happened in this moment. */
  take(told: { of: string; what: string; isOn: boolean | undefined }, monotonicMs: number): void;
  now(monotonicMs: number): string[];
};

export function createSaid(): Said {
  const states = new Map<string, { what: string; untilMs: number }>();
  return {
    take({ of, what, isOn }, at) {
      states.delete(of);
      if (isOn !== false) states.set(of, { what, untilMs: at + (isOn ? stateMsMax : momentMs) });
      const [oldest] = states.keys();
      if (states.size > statesMax && oldest !== undefined) states.delete(oldest);
    },
    now(at) {
      for (const [of, { untilMs }] of states) if (untilMs <= at) states.delete(of);
      return [...new Set([...states.values()].map(({ what }) => what))];
    },
  };
}
