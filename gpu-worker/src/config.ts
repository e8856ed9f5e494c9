/**
 * The worker's settings: every environment variable it reads, parsed once, with all faults listed together.
 * The only file of the worker's pipe that reads the environment.
 */
import { hostname } from "node:os";
import { join } from "node:path";
import { queue, worker } from "@vigil/core/limits";
import { readHeaders } from "@vigil/core/platform/otlp";
import { readPublicKey } from "@vigil/core/review/job-signature";
import * as z from "zod";

const seconds = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const origin = z.url({ protocol: /^https?$/ }).transform((text, context) => {
  const url = new URL(text);
  if (url.pathname !== "/" || url.search !== "" || url.username !== "") {
    context.addIssue({ code: "custom", message: "expected an origin, such as https://host:port" });
  }
  return url.origin;
});
const publicKey = z.string().transform((text, context) => {
  try {
    return readPublicKey(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
const headers = z.string().transform((text, context) => {
  try {
    return readHeaders(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});
/** An absent variable and an empty one mean the same. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const Environment = z
  .object({
    /** Where digests go, such as https://api.example.org. */
    API_URL: z.url({ protocol: /^https?$/ }),
    WORKER_KEY: z.string().regex(/^vgl_wrk_\S+$/, "expected a worker key (vgl_wrk_…)"),
    /** By which jobs are known to be the API's, separated by commas: two while the API's key is being changed. */
    JOB_PUBLIC_KEYS: z
      .string()
      .transform((text) => text.split(",").map((part) => part.trim()))
      .pipe(z.array(publicKey).min(1)),
    /** Shown in digests and metrics; unique in a fleet. */
    WORKER_ID: optional(z.string().min(1).max(100)),

    PRIORITY_QUEUE_URL: z.url(),
    STANDARD_QUEUE_URL: z.url(),
    BULK_QUEUE_URL: z.url(),
    /** Only for an SQS stand-in; AWS is reached by region. */
    SQS_ENDPOINT: optional(z.url()),
    AWS_REGION: z.string().min(1),
    /** Both or neither; the AWS SDK's own chain of credentials is asked otherwise. */
    SQS_ACCESS_KEY_ID: optional(z.string()),
    SQS_SECRET_ACCESS_KEY: optional(z.string()),
    /** Seconds that one long poll waits. A stop waits for the polls that are out. */
    POLL_SECONDS: seconds(1, queue.longPollSeconds).default(queue.longPollSeconds),
    /** Seconds that a job stays hidden from other workers after its last heartbeat. */
    VISIBILITY_SECONDS: seconds(3, 12 * 60 * 60).default(queue.visibilitySeconds),
    /** Seconds between two extensions of a job's visibility. */
    VISIBILITY_HEARTBEAT_SECONDS: seconds(1, 60 * 60).default(queue.heartbeatSeconds),

    /** Origins that evidence may be fetched from, separated by commas. */
    EVIDENCE_HOST: z
      .string()
      .transform((text) => text.split(",").map((part) => part.trim()))
      .pipe(z.array(origin).min(1)),
    /** `allow` for an object store on a private network that is known by name; a literal address needs no permission. */
    EVIDENCE_PRIVATE_ADDRESSES: z.enum(["refuse", "allow"]).default("refuse"),

    /** A name of the catalogue, or the path of an .onnx file. */
    MODEL: z.string().min(1).default("yolov8n"),
    PROVIDER: z.enum(["auto", "cpu", "webgpu", "cuda", "tensorrt"]).default("auto"),
    /** Sessions at once and threads in each; measured at the first start when absent. */
    LANES: optional(z.coerce.number().int().min(1).max(64)),
    THREADS: optional(z.coerce.number().int().min(1).max(64)),
    CACHE_DIR: z
      .string()
      .min(1)
      .default(join(process.cwd(), ".vigil", "cache")),
    /** Second-stage models are fetched and used only when asked for. */
    FACES: z.stringbool().default(false),
    PLATES: z.stringbool().default(false),
    REIDENTIFICATION_MODEL: optional(z.string()),
    /** A PEM file of the certificates whose signed statements of origin (C2PA) are trusted; without it none is. */
    TRUST_LIST: optional(z.string()),

    BATCH_SIZE_MAX: z.coerce.number().int().min(1).max(worker.batchImagesMax).default(8),
    /** Milliseconds that an image waits at most for others to fill its batch while the detector is busy. */
    BATCH_WINDOW_MS: z.coerce.number().int().min(0).max(1_000).default(20),
    /** No further job is taken while this many moments are in hand. */
    MOMENTS_IN_HAND_MAX: z.coerce.number().int().min(1).max(10_000).default(120),

    METRICS_HOST: z.string().min(1).default("127.0.0.1"),
    /** 0 picks a free port. */
    METRICS_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    /** Seconds that work in hand may take after a stop signal before it is given back to the queue. */
    DRAIN_SECONDS: seconds(1, 60 * 60).default(30),
    /**
     * Seconds without any progress, with work in hand, after which the worker calls itself unhealthy. More than the
     * two minutes for which a digest is offered to an API that does not answer.
     */
    STALL_SECONDS: seconds(1, 60 * 60).default(150),
    /** A collector of OpenTelemetry that spans are sent to, and what it wants to be shown, `name=value,…`. Unset: nothing is recorded. */
    OTEL_EXPORTER_OTLP_ENDPOINT: optional(z.url({ protocol: /^https?$/ })),
    OTEL_EXPORTER_OTLP_HEADERS: optional(headers),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    /** Written once the worker is ready: `{ "metricsUrl": … }`. */
    READY_FILE: optional(z.string()),
  })
  .refine((env) => (env.SQS_ACCESS_KEY_ID === undefined) === (env.SQS_SECRET_ACCESS_KEY === undefined), {
    path: ["SQS_SECRET_ACCESS_KEY"],
    message: "expected both SQS_ACCESS_KEY_ID and SQS_SECRET_ACCESS_KEY, or neither",
    when: () => true,
  })
  .refine((env) => env.VISIBILITY_HEARTBEAT_SECONDS * 2 < env.VISIBILITY_SECONDS, {
    path: ["VISIBILITY_HEARTBEAT_SECONDS"],
    message: "expected less than half of VISIBILITY_SECONDS, so that two missed heartbeats release no job",
    when: ({ value }) => isSettings(value),
  })
  .refine((env) => env.DRAIN_SECONDS > env.POLL_SECONDS, {
    path: ["DRAIN_SECONDS"],
    message: "expected more than POLL_SECONDS: a stop waits for the polls that are out",
    when: ({ value }) => isSettings(value),
  });

/** Whether the numbers that the relations compare have all been understood. */
function isSettings(value: unknown): boolean {
  const numbers = ["VISIBILITY_HEARTBEAT_SECONDS", "VISIBILITY_SECONDS", "DRAIN_SECONDS", "POLL_SECONDS"];
  return numbers.every((name) => typeof (value as Record<string, unknown>)[name] === "number");
}

export class BadEnvironment extends Error {
  override readonly name = "BadEnvironment";
}

export type Config = ReturnType<typeof readConfig>;

/** Reads and freezes the settings. Throws `BadEnvironment` with every fault when they are not usable. */
export function readConfig(environment: Record<string, string | undefined> = process.env) {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) throw new BadEnvironment(faults(parsed.error, environment));
  const env = parsed.data;
  return Object.freeze({
    workerId: env.WORKER_ID ?? `${hostname()}-${process.pid}`,
    api: { url: env.API_URL, key: env.WORKER_KEY },
    jobKeys: env.JOB_PUBLIC_KEYS,
    queues: {
      priorityUrl: env.PRIORITY_QUEUE_URL,
      standardUrl: env.STANDARD_QUEUE_URL,
      bulkUrl: env.BULK_QUEUE_URL,
      endpoint: env.SQS_ENDPOINT,
      region: env.AWS_REGION,
      credentials:
        env.SQS_ACCESS_KEY_ID && env.SQS_SECRET_ACCESS_KEY
          ? { accessKeyId: env.SQS_ACCESS_KEY_ID, secretAccessKey: env.SQS_SECRET_ACCESS_KEY }
          : undefined,
      pollSeconds: env.POLL_SECONDS,
      visibilitySeconds: env.VISIBILITY_SECONDS,
      heartbeatSeconds: env.VISIBILITY_HEARTBEAT_SECONDS,
    },
    evidence: { origins: env.EVIDENCE_HOST, privateAddresses: env.EVIDENCE_PRIVATE_ADDRESSES === "allow" },
    model: {
      name: env.MODEL,
      provider: env.PROVIDER,
      lanes: env.LANES,
      threads: env.THREADS,
      cacheDir: env.CACHE_DIR,
    },
    secondStage: {
      faces: env.FACES,
      plates: env.PLATES,
      reidentificationPath: env.REIDENTIFICATION_MODEL,
    },
    provenance: { trustListPath: env.TRUST_LIST },
    batch: { imagesMax: env.BATCH_SIZE_MAX, windowMs: env.BATCH_WINDOW_MS },
    momentsInHandMax: env.MOMENTS_IN_HAND_MAX,
    metrics: { host: env.METRICS_HOST, port: env.METRICS_PORT },
    drainSeconds: env.DRAIN_SECONDS,
    stallSeconds: env.STALL_SECONDS,
    spans: env.OTEL_EXPORTER_OTLP_ENDPOINT
      ? { url: env.OTEL_EXPORTER_OTLP_ENDPOINT, headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? {} }
      : undefined,
    logLevel: env.LOG_LEVEL,
    readyFile: env.READY_FILE,
  });
}

/** One line per fault: the variable, what was expected, and what came unless it is a secret. */
function faults(error: z.ZodError, environment: Record<string, string | undefined>): string {
  const lines = error.issues.map((issue) => {
    const name = String(issue.path[0] ?? "");
    const value = environment[name];
    const got =
      value === undefined ? "nothing" : /KEY|HEADERS/.test(name) ? "something else" : JSON.stringify(value);
    return `  ${name}: ${issue.message}; got ${got}`;
  });
  return `the worker cannot start with this environment:\n${[...new Set(lines)].join("\n")}`;
}
