/**
 * Runs the same work one at a time, and once for all who ask while it runs.
 *
 * Whoever asks gets a run that begins after the call, so it sees everything that was true by then; those who ask during
 * one run share the next.
 *
 * @example
 *   const inTurn = coalesce<number>();
 *   await Promise.all(requests.map(() => inTurn(sweep))); // two runs, not a hundred
 */
export type Coalesced<T> = (work: () => Promise<T>) => Promise<T>;

export function coalesce<T>(): Coalesced<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return (work) => {
    next ??= start(work);
    return next;
  };

  async function start(work: () => Promise<T>): Promise<T> {
    // The run before may fail; that is the affair of those who asked for it.
    await running.catch(() => undefined);
    const run = work();
    next = undefined;
    running = run;
    return run;
  }
}
