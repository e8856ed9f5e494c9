/** Enrolments: devices that ask to be let in, and the codes by which they are told from each other. */
import { createHash, randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Database, Queryable, Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { enrolment as limits } from "../limits.ts";
import { problem } from "../problem.ts";
import { createShortCode, readShortCode } from "../short-code.ts";
import { enrolment, enrolmentGuess } from "./enrolment.sql.ts";
import type { EnrolmentState } from "./state.ts";
import type { EnrolmentInput, EnrolmentKind } from "./wire.ts";

export type Enrolment = typeof enrolment.$inferSelect;

/** One that waits, as whoever typed its code sees it. */
export type Waiting = { id: string; name: string; kind: EnrolmentKind; askedAt: Date; expiresAt: Date };

const deviceCodeBytes = 32;
const hashOf = (deviceCode: string): Buffer => createHash("sha256").update(deviceCode).digest();

/** Makes the codes of a device that asks. They are in this answer alone. @throws `overloaded` when too many wait */
export async function record(
  database: Database,
  { name, kind }: EnrolmentInput,
  at: Date,
): Promise<{ deviceCode: string; userCode: string }> {
  const deviceCode = randomBytes(deviceCodeBytes).toString("base64url");
  const until = new Date(at.getTime() + limits.codeMsMax);
  // Two devices have the same code once in a billion times, of which nobody need know.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const userCode = createShortCode();
    const id = Id.create("enrolment");
    const [row] = await database.sql<{ outcome: "made" | "full" | "taken" }[]>`
      select ask_enrolment(${id}, ${hashOf(deviceCode)}, ${userCode}, ${name}, ${kind}, ${at}, ${until}, ${limits.waitingMax})
        as outcome`;
    if (row?.outcome === "made") return { deviceCode, userCode };
    if (row?.outcome === "full") break;
  }
  throw problem("overloaded", "too many devices ask to be let in at this moment; try again in some minutes", {
    retryAfterSeconds: 60,
  });
}

type WaitingRow = { id: string; name: string; kind: EnrolmentKind; asked_at: Date; expires_at: Date };

/**
 * The device that waits with this code, locked until the transaction ends; undefined when none does.
 * @param typed as a person typed it
 */
export async function lockWaiting(sql: Queryable, typed: string, at: Date): Promise<Waiting | undefined> {
  const userCode = readShortCode(typed);
  if (userCode === undefined) return undefined;
  const [row] = await sql<WaitingRow[]>`select * from lock_enrolment(${userCode}, ${at})`;
  if (!row) return undefined;
  return { id: row.id, name: row.name, kind: row.kind, askedAt: row.asked_at, expiresAt: row.expires_at };
}

/** Lets in one that the transaction has locked: from then on its row is the account's. */
export async function grant(
  sql: Queryable,
  { id, accountId, deviceId }: { id: string; accountId: string; deviceId: string },
): Promise<void> {
  await sql`select grant_enrolment(${id}, ${accountId}, ${deviceId})`;
}

/** Turns one away that the transaction has locked. */
export async function refuse(sql: Queryable, id: string): Promise<void> {
  await sql`select refuse_enrolment(${id})`;
}

type Polled = { id: string; account_id: string | null; state: EnrolmentState; is_too_soon: boolean };

/**
 * Where the enrolment of a device stands.
 * @returns the account that has let it in @throws `authorization-pending`, `slow-down`, `access-denied`, `expired-token`
 */
export async function poll(
  database: Database,
  deviceCode: string,
  at: Date,
): Promise<{ id: string; accountId: string }> {
  const notSince = new Date(at.getTime() - limits.pollSecondsMin * 1000 + limits.pollToleranceMs);
  const [found] = await database.sql<Polled[]>`
    select * from poll_enrolment(${hashOf(deviceCode)}, ${at}, ${notSince})`;
  if (!found) throw ended();
  if (found.is_too_soon) {
    throw problem("slow-down", `leave ${limits.pollSecondsMin} s between two questions`, {
      retryAfterSeconds: limits.pollSecondsMin,
    });
  }
  if (found.state === "refused") throw problem("access-denied", "an owner has turned this device away");
  if (found.account_id === null) {
    throw problem("authorization-pending", "nobody has typed the code yet; ask again");
  }
  return { id: found.id, accountId: found.account_id };
}

export const ended = () =>
  problem("expired-token", "these codes are good no longer, or were never given out; ask for new ones");

/** One that the account has let in, locked until the transaction ends. @throws `expired-token` */
export async function lock(
  tx: Tx,
  id: string,
): Promise<Enrolment & { deviceId: string; state: "granted" | "collected" }> {
  const [found] = await tx.select().from(enrolment).where(eq(enrolment.id, id)).for("update");
  const { deviceId, state } = found ?? {};
  if (!found || !deviceId || (state !== "granted" && state !== "collected")) throw ended();
  return { ...found, deviceId, state };
}

export async function collect(tx: Tx, id: string, keyId: string): Promise<void> {
  await tx
    .update(enrolment)
    .set({ state: "collected", keyId })
    .where(and(eq(enrolment.id, id)));
}

/**
 * Counts a code that nobody had; `left` is how many may still be typed. Inside a transaction that holds the account's lock.
 */
export async function countWrong(tx: Tx, accountId: string, at: Date): Promise<{ left: number }> {
  const before = await wrongSoFar(tx, accountId, at);
  const count = { wrong: before.wrong + 1, since: before.since };
  await tx
    .insert(enrolmentGuess)
    .values({ accountId, ...count })
    .onConflictDoUpdate({ target: enrolmentGuess.accountId, set: count });
  return { left: limits.wrongCodesMax - count.wrong };
}

/** @throws `rate-limited` when as many were typed as may be. Inside a transaction that holds the account's lock. */
export async function assertMayType(tx: Tx, accountId: string, at: Date): Promise<void> {
  const { wrong, since } = await wrongSoFar(tx, accountId, at);
  if (wrong < limits.wrongCodesMax) return;
  const seconds = Math.ceil((since.getTime() + limits.wrongCodesMs - at.getTime()) / 1000);
  throw problem("rate-limited", `too many codes were wrong; wait ${Math.ceil(seconds / 60)} minutes`, {
    retryAfterSeconds: seconds,
  });
}

async function wrongSoFar(tx: Tx, accountId: string, at: Date): Promise<{ wrong: number; since: Date }> {
  const [row] = await tx.select().from(enrolmentGuess).where(eq(enrolmentGuess.accountId, accountId));
  const isOver = row === undefined || at.getTime() - row.since.getTime() >= limits.wrongCodesMs;
  return isOver ? { wrong: 0, since: at } : { wrong: row.wrong, since: row.since };
}
