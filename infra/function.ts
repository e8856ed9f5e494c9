/** What the API and the functions behind it have in common: runtime, environment, and what they may touch. */
import { bundling } from "../functions/bundling.ts";
import { cdn } from "./cdn.ts";
import { config } from "./config.ts";
import { databaseUrl } from "./database.ts";
import { signingKey } from "./job-signing.ts";
import { bulk, deadLetter, delivery, priority, sendGrants, session, standard } from "./queue.ts";
import { signInSecret } from "./sign-in-secret.ts";
import { spans } from "./spans.ts";
import { storage } from "./storage.ts";
import { deliverySecret, telling } from "./telling.ts";

const onlyLambda = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" });

export const functionDefaults = {
  runtime: "nodejs24.x",
  architecture: "arm64",
  memory: "1024 MB",
  logging: { format: "json", retention: "1 month" },
  nodejs: bundling,
  environment: {
    DATABASE_URL: databaseUrl.value,
    JOB_SIGNING_KEY: signingKey.value,
    SIGN_IN_SECRET: signInSecret.value,
    // An instance serves one request at a time; the pool of all of them is the database's own.
    DATABASE_CONNECTIONS_MAX: "2",
    PRIORITY_QUEUE_URL: priority.url,
    STANDARD_QUEUE_URL: standard.url,
    BULK_QUEUE_URL: bulk.url,
    SESSION_QUEUE_URL: session.url,
    DELIVERY_QUEUE_URL: delivery.url,
    DELIVERY_SECRET: deliverySecret.value,
    ...telling,
    ...spans,
    DEAD_LETTER_QUEUE_URL: deadLetter.url,
    ...storage.environment,
    CONSOLE_ORIGIN: cdn.url,
    EVIDENCE_DAYS: String(config.EVIDENCE_DAYS),
    SESSION_GAP_SECONDS: String(config.SESSION_GAP_SECONDS),
  },
  // `permissions` and not `link`: linking a queue or a bucket would grant sqs:* and s3:*.
  permissions: [...sendGrants, ...storage.readGrants],
  transform: {
    role: (args) => {
      // SST also lets everybody in the account assume the role, which only its live development needs.
      if (!$dev) args.assumeRolePolicy = onlyLambda;
    },
  },
} satisfies Partial<sst.aws.FunctionArgs>;
