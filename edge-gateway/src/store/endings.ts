/**
 * How items end: their rows go, the ledger counts them and has a line for what did not reach the API, and only after the
 * commit their files go. Every commit of the store passes here, so that what a full disk kept from being written is
 * written with the next one.
 */
import type { Database } from "./database.ts";
import type { EvidenceFiles } from "./evidence-files.ts";
import type { Balance, Outcome } from "./item.ts";
import type { Items } from "./items.ts";
import type { Ledger } from "./ledger.ts";
import type { Room } from "./room.ts";

export type End = { id: string; outcome: Outcome; reason: string; detail: string };
export type LostEvidence = { id: string; name: string; outcome: Outcome; reason: string; detail: string };

export type Endings = {
  /** One commit for `work` and for what earlier ones could not write. */
  commit<T>(work: () => T): T;
  /** Inside `commit`. @returns contents that nothing refers to any more, for `unlink` after it */
  end(ends: readonly End[]): string[];
  /** Inside `commit`. The row of a kept piece goes. */
  lose(lost: LostEvidence): void;
  /** Inside `commit`. A piece for which there was no room, so that it has no row. */
  missed(id: string, name: string): void;
  /** Files go last: a crash before leaves files without rows, which the next start sweeps. */
  unlink(contents: readonly string[]): void;
  /** Drops the oldest ordinary events for room, in one commit. @returns how many */
  drop(count: number): number;
  /** There was no room for this event: it is counted with the next commit. */
  turnAway(id: string): void;
  balance(): Balance;
};

type Parts = {
  database: Database;
  items: Items;
  ledger: Ledger;
  files: EvidenceFiles;
  room: Room;
  now: () => number;
};

/** Events without room that get a line in the ledger each; more are counted only. */
const linesMax = 1_000;

const noRoom = { outcome: "dropped", reason: "disk-full", detail: "the disk had no room for it" } as const;

export function openEndings({ database, items, ledger, files, room, now }: Parts): Endings {
  /** Events without room: counted once there is some. A crash loses them as heard and as dropped, so the counts agree. */
  const unwritten = { events: 0, first: [] as End[] };

  function write(what: End | LostEvidence): void {
    const { id: itemId, outcome, reason, detail } = what;
    const evidence = "name" in what ? what.name : null;
    ledger.write({ atMs: now(), itemId, evidence, outcome, reason, detail });
  }

  function lose(lost: LostEvidence): void {
    items.removeEvidence(lost.id, lost.name);
    write(lost);
  }

  function commit<T>(work: () => T): T {
    const result = database.transact(() => {
      for (const { itemId: id, name } of room.lost) lose({ id, name, ...noRoom });
      if (unwritten.events > 0) {
        ledger.countHeard(unwritten.events);
        ledger.countEnded(noRoom.outcome, noRoom.reason, unwritten.events);
        for (const event of unwritten.first) write(event);
      }
      return work();
    });
    room.forgetLost();
    unwritten.events = 0;
    unwritten.first = [];
    return result;
  }

  function end(ends: readonly End[]): string[] {
    return ends.flatMap((one) => {
      const contents = items.remove(one.id);
      // Ended before: an answer that came twice counts once.
      if (!contents) return [];
      ledger.countEnded(one.outcome, one.reason, 1);
      if (one.outcome !== "forwarded") write(one);
      return contents;
    });
  }

  function unlink(contents: readonly string[]): void {
    for (const sha256 of contents) if (!items.isWanted(sha256)) files.remove(sha256);
  }

  return {
    commit,
    end,
    lose,
    missed: (id, name) => write({ id, name, ...noRoom }),
    unlink,
    drop(count) {
      const ids = items.oldestOrdinary(count);
      unlink(commit(() => end(ids.map((id) => ({ id, ...noRoom })))));
      return ids.length;
    },
    turnAway(id) {
      unwritten.events += 1;
      if (unwritten.first.length < linesMax) unwritten.first.push({ id, ...noRoom });
    },
    balance() {
      const balance = ledger.balance();
      // Those that no commit could write yet have been heard and dropped all the same.
      if (unwritten.events === 0) return balance;
      const waiting = { outcome: noRoom.outcome, reason: noRoom.reason, count: unwritten.events };
      return { ...balance, heard: balance.heard + unwritten.events, ended: [...balance.ended, waiting] };
    },
  };
}
