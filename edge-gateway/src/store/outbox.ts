/**
 * The store's work, as it runs in its own thread: what was heard is durable once `record` returns, and stays until the
 * API has it, has refused it, or there is no room for it. Every way out is counted.
 */
import { openAlarmHistory } from "./alarm-history.ts";
import { freeBytes, openBallast } from "./ballast.ts";
import { openBoots } from "./boots.ts";
import { isFull, openDatabase } from "./database.ts";
import { openEvidenceFiles } from "./evidence-files.ts";
import type { Boot, KeptEvidence, LedgerEntry, NewEvidence, NewItem, Outcome } from "./item.ts";
import { openItems, type TurnBounds } from "./items.ts";
import { openLedger } from "./ledger.ts";
import { openRoom } from "./room.ts";

export type OutboxOptions = {
  directory: string;
  ballastBytes: number;
  /** Milliseconds since 1970, for the ledger. */
  now: () => number;
};

export type End = { id: string; outcome: Outcome; reason: string; detail: string };
/** `eventId` is the API's. */
export type Accepted = { id: string; eventId: string };
export type LostEvidence = { id: string; name: string; outcome: Outcome; reason: string; detail: string };

export type DiskRoom = { freeBytes: number; ballastHeld: boolean; full: boolean };

/** Events without room that get a line in the ledger each; more are counted only. */
const linesMax = 1_000;

export type Outbox = ReturnType<typeof openOutbox>;

export function openOutbox({ directory, ballastBytes, now }: OutboxOptions) {
  const files = openEvidenceFiles(directory);
  const ballast = openBallast(directory, ballastBytes);
  const database = openDatabase(directory);
  const items = openItems(database);
  const ledger = openLedger(database);
  const boots = openBoots(database);
  const alarms = openAlarmHistory(database);
  const room = openRoom({ items, files, ballast, dropEvents });
  /** Events without room: counted once there is some. A crash loses them as heard and as dropped, so the counts agree. */
  const unwritten = { events: 0, first: [] as End[] };
  let boot: Boot | undefined;
  let full = false;

  files.sweep((sha256) => items.isWanted(sha256));
  ballast.hold();

  function entryOf(end: End | LostEvidence): LedgerEntry {
    const { id: itemId, outcome, reason, detail } = end;
    return { atMs: now(), itemId, evidence: "name" in end ? end.name : null, outcome, reason, detail };
  }

  /** One commit for `work` and for what earlier ones could not write. */
  function commit<T>(work: () => T): T {
    const result = database.transact(() => {
      for (const { itemId: id, name } of room.lost) writeLost({ id, name, ...noRoom });
      if (unwritten.events > 0) {
        ledger.countHeard(unwritten.events);
        ledger.countEnded(noRoom.outcome, noRoom.reason, unwritten.events);
        for (const end of unwritten.first) ledger.write(entryOf(end));
      }
      return work();
    });
    room.forgetLost();
    unwritten.events = 0;
    unwritten.first = [];
    return result;
  }

  function writeLost(lost: LostEvidence): void {
    items.removeEvidence(lost.id, lost.name);
    ledger.write(entryOf(lost));
  }

  /** @returns contents that nothing refers to any more, to be unlinked after the commit */
  function writeEnds(ends: readonly End[]): string[] {
    return ends.flatMap((end) => {
      const contents = items.remove(end.id);
      // Ended before: an answer that came twice counts once.
      if (!contents) return [];
      ledger.countEnded(end.outcome, end.reason, 1);
      if (end.outcome !== "forwarded") ledger.write(entryOf(end));
      return contents;
    });
  }

  /** Files go last: a crash before leaves files without rows, which the next start sweeps. */
  function unlink(contents: readonly string[]): void {
    for (const sha256 of contents) if (!items.isWanted(sha256)) files.remove(sha256);
  }

  function dropEvents(count: number): number {
    const ids = items.oldestOrdinary(count);
    unlink(commit(() => writeEnds(ids.map((id) => ({ id, ...noRoom })))));
    return ids.length;
  }

  /** Durable, or undefined when there is no room for it. */
  function keepImage({ name, contentType, bytes }: NewEvidence, urgent: boolean): KeptEvidence | undefined {
    try {
      const sha256 = room.make(urgent ? "urgent-image" : "ordinary-image", () => files.put(bytes));
      return { name, contentType, bytes: bytes.byteLength, sha256 };
    } catch (error) {
      if (isFull(error)) return undefined;
      throw error;
    }
  }

  function insert(item: NewItem, kept: readonly KeptEvidence[], number: number): void {
    commit(() => {
      ledger.countHeard(1);
      items.insert(item, number, kept);
      for (const { name } of item.evidence) {
        if (!kept.some((piece) => piece.name === name)) {
          ledger.write(entryOf({ id: item.id, name, ...noRoom }));
        }
      }
    });
  }

  return {
    /** Once, before anything else. `random` is 4 hex digits. */
    start(wallMs: number, random: string): { boot: Boot; boots: Boot[] } {
      boot = room.make("bookkeeping", () => boots.start(wallMs, random));
      room.make("bookkeeping", () => boots.prune());
      return { boot, boots: boots.list() };
    },

    /** @returns whether it is kept; on a disk without room it is dropped, and counted as that */
    record(item: NewItem): boolean {
      if (!boot) throw new Error("expected start() before record()");
      const { number } = boot;
      const kept = item.evidence
        .map((piece) => keepImage(piece, item.urgent))
        .filter((piece) => piece !== undefined);
      try {
        room.make(item.urgent ? "urgent-event" : "ordinary-event", () => insert(item, kept, number));
        full = kept.length < item.evidence.length;
        return true;
      } catch (error) {
        if (!isFull(error)) throw error;
        full = true;
        unwritten.events += 1;
        if (unwritten.first.length < linesMax) unwritten.first.push({ id: item.id, ...noRoom });
        return false;
      }
    },

    turn: (bounds: TurnBounds) => items.turn(bounds),

    /** Bodies never change again from here on. */
    freeze(bodies: readonly { id: string; body: string }[]): void {
      room.make("bookkeeping", () =>
        commit(() => {
          for (const { id, body } of bodies) items.freeze(id, body);
        }),
      );
    },

    /** The API has the `accepted` events and waits for their evidence; the `ended` ones are done with. */
    settle({ accepted, ended }: { accepted: readonly Accepted[]; ended: readonly End[] }): void {
      const contents = room.make("bookkeeping", () =>
        commit(() => {
          for (const { id, eventId } of accepted) items.accept(id, eventId);
          return writeEnds(ended);
        }),
      );
      unlink(contents);
    },

    loseEvidence(lost: LostEvidence): void {
      room.make("bookkeeping", () => commit(() => writeLost(lost)));
    },

    /** Undefined when it was given up for room. */
    readEvidence: (sha256: string) => files.read(sha256),

    anchor(at: { monotonicMs: number; trueMs: number }): void {
      const number = boot?.number;
      if (number !== undefined) room.make("bookkeeping", () => boots.anchor(number, at));
    },
    boots: () => boots.list(),

    /** Every minute: remembers how late it is, and takes the ballast again when there is room. */
    tend(at: { wallMs: number; monotonicMs: number }): DiskRoom {
      const number = boot?.number;
      if (number !== undefined) room.make("bookkeeping", () => boots.remember(number, at));
      const ballastHeld = ballast.hold();
      if (ballastHeld) full = false;
      return { freeBytes: freeBytes(directory), ballastHeld, full };
    },

    balance() {
      const balance = ledger.balance();
      // Those that no commit could write yet have been heard and dropped all the same.
      if (unwritten.events === 0) return balance;
      const waiting = { outcome: noRoom.outcome, reason: noRoom.reason, count: unwritten.events };
      return { ...balance, heard: balance.heard + unwritten.events, ended: [...balance.ended, waiting] };
    },
    ledger: (limit: number) => ledger.list(limit),

    putAlarm(id: string, atMs: number, alarm: string): void {
      room.make("bookkeeping", () => alarms.put({ id, atMs, alarm }));
    },
    alarms: (limit: number) => alarms.list(limit),

    close: () => database.close(),
  };
}

const noRoom = { outcome: "dropped", reason: "disk-full", detail: "the disk had no room for it" } as const;
