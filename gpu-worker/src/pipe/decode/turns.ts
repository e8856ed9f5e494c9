/**
 * Whose picture is decoded next. Accounts share the decoder by the time that their pictures take (start-time fair
 * queueing; P. Goyal, H. M. Vin, H. Cheng, 1996): whoever has used least is next, so that an account with costly
 * pictures waits for the others, and not they for it. Urgent work has a head start and no more.
 */
import { LRUCache } from "lru-cache";
import { rankOf } from "../../bounds/rank.ts";

/** Far more than wait at once; those that were silent longest are forgotten first, and stand where the line is. */
const accountsMax = 10_000;

export type Turn = {
  accountId: string;
  /** 1 (highest) to 4. */
  priority: number;
};

export interface Turns<T extends Turn> {
  add(waiting: T): void;
  /** It waits no more. */
  remove(waiting: T): void;
  /** Who is next; undefined when nobody waits. */
  readonly next: T | undefined;
  /** The next one begins; the answer ends its turn. */
  begin(turn: T): () => void;
}

type Account = {
  /** Where it stands: the sum of what it has used, in milliseconds, never behind those that were served meanwhile. */
  stand: number;
  /** When its turns began that are under way. */
  beganAt: number[];
};

/** @param now milliseconds of a clock that never goes back */
export function createTurns<T extends Turn>(now: () => number): Turns<T> {
  const accounts = new LRUCache<string, Account>({ max: accountsMax });
  const waiting: T[] = [];
  /** Where the last one stood whose turn began. */
  let line = 0;

  function accountOf(accountId: string): Account {
    const account = accounts.get(accountId) ?? { stand: line, beganAt: [] };
    accounts.set(accountId, account);
    return account;
  }

  /** What is under way counts by the time that it has taken so far. */
  function rank({ accountId, priority }: T): number {
    const { stand, beganAt } = accountOf(accountId);
    const underWay = beganAt.reduce((sum, at) => sum + now() - at, 0);
    return rankOf(priority, Math.max(stand, line) + underWay);
  }

  return {
    add(turn) {
      waiting.push(turn);
    },
    remove(turn) {
      const index = waiting.indexOf(turn);
      if (index >= 0) waiting.splice(index, 1);
    },
    get next() {
      let best: T | undefined;
      let least = Number.POSITIVE_INFINITY;
      for (const turn of waiting) {
        const own = rank(turn);
        if (own < least) [best, least] = [turn, own];
      }
      return best;
    },
    begin(turn) {
      const account = accountOf(turn.accountId);
      waiting.splice(waiting.indexOf(turn), 1);
      account.stand = Math.max(account.stand, line);
      line = account.stand;
      const at = now();
      account.beganAt.push(at);
      return () => {
        account.beganAt.splice(account.beganAt.indexOf(at), 1);
        account.stand += now() - at;
      };
    },
  };
}
