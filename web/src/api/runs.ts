/** What the console asks of bulk intakes. */
import type { Client } from "@vigil/client";
import { bounded, type Settle } from "./asking.ts";
import type { Run, RunAction, RunGroup, RunGroupDecision, RunItem } from "./contract.ts";

/** A list as far as it was asked for, and whether that is all of it. */
export type Listed<Value> = { items: Value[]; isWhole: boolean };

export type RunsApi = {
  /** Bulk intakes, newest first. */
  runs: (signal?: AbortSignal) => Promise<Run[]>;
  run: (id: string, signal?: AbortSignal) => Promise<Run>;
  moveRun: (id: string, action: RunAction) => Promise<Run>;
  runGroups: (id: string, pages: number, signal?: AbortSignal) => Promise<Listed<RunGroup>>;
  /** Items of a group, or with `none` those that stand alone. */
  runItems: (
    id: string,
    of: { group: string; pages: number },
    signal?: AbortSignal,
  ) => Promise<Listed<RunItem>>;
  decideGroups: (id: string, decision: RunGroupDecision) => Promise<void>;
};

const groupsAPage = 50;
const itemsAPage = 100;

export function runCalls(client: Client, settle: Settle): RunsApi {
  return {
    runs: async (signal) => (await settle(client.GET("/v1/runs", { signal: bounded(signal) }))).items,
    run: (id, signal) =>
      settle(client.GET("/v1/runs/{id}", { params: { path: { id } }, signal: bounded(signal) })),
    moveRun: (id, action) => {
      const params = { path: { id } };
      return settle(client.POST("/v1/runs/{id}/actions", { params, body: { action }, signal: bounded() }));
    },
    runGroups: (id, pages, signal) =>
      listPages(pages, async (after) => {
        const params = { path: { id }, query: { limit: groupsAPage, after } };
        const asked = client.GET("/v1/runs/{id}/groups", { params, signal: bounded(signal) });
        const { groups, nextAfter } = await settle(asked);
        return { items: groups as RunGroup[], nextAfter };
      }),
    runItems: (id, { group, pages }, signal) =>
      listPages(pages, async (after) => {
        const params = { path: { id }, query: { limit: itemsAPage, after, group } };
        const asked = client.GET("/v1/runs/{id}/items", { params, signal: bounded(signal) });
        const { items, nextAfter } = await settle(asked);
        return { items: items as RunItem[], nextAfter };
      }),
    decideGroups: async (id, decision) => {
      const params = { path: { id } };
      await settle(client.POST("/v1/runs/{id}/groups", { params, body: decision, signal: bounded() }));
    },
  };
}

/** One page after the other. */
async function listPages<Value>(
  pages: number,
  load: (after: number) => Promise<{ items: Value[]; nextAfter: number | null }>,
): Promise<Listed<Value>> {
  const items: Value[] = [];
  let after: number | null = -1;
  for (let page = 0; page < pages && after !== null; page += 1) {
    const loaded = await load(after);
    items.push(...loaded.items);
    after = loaded.nextAfter;
  }
  return { items, isWhole: after === null };
}
