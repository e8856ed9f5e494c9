/** Endpoints and deliveries in words. */
import type { DeliverySummary, Endpoint, WantedKind } from "../api/contract.ts";

export const kinds: Readonly<Record<WantedKind, string>> = {
  digest: "Digests",
  addendum: "What is added to a digest",
  assessment: "Smoke, gas, fire, break-in: at once",
  summary: "Morning summary",
  device: "Devices in trouble",
  usage: "Allowance used up",
};

export const types: Readonly<Record<Endpoint["type"], string>> = {
  push: "This browser",
  email: "An e-mail address",
  webhook: "A webhook",
};

export function stateOf({ state, failingSince }: Endpoint): string {
  if (state === "unconfirmed") return "waits to be confirmed";
  if (state === "disabled") return "off";
  return failingSince === null ? "on" : "on, but failing";
}

export function outcomeOf({ state, attempts, reason }: DeliverySummary): string {
  const tries = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  switch (state) {
    case "delivered":
      return attempts <= 1 ? "delivered" : `delivered after ${tries}`;
    case "pending":
      return attempts === 0 ? "on its way" : `${tries} so far: ${reason ?? "no answer"}; tried again`;
    case "failed":
      return `failed: ${reason ?? "no answer"}`;
    case "dropped":
      return `not sent: ${reason ?? "nobody is told any more"}`;
  }
}
