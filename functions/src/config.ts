/** The environment of every function, parsed once. A bad one stops the start with all its faults. */

import { keeping, session } from "@vigil/core/limits";
import { readHeaders } from "@vigil/core/platform/otlp";
import { readSigningKey } from "@vigil/core/review/job-signature";
import type { PaidTier } from "@vigil/core/tiers";
import * as z from "zod";
import type { SignInSettings } from "./sign-in-cookie.ts";
import type { PaymentSettings } from "./stripe/payments.ts";
import type { StripeSettings } from "./stripe/read-event.ts";

function signingKey({ value, issues }: z.core.ParsePayload<string>): void {
  try {
    readSigningKey(value);
  } catch (error) {
    issues.push({ code: "custom", message: error instanceof Error ? error.message : "", input: undefined });
  }
}

function headers({ value, issues }: z.core.ParsePayload<string>): void {
  try {
    readHeaders(value);
  } catch (error) {
    issues.push({ code: "custom", message: error instanceof Error ? error.message : "", input: undefined });
  }
}

const Config = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(1).max(100).default(10),
    AWS_REGION: z.string().min(1),
    PRIORITY_QUEUE_URL: z.url(),
    STANDARD_QUEUE_URL: z.url(),
    BULK_QUEUE_URL: z.url(),
    SESSION_QUEUE_URL: z.url(),
    DELIVERY_QUEUE_URL: z.url(),
    DEAD_LETTER_QUEUE_URL: z.url(),
    /** Keeps the addresses and secrets of endpoints, and signs links in e-mails: at least 32 random characters. */
    DELIVERY_SECRET: z.string().min(32),
    /** `smtps://user:password@host`. Without it no e-mail is sent, and none can be asked for. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    /** `Vigil <alerts@example.com>` */
    MAIL_FROM: z.string().min(3).optional(),
    /** For web push (RFC 8292): `npx web-push generate-vapid-keys`, and `mailto:` or `https:` of whoever runs this. */
    VAPID_PUBLIC_KEY: z.string().min(80).optional(),
    VAPID_PRIVATE_KEY: z.string().min(40).optional(),
    VAPID_SUBJECT: z
      .string()
      .regex(/^(mailto:|https:)/)
      .optional(),
    /** The local stack only: webhooks and push may go to this machine, over plain HTTP too. */
    LOCAL_RECEIVERS: z.stringbool().default(false),
    /** Certificates of authorities beyond the system's that webhooks are checked against, PEM. */
    WEBHOOK_CA: z.string().optional(),
    /** What sign-in signs its cookies with: at least 32 random characters, the same for both. */
    SIGN_IN_SECRET: z.string().min(32),
    /** Signs jobs: an Ed25519 private key, PKCS #8, DER, in base64. Workers have its public half. */
    JOB_SIGNING_KEY: z.string().check(signingKey),
    /** Only where the queue is not AWS's own. */
    SQS_ENDPOINT: z.url().optional(),
    SQS_ACCESS_KEY_ID: z.string().optional(),
    SQS_SECRET_ACCESS_KEY: z.string().optional(),
    EVIDENCE_BUCKET: z.string().min(1),
    /** Only where the bucket is not on S3: R2, or the local store. */
    EVIDENCE_ENDPOINT: z.url().optional(),
    EVIDENCE_REGION: z.string().default("auto"),
    EVIDENCE_ACCESS_KEY_ID: z.string().optional(),
    EVIDENCE_SECRET_ACCESS_KEY: z.string().optional(),
    /** What binds an upload to its content: what the store enforces, as `npm run check:store` tells. */
    EVIDENCE_BINDING: z.enum(["checksum", "payload"]).default("checksum"),
    /** An authority that time-stamps signed states of the evidence log (RFC 3161). Unset: nobody is asked. */
    TSA_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Pictures are kept for at most so many days; a tier, or an owner, may have fewer. */
    EVIDENCE_DAYS: z.coerce.number().int().min(1).max(keeping.daysMax).default(90),
    /** Where people meet Vigil: the console, and the API and sign-in behind it. */
    CONSOLE_ORIGIN: z.url(),
    /** Silence that ends a session, in seconds. */
    SESSION_GAP_SECONDS: z.coerce
      .number()
      .int()
      .min(session.gapSecondsMin)
      .max(session.gapSecondsMax)
      .default(session.gapSecondsDefault),
    /** Where subscriptions are sold: the secret of the webhook, and what each tier's price is called. All three or none. */
    STRIPE_WEBHOOK_SECRET: z.string().min(1).optional(),
    STRIPE_PRICE_GUARDIAN: z.string().min(1).optional(),
    STRIPE_PRICE_PRO: z.string().min(1).optional(),
    /** With it accounts buy in the console: a secret or restricted key that may make checkout and portal sessions, and read prices. */
    STRIPE_SECRET_KEY: z.string().min(8).optional(),
    /** The local stack only: where its stand-in for Stripe is. */
    STRIPE_API_URL: z.url().optional(),
    /** Whoever reads the API's metrics must have it. Public stages do not start without one. */
    SCRAPER_KEY: z
      .string()
      .regex(/^[\w.~+/-]{24,200}=*$/, "expected at least 24 of A-Z a-z 0-9 . _ ~ + / -")
      .optional(),
    /** What the router in front proves itself with, so that its word on who asks is believed; unset: there is none in front. */
    ROUTER_KEY: z.string().min(16).optional(),
    /** Set by Lambda: where it unpacked the function. */
    LAMBDA_TASK_ROOT: z.string().min(1).optional(),
    /** A file of `npm run train:text`: texts are then compared with those that it was learned from. Unset: with none. */
    TEXT_HEAD: z.string().min(1).optional(),
    /** A collector of OpenTelemetry that spans are sent to, and what it wants to be shown, `name=value,…`. Unset: nothing is recorded. */
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    OTEL_EXPORTER_OTLP_HEADERS: z.string().check(headers).optional(),
    /** The local stack only: where the last traces can be read. */
    TRACES_URL: z.url().optional(),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
    /** The local server only: its port (0: any), and a file that it writes its address to. */
    API_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    READY_FILE: z.string().optional(),
  })
  .refine(
    (env) => (env.EVIDENCE_ACCESS_KEY_ID === undefined) === (env.EVIDENCE_SECRET_ACCESS_KEY === undefined),
    {
      message: "EVIDENCE_ACCESS_KEY_ID and EVIDENCE_SECRET_ACCESS_KEY go together",
    },
  )
  .refine(
    (env) =>
      new Set(
        [env.STRIPE_WEBHOOK_SECRET, env.STRIPE_PRICE_GUARDIAN, env.STRIPE_PRICE_PRO].map(
          (value) => value === undefined,
        ),
      ).size === 1,
    { message: "STRIPE_WEBHOOK_SECRET, STRIPE_PRICE_GUARDIAN and STRIPE_PRICE_PRO go together" },
  )
  .refine((env) => env.STRIPE_SECRET_KEY === undefined || env.STRIPE_PRICE_PRO !== undefined, {
    message: "STRIPE_SECRET_KEY needs STRIPE_WEBHOOK_SECRET and the prices beside it",
  })
  .refine((env) => (env.SMTP_URL === undefined) === (env.MAIL_FROM === undefined), {
    message: "SMTP_URL and MAIL_FROM go together",
  })
  .refine(
    (env) =>
      new Set(
        [env.VAPID_PUBLIC_KEY, env.VAPID_PRIVATE_KEY, env.VAPID_SUBJECT].map((value) => value === undefined),
      ).size === 1,
    { message: "VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY and VAPID_SUBJECT go together" },
  );
export type Config = Readonly<z.infer<typeof Config>>;

/** @throws Error that lists every fault at once */
export function parseConfig(env: Record<string, string | undefined>): Config {
  const parsed = Config.safeParse(env);
  if (parsed.success) return Object.freeze(parsed.data);
  const faults = parsed.error.issues.map(
    (issue) => `  ${issue.path.join(".") || "environment"}: ${issue.message}`,
  );
  throw new Error(`the environment is not fit to start with:\n${faults.join("\n")}`);
}

/** How a browser's cookie is told to be sign-in's own. */
export function signInOf({ CONSOLE_ORIGIN: origin, SIGN_IN_SECRET: secret }: Config): SignInSettings {
  return { origin, secret };
}

/** Undefined where no subscriptions are sold. */
export function stripeOf(config: Config): StripeSettings | undefined {
  const { STRIPE_WEBHOOK_SECRET: webhookSecret } = config;
  const { guardian, pro } = {
    guardian: config.STRIPE_PRICE_GUARDIAN,
    pro: config.STRIPE_PRICE_PRO,
  } satisfies Record<PaidTier, string | undefined>;
  if (webhookSecret === undefined || guardian === undefined || pro === undefined) return undefined;
  return { webhookSecret, tierOfPrice: { [guardian]: "guardian", [pro]: "pro" } };
}

/** Null where accounts buy nothing by themselves. */
export function paymentSettingsOf(config: Config): PaymentSettings | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_PRICE_GUARDIAN: guardian, STRIPE_PRICE_PRO: pro } = config;
  if (secretKey === undefined || guardian === undefined || pro === undefined) return null;
  return { secretKey, apiUrl: config.STRIPE_API_URL, priceOfTier: { guardian, pro } };
}

export function configFromEnvironment(): Config {
  return parseConfig(process.env);
}
