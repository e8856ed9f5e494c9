/**
 * A share of something scarce for each of many: nobody holds more than so many at once, whoever wants more waits in
 * line, and whoever has waited too long is told so.
 */
import { problem } from "../problem.ts";

type Line = { held: number; waiting: (() => void)[] };

export type Shares = <T>(holder: string, work: () => Promise<T>) => Promise<T>;

/** @param waitMsMax how long one may stand in line. @throws `overloaded` after that */
export function createShares({ shareMax, waitMsMax }: { shareMax: number; waitMsMax: number }): Shares {
  const lines = new Map<string, Line>();

  async function take(line: Line): Promise<void> {
    if (line.held < shareMax) {
      line.held += 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      line.waiting.splice(line.waiting.indexOf(resolve), 1);
      reject(
        problem("overloaded", "the account has too much in hand at once; try again", {
          retryAfterSeconds: 2,
        }),
      );
    }, waitMsMax);
    line.waiting.push(resolve);
    await promise.finally(() => clearTimeout(timer));
  }

  /** What is given back goes to the next in line, who then holds it. */
  function giveBack(holder: string, line: Line): void {
    const next = line.waiting.shift();
    if (next) return next();
    line.held -= 1;
    if (line.held === 0) lines.delete(holder);
  }

  return async (holder, work) => {
    const line = lines.get(holder) ?? { held: 0, waiting: [] };
    lines.set(holder, line);
    await take(line);
    try {
      return await work();
    } finally {
      giveBack(holder, line);
    }
  };
}
