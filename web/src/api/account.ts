/** What the console asks about the account as a whole: its settings, what was done in it, and what it was told. */
import type { Client } from "@vigil/client";
import { bounded, type Settle } from "./asking.ts";
import type { Account, AccountChange, AuditPage, Delivery, DeliveryPage } from "./contract.ts";

export type AccountApi = {
  changeAccount: (change: AccountChange) => Promise<Account>;
  /** Nothing that was called false weighs less any more. */
  forgetDismissals: () => Promise<void>;
  auditPage: (cursor: string | undefined, signal?: AbortSignal) => Promise<AuditPage>;
  /** What was told to every endpoint, newest first. */
  deliveries: (cursor: string | undefined, signal?: AbortSignal) => Promise<DeliveryPage>;
  /** With its message and every attempt. */
  delivery: (id: string, signal?: AbortSignal) => Promise<Delivery>;
};

const perPage = 50;
const pageAt = (cursor: string | undefined) => ({
  query: { limit: perPage, ...(cursor === undefined ? {} : { cursor }) },
});

export function accountCalls(client: Client, settle: Settle): AccountApi {
  return {
    changeAccount: (body) => settle(client.PATCH("/v1/account", { body, signal: bounded() })),
    forgetDismissals: async () => {
      await settle(client.DELETE("/v1/dismissals", { signal: bounded() }));
    },
    auditPage: (cursor, signal) =>
      settle(client.GET("/v1/audit", { params: pageAt(cursor), signal: bounded(signal) })),
    deliveries: (cursor, signal) =>
      settle(client.GET("/v1/deliveries", { params: pageAt(cursor), signal: bounded(signal) })),
    delivery: (id, signal) =>
      settle(client.GET("/v1/deliveries/{id}", { params: { path: { id } }, signal: bounded(signal) })),
  };
}
