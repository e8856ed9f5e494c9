/** The evidence log, which anybody may read: no credential is asked for, and so the typed client has nothing of it. */
import type { Checkpoint, Consistency } from "@vigil/core/custody/wire";
import { bounded, type Settle } from "./asking.ts";

export type { Checkpoint, Consistency };

export type LogApi = {
  /** The newest signed state. */
  logCheckpoint: (signal?: AbortSignal) => Promise<Checkpoint>;
  /** Proof that it was only ever added to between these sizes. */
  logConsistency: (from: number, to: number) => Promise<Consistency>;
};

export function logCalls(settle: Settle): LogApi {
  return {
    logCheckpoint: async (signal) => (await settle(read("/v1/log/checkpoint", signal))) as Checkpoint,
    logConsistency: async (from, to) =>
      (await settle(read(`/v1/log/consistency?from=${from}&to=${to}`))) as Consistency,
  };
}

async function read(
  path: string,
  signal?: AbortSignal,
): Promise<{ data?: unknown; error?: unknown; response: Response }> {
  const response = await fetch(path, { signal: bounded(signal), cache: "no-cache" });
  const body: unknown = await response.json().catch(() => undefined);
  return response.ok ? { data: body, response } : { error: body, response };
}
