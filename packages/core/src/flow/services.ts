/** What every flow is given: the database, the outside world behind small interfaces, and time. */
import type { KeyObject } from "node:crypto";
import type { Database } from "../db/index.ts";
import type { Blobs } from "../platform/blobs.ts";
import type { Clock } from "../platform/clock.ts";
import type { Coalesced } from "../platform/coalesce.ts";
import type { Payments } from "../platform/payments.ts";
import type { Queue } from "../platform/queue.ts";
import type { Tracer } from "../platform/trace.ts";
import type { ReceiverPolicy } from "../platform/webhook-url.ts";
import type { QueueName } from "../review/wire.ts";
import type { SealingKey } from "../sealed-text.ts";

export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** What messages to people need. */
export type Telling = {
  /** Under which endpoints' addresses and secrets are kept. */
  endpointKey: SealingKey;
  /** Where links lead, to the console and to the API behind it: without a slash at the end. */
  consoleOrigin: string;
  receivers: ReceiverPolicy;
  /** What this installation can tell beside webhooks. */
  offered: {
    email: boolean /** What browsers subscribe with; null: no web push. */;
    vapidPublicKey: string | null;
  };
  /** 0..1, for jitter. */
  random(): number;
};

export type Services = {
  database: Database;
  blobs: Blobs;
  jobs: Record<QueueName, Queue>;
  /** Chunks of runs. */
  bulk: Queue;
  /** Ed25519, private: jobs are signed with it when they are sent. */
  jobSigningKey: KeyObject;
  /** Delayed messages that close sessions. */
  sessionsDue: Queue;
  /** Deliveries that are due. */
  deliveries: Queue;
  /** What nobody could finish. */
  deadLetters: Queue;
  clock: Clock;
  /** Dispatching jobs, in this process: whoever asks while it is going on shares the next run. */
  dispatchInTurn: Coalesced<number>;
  /** Dispatching chunks of runs, likewise. */
  chunksInTurn: Coalesced<number>;
  /** Dispatching deliveries, likewise. */
  deliveriesInTurn: Coalesced<number>;
  telling: Telling;
  /** Where tiers are bought; null where none are sold. */
  payments: Payments | null;
  /** The number of the newest entry of an account's stream; 0 where it has none. */
  newestEntry(accountId: string): Promise<number>;
  log: Log;
  tracer: Tracer;
  policy: {
    sessionGapSeconds: number;
    /** For how many days pictures are kept at most, whatever the tier. */
    evidenceDays: number;
  };
};
