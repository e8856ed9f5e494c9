/** Whether an endpoint is told of something. */
import { atLeast, type Level } from "../level.ts";
import type { DeliveryKind, WantedKind } from "./wire.ts";

/** Something to tell. `siteId` null: it concerns no one site. */
export type Subject = { kind: DeliveryKind; level: Level; siteId: string | null };

export type Wish = { levelFrom: Level; siteIds: readonly string[] | null; kinds: readonly WantedKind[] };

/** Kinds whose level says how serious it is; of the others an endpoint hears whatever its level. */
const levelled = new Set<DeliveryKind>(["digest", "addendum", "assessment"]);

/** Kinds that nobody asks for: they are about endpoints themselves. */
function isUnasked(kind: DeliveryKind): kind is Exclude<DeliveryKind, WantedKind> {
  return kind === "endpoint" || kind === "confirm" || kind === "test";
}

export function wants(wish: Wish, subject: Subject): boolean {
  if (isUnasked(subject.kind)) return true;
  if (!wish.kinds.includes(subject.kind)) return false;
  if (subject.siteId !== null && wish.siteIds !== null && !wish.siteIds.includes(subject.siteId)) {
    return false;
  }
  return !levelled.has(subject.kind) || atLeast(subject.level, wish.levelFrom);
}
