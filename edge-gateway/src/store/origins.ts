/** What other programs call what was heard of them: nothing of theirs is kept twice, also after a restart. */
import type { Database } from "./database.ts";

/** How many are remembered, the newest. */
const originsMax = 5_000;

export type Origins = {
  /** Remembers one, inside a transaction of the caller's. @returns whether it was remembered before */
  knows(origin: string): boolean;
};

export function openOrigins({ sql }: Database): Origins {
  const insert = sql.prepare("INSERT INTO origin (name) VALUES (?) ON CONFLICT DO NOTHING");
  const trim = sql.prepare("DELETE FROM origin WHERE number <= (SELECT max(number) FROM origin) - ?");
  return {
    knows(origin) {
      if (insert.run(origin).changes === 0) return true;
      trim.run(originsMax);
      return false;
    },
  };
}
