/** Endpoints and deliveries in words. */

import type { DeliverySummary, Endpoint } from "../api/contract.ts";
import { everywhere } from "../words/say.ts";
import { say } from "./say.ts";

/** From which level on it is told, and of what. */
export function wantsOf({ levelFrom, kinds }: Pick<Endpoint, "levelFrom" | "kinds">): string {
  return say.wants(everywhere.levelsWithin[levelFrom], kinds.map((kind) => say.kinds[kind]).join(", "));
}

export function stateOf({ state, failingSince }: Endpoint): string {
  if (state === "unconfirmed") return say.waitsForConfirmation;
  if (state === "disabled") return say.off;
  return failingSince === null ? say.on : say.failing;
}

export function outcomeOf({ state, attempts, reason }: DeliverySummary): string {
  const why = reason === null ? null : everywhere.reported(reason);
  switch (state) {
    case "delivered":
      return attempts <= 1 ? say.delivered : say.deliveredAfter(attempts);
    case "pending":
      return attempts === 0 ? say.onItsWay : say.triedAgain(attempts, why ?? say.noAnswer);
    case "failed":
      return say.failed(why ?? say.noAnswer);
    case "dropped":
      return say.notSent(why ?? say.nobodyTold);
  }
}
