/**
 * One turn: some items frozen, posted, and their evidence delivered. Each step is durable before the next one begins, and
 * each may be repeated: whatever a crash interrupts is done again with the same bytes under the same ids.
 */

import type { End } from "../store/endings.ts";
import type { Store } from "../store/index.ts";
import type { Item } from "../store/item.ts";
import type { Accepted } from "../store/outbox.ts";
import { type Api, type Later, later, type Reply } from "./api.ts";
import { deliverEvidence } from "./deliver-evidence.ts";
import { heardAt } from "./heard-at.ts";
import type { Poster } from "./post-events.ts";
import type { AcceptedEvent } from "./read-answer.ts";
import { render } from "./render.ts";
import type { KeyTeller } from "./tell-key.ts";

export type TurnParts = {
  api: Api;
  poster: Poster;
  keyTeller: KeyTeller;
  store: Pick<Store, "freeze" | "settle" | "boots" | "readEvidence" | "loseEvidence">;
  /** True time, milliseconds since 1970. */
  now: () => number;
  /** The cloud has the event, and says what it makes of it. */
  onAccepted: (item: Item, event: AcceptedEvent) => void;
  /** This item has to be tried again, later than the others. */
  onLater: (id: string, why: string, retryAfterMs: number) => void;
  onDone: (id: string) => void;
};

/** Pieces of evidence that are under way at once. */
const deliveredAtOnceMax = 4;

/** What stood in the way of all items of a turn. */
export type Blocked = Later | { kind: "unauthorised"; detail: string };

/** @returns undefined when at least one item has come further */
export async function takeTurn(parts: TurnParts, items: readonly Item[]): Promise<Blocked | undefined> {
  const bodies = await freeze(parts, items);
  const posted = bodies.length > 0 ? await post(parts, bodies) : { accepted: [], blocked: undefined };
  if (posted.blocked?.kind === "unauthorised") return posted.blocked;
  const uploads = new Map(posted.accepted.map(({ id, ...accepted }) => [id, accepted]));
  const pending = items.flatMap((item) => {
    const before = item.eventId ? { eventId: item.eventId, uploads: undefined } : undefined;
    const known = uploads.get(item.id) ?? before;
    return known ? [{ item, ...known }] : [];
  });
  const delivered = await deliverAll(parts, pending);
  // Where one thing gets through, the way is open, and what failed waits by itself.
  if (delivered?.kind === "unauthorised") return delivered;
  if (bodies.length > 0 && !posted.blocked) return undefined;
  return pending.length > 0 && !delivered ? undefined : (posted.blocked ?? delivered);
}

type Body = { item: Item; body: string };

/** Renders what has no body yet, in one commit. What the API's schema would refuse goes to the ledger. */
async function freeze(parts: TurnParts, items: readonly Item[]): Promise<Body[]> {
  const now = parts.now();
  const fresh = items.filter(({ state }) => state === "heard");
  const boots = fresh.length > 0 ? await parts.store.boots() : [];
  const refused: End[] = [];
  const rendered = fresh.flatMap((item) => {
    const result = render(item, heardAt(item.at, item.boot, boots, now), now);
    if ("body" in result) return [{ item, body: result.body }];
    refused.push({ id: item.id, outcome: "refused", reason: "invalid-body", detail: result.refused });
    return [];
  });
  if (rendered.length > 0) {
    await parts.store.freeze(rendered.map(({ item, body }) => ({ id: item.id, body })));
  }
  if (refused.length > 0) await end(parts, refused);
  const bodies = new Map(rendered.map((one) => [one.item.id, one]));
  return items.flatMap((item) => {
    if (item.state === "frozen" && item.body !== null) return [{ item, body: item.body }];
    const one = bodies.get(item.id);
    return one ? [one] : [];
  });
}

async function end(parts: TurnParts, ended: readonly End[]): Promise<void> {
  await parts.store.settle({ accepted: [], ended });
  for (const { id } of ended) parts.onDone(id);
}

type AcceptedWithUploads = Accepted & { uploads: AcceptedEvent["uploads"] };

/** Posts events and writes down what the API said of each. */
async function post(
  parts: TurnParts,
  bodies: readonly Body[],
): Promise<{ accepted: AcceptedWithUploads[]; blocked: Blocked | undefined }> {
  const reply = await parts.poster.post(bodies.map(({ body }) => body));
  if (reply.kind === "answer") return settlePosted(parts, bodies, reply.value);
  if (reply.kind === "absent") return { accepted: [], blocked: later("no events are taken there") };
  const [only, ...others] = bodies;
  if (reply.kind === "later" && reply.blame === "item" && only && others.length === 0) {
    parts.onLater(only.item.id, reply.why, reply.retryAfterMs);
  }
  if (reply.kind !== "refused") return { accepted: [], blocked: reply };
  // The API refuses the batch, not an event: only one that stands alone is known to be meant.
  if (!only || others.length > 0) return { accepted: [], blocked: later(reply.code, 0, "item") };
  await end(parts, [{ id: only.item.id, outcome: "refused", reason: reply.code, detail: reply.detail }]);
  return { accepted: [], blocked: undefined };
}

async function settlePosted(
  parts: TurnParts,
  bodies: readonly Body[],
  replies: readonly Reply<AcceptedEvent>[],
): Promise<{ accepted: AcceptedWithUploads[]; blocked: Blocked | undefined }> {
  const accepted: AcceptedWithUploads[] = [];
  const ended: End[] = [];
  const told: { item: Item; event: AcceptedEvent }[] = [];
  let blocked: Blocked | undefined;
  for (const [index, reply] of replies.entries()) {
    const item = bodies[index]?.item;
    if (!item) break;
    if (reply.kind === "answer") {
      const event = reply.value;
      told.push({ item, event });
      if (item.evidence.length > 0) accepted.push({ id: item.id, eventId: event.id, uploads: event.uploads });
      else ended.push({ id: item.id, outcome: "forwarded", reason: event.status ?? "accepted", detail: "" });
    } else if (reply.kind === "refused") {
      ended.push({ id: item.id, outcome: "refused", reason: reply.code, detail: reply.detail });
    } else {
      const wait = reply.kind === "later" ? reply : later("no answer for it");
      parts.onLater(item.id, wait.why, wait.retryAfterMs);
      blocked ??= wait;
    }
  }
  if (accepted.length + ended.length > 0) {
    await parts.store.settle({ accepted, ended });
    blocked = undefined;
  }
  for (const { id } of ended) parts.onDone(id);
  for (const { item, event } of told) parts.onAccepted(item, event);
  return { accepted, blocked };
}

type Pending = { item: Item; eventId: string; uploads: AcceptedEvent["uploads"] | undefined };

/** @returns what stood in the way, when none arrived */
async function deliverAll(parts: TurnParts, pending: readonly Pending[]): Promise<Blocked | undefined> {
  const waiting = [...pending];
  let blocked: Blocked | undefined;
  let arrived = 0;
  const deliver = async (): Promise<void> => {
    for (let next = waiting.shift(); next && blocked?.kind !== "unauthorised"; next = waiting.shift()) {
      const reply = await deliverEvidence(parts, next.item, next.eventId, next.uploads);
      if (reply.kind === "answer") {
        for (const lost of reply.value) await parts.store.loseEvidence(lost);
        await end(parts, [{ id: next.item.id, outcome: "forwarded", reason: "accepted", detail: "" }]);
        arrived += 1;
      } else if (reply.kind === "unauthorised") {
        blocked = reply;
      } else {
        const wait = reply.kind === "later" ? reply : later("no seal there");
        parts.onLater(next.item.id, wait.why, wait.retryAfterMs);
        blocked ??= wait;
      }
    }
  };
  await Promise.all(Array.from({ length: deliveredAtOnceMax }, deliver));
  return arrived > 0 && blocked?.kind === "later" ? undefined : blocked;
}
