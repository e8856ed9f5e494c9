/** Where an account wants to be told: webhooks, e-mail addresses, browsers. */
import { createHash, randomBytes } from "node:crypto";
import { and, asc, count, eq, inArray, ne } from "drizzle-orm";
import type { Tx } from "../db/index.ts";
import * as Id from "../id.ts";
import { defaultLanguage, type Language } from "../language/wire.ts";
import { problem } from "../problem.ts";
import * as Sealed from "../sealed-text.ts";
import { endpoint } from "./endpoint.sql.ts";
import { type State, sourcesOf } from "./state.ts";
import type { EndpointChange, EndpointInput, EndpointView } from "./wire.ts";

export { createToken, type Purpose, readToken } from "./token.ts";
export { type Subject, wants } from "./wants.ts";

export type Endpoint = typeof endpoint.$inferSelect;

/** The old secret of a webhook signs beside the new one for this long after a rotation. */
export const rotationMs = 24 * 60 * 60 * 1000;
/** An endpoint that has taken nothing for this long is switched off. */
export const failingMsMax = 5 * 24 * 60 * 60 * 1000;

/** Webhooks are for programs: what they are told stays in one language. */
export function languageOf({ type, language }: Pick<Endpoint, "type" | "language">): Language {
  return type === "webhook" ? defaultLanguage : language;
}

/** The key under which targets and signing secrets are kept. */
export function keyOf(secret: string): Sealed.SealingKey {
  return Sealed.sealingKey(secret, "vigil endpoint");
}

/** A signing secret as Standard Webhooks writes it: 24 to 64 random bytes in base64 behind `whsec_`. */
export function createSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

export function targetOf(input: EndpointInput): string {
  if (input.type === "webhook") return input.url;
  if (input.type === "email") return input.address;
  return JSON.stringify(input.subscription);
}

/** The same address, however its letters are written, is one endpoint. */
function hashOf(type: Endpoint["type"], target: string): string {
  const same = type === "email" ? target.toLowerCase() : target;
  return createHash("sha256").update(`${type}\n${same}`).digest("hex");
}

/**
 * Records an endpoint; the same address again is the endpoint that is there, with the new wishes.
 * @returns the endpoint, and whether it is new
 */
export async function record(
  tx: Tx,
  made: {
    accountId: string;
    memberId: string;
    input: EndpointInput;
    /** Undefined: as it is, or English. */
    language: Language | undefined;
    secret: string | null;
    state: "unconfirmed" | "active";
    at: Date;
  },
  key: Sealed.SealingKey,
): Promise<{ endpoint: Endpoint; isNew: boolean }> {
  const { accountId, memberId, input, language, secret, state, at } = made;
  const target = targetOf(input);
  const wishes = {
    levelFrom: input.levelFrom,
    siteIds: input.siteIds,
    kinds: input.kinds,
    quietHours: input.quietHours,
    ...(language === undefined ? {} : { language }),
  };
  const targetHash = hashOf(input.type, target);
  const same = and(
    eq(endpoint.type, input.type),
    eq(endpoint.targetHash, targetHash),
    ne(endpoint.state, "removed"),
  );
  const [known] = await tx.update(endpoint).set(wishes).where(same).returning();
  if (known) return { endpoint: known, isNew: false };
  const [written] = await tx
    .insert(endpoint)
    .values({
      id: Id.create("endpoint"),
      accountId,
      memberId,
      type: input.type,
      name: input.name ?? defaultName(input),
      targetSealed: Sealed.seal(target, key),
      targetHash,
      secretSealed: secret === null ? null : Sealed.seal(secret, key),
      state,
      ...wishes,
      boxes: input.type === "email" && input.boxes,
      createdAt: at,
    })
    .returning();
  if (!written) throw new Error("the endpoint was not written");
  return { endpoint: written, isNew: true };
}

function defaultName(input: EndpointInput): string {
  if (input.type === "webhook") return new URL(input.url).host.slice(0, 100);
  if (input.type === "email") return input.address.slice(0, 100);
  return "Browser";
}

/** @throws `not-found` */
export async function get(tx: Tx, id: string): Promise<Endpoint> {
  const [found] = await tx
    .select()
    .from(endpoint)
    .where(and(eq(endpoint.id, id), ne(endpoint.state, "removed")));
  if (!found) throw problem("not-found", `no endpoint ${id}`);
  return found;
}

/** Removed ones too: their deliveries are still there. */
export async function find(tx: Tx, id: string): Promise<Endpoint | undefined> {
  const [found] = await tx.select().from(endpoint).where(eq(endpoint.id, id));
  return found;
}

/** All of the account's, in the order in which they were made. */
export async function list(tx: Tx): Promise<Endpoint[]> {
  return tx.select().from(endpoint).where(ne(endpoint.state, "removed")).orderBy(asc(endpoint.id));
}

export async function listActive(tx: Tx): Promise<Endpoint[]> {
  return tx.select().from(endpoint).where(eq(endpoint.state, "active"));
}

export async function countAll(tx: Tx): Promise<number> {
  const [row] = await tx.select({ count: count() }).from(endpoint).where(ne(endpoint.state, "removed"));
  return row?.count ?? 0;
}

/** Moves an endpoint if it may go there from where it is. @returns the endpoint as it is then, if it moved */
export async function move(
  tx: Tx,
  id: string,
  to: State,
  reason: string | null = null,
): Promise<Endpoint | undefined> {
  const [moved] = await tx
    .update(endpoint)
    .set({ state: to, disabledReason: reason, failingSince: null })
    .where(and(eq(endpoint.id, id), inArray(endpoint.state, sourcesOf(to))))
    .returning();
  return moved;
}

/** Forgets the address and the secrets of a removed endpoint. */
export async function forgetTarget(tx: Tx, id: string): Promise<void> {
  await tx
    .update(endpoint)
    .set({ targetSealed: "", secretSealed: null, secretBeforeSealed: null, secretBeforeUntil: null })
    .where(and(eq(endpoint.id, id), eq(endpoint.state, "removed")));
}

/** What is undefined stays as it is. */
export async function change(tx: Tx, id: string, wishes: Omit<EndpointChange, "enabled">): Promise<void> {
  const given = Object.entries(wishes).filter(([, value]) => value !== undefined);
  if (given.length > 0) await tx.update(endpoint).set(Object.fromEntries(given)).where(eq(endpoint.id, id));
}

/** Gives a webhook a new secret; the old one signs beside it until `rotationMs` later. */
export async function rotateSecret(
  tx: Tx,
  rotated: Endpoint,
  { secret, at }: { secret: string; at: Date },
  key: Sealed.SealingKey,
): Promise<void> {
  await tx
    .update(endpoint)
    .set({
      secretSealed: Sealed.seal(secret, key),
      secretBeforeSealed: rotated.secretSealed,
      secretBeforeUntil: new Date(at.getTime() + rotationMs),
    })
    .where(eq(endpoint.id, rotated.id));
}

/** Notes that an attempt was taken, or since when none is. @returns since when every attempt has failed */
export async function noteAttempt(
  tx: Tx,
  noted: Endpoint,
  { taken, at }: { taken: boolean; at: Date },
): Promise<Date | null> {
  const failingSince = taken ? null : (noted.failingSince ?? at);
  if (failingSince?.getTime() !== noted.failingSince?.getTime()) {
    await tx.update(endpoint).set({ failingSince }).where(eq(endpoint.id, noted.id));
  }
  return failingSince;
}

/** The secrets that sign at `now`, the newest first. */
export function secretsOf(webhook: Endpoint, now: Date, key: Sealed.SealingKey): string[] {
  const before =
    webhook.secretBeforeUntil !== null && webhook.secretBeforeUntil > now ? webhook.secretBeforeSealed : null;
  return [webhook.secretSealed, before].flatMap((sealed) => (sealed === null ? [] : [openOr(sealed, key)]));
}

export function openTarget(of: Pick<Endpoint, "targetSealed">, key: Sealed.SealingKey): string {
  return openOr(of.targetSealed, key);
}

function openOr(sealed: string, key: Sealed.SealingKey): string {
  const text = Sealed.open(sealed, key);
  if (text === undefined) {
    throw new Error("an endpoint was kept under another DELIVERY_SECRET than the one that is configured");
  }
  return text;
}

export function view(shown: Endpoint, key: Sealed.SealingKey): EndpointView {
  const target = openTarget(shown, key);
  return {
    id: shown.id,
    type: shown.type,
    name: shown.name,
    // What follows the push service's origin is a capability.
    target:
      shown.type === "push" ? new URL((JSON.parse(target) as { endpoint: string }).endpoint).origin : target,
    state: shown.state as EndpointView["state"],
    disabledReason: shown.disabledReason,
    failingSince: shown.failingSince?.toISOString() ?? null,
    levelFrom: shown.levelFrom,
    siteIds: shown.siteIds,
    kinds: shown.kinds,
    quietHours: shown.quietHours,
    boxes: shown.boxes,
    language: shown.language,
    createdAt: shown.createdAt.toISOString(),
  };
}

/** Nothing is told to any of them from now on. */
export async function disableAll(tx: Tx, reason: string): Promise<void> {
  await tx
    .update(endpoint)
    .set({ state: "disabled", disabledReason: reason, failingSince: null })
    .where(inArray(endpoint.state, ["active", "unconfirmed"]));
}
