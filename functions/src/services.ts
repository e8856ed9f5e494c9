/** Puts the outside world together for the flows. */

import { connect } from "@vigil/core/db";
import * as Endpoint from "@vigil/core/endpoint";
import type { Log, Services } from "@vigil/core/flow";
import { stream } from "@vigil/core/limits";
import { s3Blobs, sqsQueue } from "@vigil/core/platform/aws";
import { systemClock } from "@vigil/core/platform/clock";
import { coalesce } from "@vigil/core/platform/coalesce";
import type { SpanExport } from "@vigil/core/platform/otlp";
import { createTracer } from "@vigil/core/platform/trace";
import { readSigningKey } from "@vigil/core/review/job-signature";
import * as Stream from "@vigil/core/stream";
import { type Config, configFromEnvironment } from "./config.ts";
import { createLog } from "./log.ts";
import { spanExportOf } from "./span-export.ts";

function createServices(config: Config, log: Log, spans: SpanExport | undefined): Services {
  const sqs = {
    region: config.AWS_REGION,
    endpoint: config.SQS_ENDPOINT,
    credentials: credentials(config.SQS_ACCESS_KEY_ID, config.SQS_SECRET_ACCESS_KEY),
  };
  const database = connect(config.DATABASE_URL, { connectionsMax: config.DATABASE_CONNECTIONS_MAX });
  return {
    database,
    blobs: s3Blobs({
      bucket: config.EVIDENCE_BUCKET,
      region: config.EVIDENCE_ENDPOINT ? config.EVIDENCE_REGION : config.AWS_REGION,
      endpoint: config.EVIDENCE_ENDPOINT,
      credentials: credentials(config.EVIDENCE_ACCESS_KEY_ID, config.EVIDENCE_SECRET_ACCESS_KEY),
      binding: config.EVIDENCE_BINDING,
    }),
    jobs: {
      priority: sqsQueue({ ...sqs, url: config.PRIORITY_QUEUE_URL }),
      standard: sqsQueue({ ...sqs, url: config.STANDARD_QUEUE_URL }),
    },
    bulk: sqsQueue({ ...sqs, url: config.BULK_QUEUE_URL }),
    jobSigningKey: readSigningKey(config.JOB_SIGNING_KEY),
    sessionsDue: sqsQueue({ ...sqs, url: config.SESSION_QUEUE_URL }),
    deliveries: sqsQueue({ ...sqs, url: config.DELIVERY_QUEUE_URL }),
    deadLetters: sqsQueue({ ...sqs, url: config.DEAD_LETTER_QUEUE_URL }),
    clock: systemClock,
    dispatchInTurn: coalesce(),
    chunksInTurn: coalesce(),
    deliveriesInTurn: coalesce(),
    telling: {
      endpointKey: Endpoint.keyOf(config.DELIVERY_SECRET),
      consoleOrigin: config.CONSOLE_ORIGIN.replace(/\/$/, ""),
      receivers: { localReceivers: config.LOCAL_RECEIVERS },
      offered: {
        email: config.SMTP_URL !== undefined,
        vapidPublicKey: config.VAPID_PUBLIC_KEY ?? null,
      },
      random: Math.random,
    },
    // The API's alone (`stripe/payments.ts`): no other function carries the provider's library.
    payments: null,
    newestEntry: Stream.watchNewest((ids) => Stream.listNewest(database.sql, ids), stream.gatherMs),
    log,
    tracer: createTracer({ record: spans?.record }),
    policy: { sessionGapSeconds: config.SESSION_GAP_SECONDS, evidenceDays: config.EVIDENCE_DAYS },
  };
}

function credentials(accessKeyId: string | undefined, secretAccessKey: string | undefined) {
  return accessKeyId !== undefined && secretAccessKey !== undefined
    ? { accessKeyId, secretAccessKey }
    : undefined;
}

type Shared = {
  config: Config;
  services: Services /** Undefined where spans go nowhere. */;
  spans: SpanExport | undefined;
};
let shared: Shared | undefined;

/** The services of this process: made on first use and kept, so that a warm Lambda keeps its connections. */
export function fromEnvironment(): Shared {
  if (!shared) {
    const config = configFromEnvironment();
    const log = createLog(config.LOG_LEVEL);
    const spans = spanExportOf(config, log);
    shared = { config, services: createServices(config, log, spans), spans };
  }
  return shared;
}
