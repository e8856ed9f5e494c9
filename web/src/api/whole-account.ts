/** What the console asks about the account as a whole: everything of it in archives, and its erasure. */
import type { Client } from "@vigil/client";
import { bounded, type Settle } from "./asking.ts";
import type { AccountExport, Erasure } from "./contract.ts";

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
  };
}
