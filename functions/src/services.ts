/** Puts the outside world together for the flows. */

import { connect } from "@vigil/core/db";
import type { Services } from "@vigil/core/flow";
import { s3Blobs, sqsQueue } from "@vigil/core/platform/aws";
import { systemClock } from "@vigil/core/platform/clock";
import { coalesce } from "@vigil/core/platform/coalesce";
import { readSigningKey } from "@vigil/core/review/job-signature";
import { pino } from "pino";
import { type Config, configFromEnvironment } from "./config.ts";

function createServices(config: Config): Services {
  const sqs = {
    region: config.AWS_REGION,
    endpoint: config.SQS_ENDPOINT,
    credentials: credentials(config.SQS_ACCESS_KEY_ID, config.SQS_SECRET_ACCESS_KEY),
  };
  return {
    database: connect(config.DATABASE_URL, { connectionsMax: config.DATABASE_CONNECTIONS_MAX }),
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
    jobSigningKey: readSigningKey(config.JOB_SIGNING_KEY),
    sessionsDue: sqsQueue({ ...sqs, url: config.SESSION_QUEUE_URL }),
    deadLetters: sqsQueue({ ...sqs, url: config.DEAD_LETTER_QUEUE_URL }),
    clock: systemClock,
    dispatchInTurn: coalesce(),
    log: pino({ level: config.LOG_LEVEL, base: null }),
    policy: { sessionGapSeconds: config.SESSION_GAP_SECONDS },
  };
}

function credentials(accessKeyId: string | undefined, secretAccessKey: string | undefined) {
  return accessKeyId !== undefined && secretAccessKey !== undefined
    ? { accessKeyId, secretAccessKey }
    : undefined;
}

let shared: { config: Config; services: Services } | undefined;

/** The services of this process: made on first use and kept, so that a warm Lambda keeps its connections. */
export function fromEnvironment(): { config: Config; services: Services } {
  if (!shared) {
    const config = configFromEnvironment();
    shared = { config, services: createServices(config) };
  }
  return shared;
}
