/** What the console asks about the account as a whole: everything of it in archives, its erasure, and its owners' consents. */
import type { Client } from "@vigil/client";
import { bounded, type Settle } from "./asking.ts";
import type { AccountExport, Consent, Erasure, SiteConsents } from "./contract.ts";

export type WholeAccountApi = {
  /** The newest first, without links. */
  exports: (signal?: AbortSignal) => Promise<AccountExport[]>;
  askExport: () => Promise<AccountExport>;
  /** With links that are good for a minute. */
  export: (id: string) => Promise<AccountExport>;
  /** Null: none was asked for. */
  erasure: (signal?: AbortSignal) => Promise<Erasure | null>;
  askErasure: (name: string) => Promise<Erasure>;
  callOffErasure: () => Promise<void>;
  /** Of every site. */
  consents: (signal?: AbortSignal) => Promise<SiteConsents[]>;
  changeConsent: (siteId: string, kind: Consent["kind"], given: boolean) => Promise<Consent>;
};

export function wholeAccountCalls(client: Client, settle: Settle): WholeAccountApi {
  return {
    exports: async (signal) =>
      (await settle(client.GET("/v1/account/exports", { signal: bounded(signal) }))).items,
    askExport: () => settle(client.POST("/v1/account/exports", { signal: bounded() })),
    export: (id) =>
      settle(client.GET("/v1/account/exports/{id}", { params: { path: { id } }, signal: bounded() })),
    erasure: async (signal) =>
      (await settle(client.GET("/v1/account/erasure", { signal: bounded(signal) }))).erasure,
    askErasure: (name) => settle(client.POST("/v1/account/erasure", { body: { name }, signal: bounded() })),
    callOffErasure: async () => {
      await settle(client.DELETE("/v1/account/erasure", { signal: bounded() }));
    },
    consents: async (signal) => (await settle(client.GET("/v1/consents", { signal: bounded(signal) }))).items,
    changeConsent: (id, kind, given) => {
      const params = { path: { id, kind } };
      return settle(
        client.PUT("/v1/sites/{id}/consents/{kind}", { params, body: { given }, signal: bounded() }),
      );
    },
  };
}
