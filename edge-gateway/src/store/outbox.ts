/**
 * The store's work, as it runs in its own thread: what was heard is durable once `record` returns, and stays until the
 * API has it, has refused it, or there is no room for it. Every way out is counted.
 */
import { createHash } from "node:crypto";
import { openAlarmHistory } from "./alarm-history.ts";
import { freeBytes, openBallast } from "./ballast.ts";
import { openBoots } from "./boots.ts";
import { openCaptureKey } from "./capture-key.ts";
import { openDatabase } from "./database.ts";
import { type End, type LostEvidence, openEndings } from "./endings.ts";
import { openEvidenceFiles } from "./evidence-files.ts";
import type { Boot, NewItem } from "./item.ts";
import { openItems, type TurnBounds } from "./items.ts";
import { openLedger } from "./ledger.ts";
import { openOrigins } from "./origins.ts";
import { recordItem, type Sign } from "./record-item.ts";
import { openRoom } from "./room.ts";

/** More than a gateway captures before it is started anew. */
const signaturesPerBoot = 1e9;

export type OutboxOptions = {
  directory: string;
  ballastBytes: number;
  /** Milliseconds since 1970, for the ledger. */
  now: () => number;
};

/** `eventId` is the API's. */
export type Accepted = { id: string; eventId: string };

export type DiskRoom = { freeBytes: number; ballastHeld: boolean; full: boolean };

export type Outbox = ReturnType<typeof openOutbox>;

export function openOutbox({ directory, ballastBytes, now }: OutboxOptions) {
  const files = openEvidenceFiles(directory);
  const ballast = openBallast(directory, ballastBytes);
  const database = openDatabase(directory);
  const items = openItems(database);
  const origins = openOrigins(database);
  const ledger = openLedger(database);
  const boots = openBoots(database);
  const alarms = openAlarmHistory(database);
  const room = openRoom({ items, files, ballast, dropEvents: (count) => endings.drop(count) });
  const endings = openEndings({ database, items, ledger, files, room, now });
  const captureKey = openCaptureKey(directory);
  let boot: Boot | undefined;
  let signed = 0;
  let full = false;

  /** Numbers go on over restarts, as boots do. */
  const sign: Sign = (bytes, wallMs) => {
    signed += 1;
    const sequence = (boot?.number ?? 0) * signaturesPerBoot + signed;
    return captureKey.sign({ sha256: createHash("sha256").update(bytes).digest("hex"), wallMs, sequence });
  };

  files.sweep((sha256) => items.isWanted(sha256));
  ballast.hold();

  return {
    /** Once, before anything else. `random` is 4 hex digits. */
    start(wallMs: number, random: string): { boot: Boot; boots: Boot[] } {
      boot = room.make("bookkeeping", () => boots.start(wallMs, random));
      room.make("bookkeeping", () => boots.prune());
      return { boot, boots: boots.list() };
    },

    /** @returns whether it is kept, now or from before; on a disk without room it is dropped, and counted as that */
    record(item: NewItem): boolean {
      if (!boot) throw new Error("expected start() before record()");
      const kept = recordItem({ items, origins, ledger, files, room, endings, sign }, item, boot.number);
      if (kept !== "known") full = kept !== "whole";
      return kept !== "dropped";
    },

    /** With which the API verifies what is signed: 32 bytes in base64. */
    captureKey: () => captureKey.publicKey,

    turn: (bounds: TurnBounds) => items.turn(bounds),

    /** Bodies never change again from here on. */
    freeze(bodies: readonly { id: string; body: string }[]): void {
      room.make("bookkeeping", () =>
        endings.commit(() => {
          for (const { id, body } of bodies) items.freeze(id, body);
        }),
      );
    },

    /** The API has the `accepted` events and waits for their evidence; the `ended` ones are done with. */
    settle({ accepted, ended }: { accepted: readonly Accepted[]; ended: readonly End[] }): void {
      const contents = room.make("bookkeeping", () =>
        endings.commit(() => {
          for (const { id, eventId } of accepted) items.accept(id, eventId);
          return endings.end(ended);
        }),
      );
      endings.unlink(contents);
    },

    loseEvidence(lost: LostEvidence): void {
      room.make("bookkeeping", () => endings.commit(() => endings.lose(lost)));
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

    balance: () => endings.balance(),
    ledger: (limit: number) => ledger.list(limit),

    putAlarm(id: string, atMs: number, alarm: string): void {
      room.make("bookkeeping", () => alarms.put({ id, atMs, alarm }));
    },
    alarms: (limit: number) => alarms.list(limit),

    close: () => database.close(),
  };
}
