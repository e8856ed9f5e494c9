/** What every flow is given: the database, the outside world behind small interfaces, and time. */
import type { KeyObject } from "node:crypto";
import type { Database } from "../db/index.ts";
import type { Blobs } from "../platform/blobs.ts";
import type { Clock } from "../platform/clock.ts";
import type { Coalesced } from "../platform/coalesce.ts";
import type { Queue } from "../platform/queue.ts";
import type { QueueName } from "../review/wire.ts";

export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

export type Services = {
  database: Database;
  blobs: Blobs;
  jobs: Record<QueueName, Queue>;
  /** Ed25519, private: jobs are signed with it when they are sent. */
  jobSigningKey: KeyObject;
  /** Delayed messages that close sessions. */
  sessionsDue: Queue;
  /** What nobody could finish. */
  deadLetters: Queue;
  clock: Clock;
  /** Dispatching jobs, in this process: whoever asks while it is going on shares the next run. */
  dispatchInTurn: Coalesced<number>;
  log: Log;
  policy: {
    sessionGapSeconds: number;
  };
};
