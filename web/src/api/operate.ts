/** What the operators' page asks: how busy the system is, what nobody could finish, the ledger of all, and accounts. */

import { createClient } from "@vigil/client";
import { spokenLanguage } from "../words/spoken.ts";
import { bounded } from "./asking.ts";
import type {
  AccountPage,
  DeadLetterPage,
  Disagreements,
  Experiment,
  Load,
  Models,
  OperatorLedger,
  Tier,
  TraceList,
} from "./contract.ts";
import { settleWith } from "./settle.ts";

export type OperatorApi = {
  load: (signal?: AbortSignal) => Promise<Load>;
  ledger: (signal?: AbortSignal) => Promise<OperatorLedger>;
  deadLetters: (cursor: string | undefined, signal?: AbortSignal) => Promise<DeadLetterPage>;
  redrive: (reviewId: string) => Promise<void>;
  /** @param words a part of a name, or an id; empty: all */
  accounts: (words: string, cursor: string | undefined, signal?: AbortSignal) => Promise<AccountPage>;
  models: (signal?: AbortSignal) => Promise<Models>;
  experiments: (signal?: AbortSignal) => Promise<{ items: Experiment[] }>;
  disagreements: (experimentId: string, signal?: AbortSignal) => Promise<Disagreements>;
  answerDisagreement: (experimentId: string, no: number, right: "a" | "b" | "neither") => Promise<void>;
  /** @param after the newest decision that was seen */
  rollBackModel: (after: number, reason: string) => Promise<void>;
  promoteModel: (sha256: string, after: number, reason: string) => Promise<void>;
  traces: (signal?: AbortSignal) => Promise<TraceList>;
  setTier: (accountId: string, tier: Tier) => Promise<void>;
};

const perPage = 25;
const pageAt = (cursor: string | undefined) => ({
  limit: perPage,
  ...(cursor === undefined ? {} : { cursor }),
});

/** @param onSignedOut the key is not accepted any more */
export function operate(token: string, onSignedOut?: () => void): OperatorApi {
  const client = createClient({ url: location.origin, language: spokenLanguage(), token, cache: "no-cache" });
  const settle = settleWith({ onSignedOut });
  return {
    load: (signal) => settle(client.GET("/operator/v1/load", { signal: bounded(signal) })),
    ledger: (signal) => settle(client.GET("/operator/v1/ledger", { signal: bounded(signal) })),
    deadLetters: (cursor, signal) => {
      const params = { query: pageAt(cursor) };
      return settle(client.GET("/operator/v1/dead-letters", { params, signal: bounded(signal) }));
    },
    redrive: async (id) => {
      const params = { path: { id } };
      await settle(client.POST("/operator/v1/reviews/{id}/redrive", { params, signal: bounded() }));
    },
    accounts: (words, cursor, signal) => {
      const params = { query: { ...pageAt(cursor), ...(words === "" ? {} : { words }) } };
      return settle(client.GET("/operator/v1/accounts", { params, signal: bounded(signal) }));
    },
    models: (signal) => settle(client.GET("/operator/v1/models", { signal: bounded(signal) })),
    experiments: (signal) => settle(client.GET("/operator/v1/experiments", { signal: bounded(signal) })),
    disagreements: (id, signal) => {
      const params = { path: { id } };
      return settle(
        client.GET("/operator/v1/experiments/{id}/disagreements", { params, signal: bounded(signal) }),
      );
    },
    answerDisagreement: async (id, no, right) => {
      const params = { path: { id, no } };
      const path = "/operator/v1/experiments/{id}/disagreements/{no}/answer";
      await settle(client.PUT(path, { params, body: { right }, signal: bounded() }));
    },
    rollBackModel: async (after, reason) => {
      const body = { after, reason };
      await settle(client.POST("/operator/v1/models/roll-backs", { body, signal: bounded() }));
    },
    promoteModel: async (sha256, after, reason) => {
      const body = { sha256, after, reason };
      await settle(client.POST("/operator/v1/models/promotions", { body, signal: bounded() }));
    },
    traces: (signal) => settle(client.GET("/operator/v1/traces", { signal: bounded(signal) })),
    setTier: async (id, tier) => {
      const params = { path: { id } };
      await settle(
        client.PUT("/operator/v1/accounts/{id}/tier", { params, body: { tier }, signal: bounded() }),
      );
    },
  };
}
