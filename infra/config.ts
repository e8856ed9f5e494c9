/** What an operator may set for a deployment, read from the environment of `sst deploy`. Every value has a default. */
import * as z from "zod";
import { edge, keeping, session } from "../packages/core/src/limits.ts";

const Config = z
  .object({
    /** Where the console is served, e.g. console.example.com; a CloudFront address when unset. */
    CONSOLE_DOMAIN: z.hostname().optional(),
    /**
     * Where devices report to, on Cloudflare in front of the API (`edge.ts`); unset: to the API itself. With it, set
     * CLOUDFLARE_API_TOKEN and CLOUDFLARE_DEFAULT_ACCOUNT_ID for `sst deploy`.
     */
    EDGE_DOMAIN: z.hostname().optional(),
    /** How large a body the plan there takes: 100 MB, on Business 200, on Enterprise 500. */
    EDGE_BODY_BYTES_MAX: z.coerce
      .number()
      .int()
      .min(1_000_000)
      .max(500_000_000)
      .default(edge.bodyBytesDefault),
    /** Tells this stage's counters of requests from others of the same account there. */
    EDGE_RATE_NAMESPACE: z.coerce.number().int().min(1).default(1001),
    /** Alarms are mailed here; without it they are only seen in CloudWatch. */
    ALARM_EMAIL: z.email().optional(),
    /** Evidence is kept for at most so many days, whatever its account's tier. */
    EVIDENCE_DAYS: z.coerce.number().int().min(1).max(keeping.daysMax).default(90),
    /** An authority that time-stamps signed states of the evidence log (RFC 3161); unset: nobody is asked. */
    TSA_URL: z.url({ protocol: /^https?$/ }).optional(),
    /**
     * A collector of OpenTelemetry that spans are sent to (OTLP over HTTP); unset: nothing is recorded. What it wants to be shown
     * is the secret CollectorHeaders, `name=value,…`.
     */
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    /** Where evidence is not kept on S3: the address of another store (R2) and its bucket; both or none. With them, set two secrets. */
    EVIDENCE_ENDPOINT: z.url({ protocol: /^https$/ }).optional(),
    EVIDENCE_BUCKET: z.string().min(3).optional(),
    EVIDENCE_REGION: z.string().min(1).default("auto"),
    /** What binds an upload to its content there, as `npm run check:store` tells. */
    EVIDENCE_BINDING: z.enum(["checksum", "payload"]).default("checksum"),
    /** A file of `npm run train:text` that is deployed with what checks texts; unset: none is. */
    TEXT_HEAD: z.string().min(1).optional(),
    /** Stripe's price ids of the paid tiers; both or none. With them, set the secret StripeWebhookSecret. */
    STRIPE_PRICE_GUARDIAN: z.string().min(1).optional(),
    STRIPE_PRICE_PRO: z.string().min(1).optional(),
    /** `Vigil <alerts@example.com>`: mails are sent from here. With it, set the secret SmtpUrl. */
    MAIL_FROM: z.string().min(3).optional(),
    /** For web push: `npx web-push generate-vapid-keys`; both or none. With them, set the secret VapidPrivateKey. */
    VAPID_PUBLIC_KEY: z.string().min(80).optional(),
    /** `mailto:` or `https:` of whoever runs this installation. */
    VAPID_SUBJECT: z
      .string()
      .regex(/^(mailto:|https:)/)
      .optional(),
    /** A session closes when no event came for this long. */
    SESSION_GAP_SECONDS: z.coerce
      .number()
      .int()
      .min(session.gapSecondsMin)
      .max(session.gapSecondsMax)
      .default(session.gapSecondsDefault),
    /**
     * Requests that the API serves at once; more are refused with 429. Unset, the account's own limit holds.
     * AWS refuses a reservation that leaves the account fewer than 100, so a new account cannot set it.
     */
    API_CONCURRENCY_MAX: z.coerce.number().int().min(1).optional(),
    /**
     * Pages that follow the stream at once; the console of others asks from time to time instead. Unset, open pages can use up
     * the account's limit, and events are then refused. AWS reserves it under the same condition.
     */
    STREAM_CONCURRENCY_MAX: z.coerce.number().int().min(1).optional(),
  })
  .refine((env) => (env.EVIDENCE_ENDPOINT === undefined) === (env.EVIDENCE_BUCKET === undefined), {
    message: "EVIDENCE_ENDPOINT and EVIDENCE_BUCKET go together",
  });

const parsed = Config.safeParse(process.env);
if (!parsed.success) {
  throw new Error(`the deployment's environment is wrong:\n${z.prettifyError(parsed.error)}`);
}

export const config = Object.freeze(parsed.data);
