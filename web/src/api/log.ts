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
    logCheckpoint: (signal) => settle(read<Checkpoint>("/v1/log/checkpoint", signal)),
    logConsistency: (from, to) => settle(read<Consistency>(`/v1/log/consistency?from=${from}&to=${to}`)),
  };
}

async function read<Body>(
  path: string,
  signal?: AbortSignal,
): Promise<{ data?: Body; error?: unknown; response: Response }> {
  const response = await fetch(path, { signal: bounded(signal), cache: "no-cache" });
  const body: unknown = await response.json().catch(() => undefined);
  return response.ok ? { data: body as Body, response } : { error: body, response };
}
