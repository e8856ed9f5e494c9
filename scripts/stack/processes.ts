/** What the API and the worker are started with. */
import { join } from "node:path";
import { publicKeyOf } from "@vigil/core/review/job-signature";
import * as z from "zod";
import type { MailCatcher } from "../local/mail-catcher.ts";
import type { Queues } from "../local/queues.ts";
import type { StripeStandIn } from "../local/stripe/index.ts";
import type { TraceCatcher } from "../local/trace-catcher.ts";
import { type Child, startChild } from "./child.ts";
import type { Database } from "./database.ts";
import { writeSecretJson } from "./keep-json.ts";
import type { LocalFile } from "./local-file.ts";
import type { ProcessNotes } from "./orphans.ts";
import { paths } from "./paths.ts";
import type { Secrets } from "./secrets.ts";
import { type KeptWorker, keepWorker } from "./worker.ts";

/** What both need to know. `local` is complete but for the worker's own address. */
export type Surroundings = {
  local: LocalFile;
  /** The API itself, also where something stands in front of it. */
  apiUrl: string;
  database: Database;
  queues: Queues;
  mail: MailCatcher;
  stripe: StripeStandIn;
  traces: TraceCatcher;
  secrets: Secrets;
  notes: ProcessNotes;
  /** Whether they start anew when their sources change. */
  watch: boolean;
};

const ApiReady = z.object({ apiUrl: z.string() });
export type ApiReady = z.infer<typeof ApiReady>;

export const bucket = "vigil-evidence";
export const queueRegion = "eu-west-2";
/** As R2 calls its only region. */
export const storageRegion = "auto";
export const apiLog = join(paths.logs, "api.log");

/** Silence that ends a session; short, because nobody wants to wait at a desk. */
const sessionGapSeconds = 2;
const apiReadyMsMax = 60_000;

function queueSettings({ queues, secrets }: Surroundings): Record<string, string> {
  return {
    AWS_REGION: queueRegion,
    SQS_ENDPOINT: queues.endpoint,
    SQS_ACCESS_KEY_ID: secrets.queues.accessKeyId,
    SQS_SECRET_ACCESS_KEY: secrets.queues.secretAccessKey,
    PRIORITY_QUEUE_URL: queues.urls["vigil-priority"],
    STANDARD_QUEUE_URL: queues.urls["vigil-standard"],
    BULK_QUEUE_URL: queues.urls["vigil-bulk"],
  };
}

export function startApi(surroundings: Surroundings): Promise<Child<ApiReady>> {
  const { local, database, queues, mail, stripe, traces, secrets, notes } = surroundings;
  return startChild({
    name: "API",
    args: [...watchFlags(surroundings.watch), "functions/src/local.ts"],
    environment: {
      ...queueSettings(surroundings),
      DATABASE_URL: database.appUrl,
      SIGN_IN_DATABASE_URL: database.signInUrl,
      SIGN_IN_SECRET: secrets.signInSecret,
      JOB_SIGNING_KEY: secrets.jobSigningKey,
      SESSION_QUEUE_URL: queues.urls["vigil-session"],
      DELIVERY_QUEUE_URL: queues.urls["vigil-delivery"],
      DEAD_LETTER_QUEUE_URL: queues.urls["vigil-dead-letter"],
      EVIDENCE_BUCKET: bucket,
      EVIDENCE_ENDPOINT: local.s3Url,
      EVIDENCE_REGION: storageRegion,
      EVIDENCE_ACCESS_KEY_ID: secrets.storage.accessKeyId,
      EVIDENCE_SECRET_ACCESS_KEY: secrets.storage.secretAccessKey,
      CONSOLE_ORIGIN: local.consoleUrl,
      DELIVERY_SECRET: secrets.deliverySecret,
      LOCAL_RECEIVERS: "true",
      SMTP_URL: mail.smtpUrl,
      MAIL_FROM: "Vigil <vigil@localhost.localdomain>",
      ...stripe.environment,
      VAPID_PUBLIC_KEY: secrets.vapid.publicKey,
      VAPID_PRIVATE_KEY: secrets.vapid.privateKey,
      VAPID_SUBJECT: "mailto:vigil@localhost.localdomain",
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
      TRACES_URL: traces.tracesUrl,
      SESSION_GAP_SECONDS: String(sessionGapSeconds),
      API_PORT: new URL(surroundings.apiUrl).port,
    },
    logFile: apiLog,
    readyFile: paths.ready("api"),
    ready: ApiReady,
    readyMsMax: apiReadyMsMax,
    onSpawn: (pid) => notes.note("api", pid),
  });
}

function watchFlags(watch: boolean): string[] {
  return watch ? ["--watch", "--watch-preserve-output"] : [];
}

/** `say` tells of a worker that died and is replaced. */
export function startWorker(surroundings: Surroundings, say: (text: string) => void): Promise<KeptWorker> {
  const { local, notes, secrets, traces } = surroundings;
  return keepWorker({
    flags: watchFlags(surroundings.watch),
    environment: {
      ...queueSettings(surroundings),
      API_URL: surroundings.apiUrl,
      WORKER_KEY: local.workerKey,
      JOB_PUBLIC_KEYS: publicKeyOf(secrets.jobSigningKey),
      EVIDENCE_HOST: local.s3Url,
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
    },
    onSpawn: (pid) => notes.note("worker", pid),
    onDeath: say,
    async onReady({ metricsUrl }) {
      local.workerMetricsUrl = metricsUrl;
      await writeSecretJson(paths.local, local);
    },
  });
}
