/** Secrets of the local stack: random per checkout, made on the first start. */
import { randomBytes } from "node:crypto";
import { createVapidKeys } from "@vigil/core/platform/push";
import { createSigningKey } from "@vigil/core/review/job-signature";
import * as z from "zod";
import { readJson, writeSecretJson } from "./keep-json.ts";
import { paths } from "./paths.ts";

const Secrets = z.object({
  /** Passwords of PostgreSQL's owner and of the application's role. */
  ownerPassword: z.string(),
  appPassword: z.string(),
  signInPassword: z.string().default(() => random(24)),
  /** What sign-in signs its cookies with. */
  signInSecret: z.string().default(() => random(32)),
  /** The API's key to the evidence bucket; nobody else has it. */
  storage: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  /** The key to the queues, of the API and the worker. */
  queues: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  /** The API signs jobs with it; the worker is given its public half. A checkout of before it had jobs signed gets one. */
  jobSigningKey: z.string().default(createSigningKey),
  /** Keeps endpoints' addresses and secrets. */
  deliverySecret: z.string().default(() => random(32)),
  /** Of the stand-in for Stripe. */
  stripeKey: z.string().default(() => `sk_test_${random(12)}`),
  stripeWebhookSecret: z.string().default(() => `whsec_${random(12)}`),
  vapid: z.object({ publicKey: z.string(), privateKey: z.string() }).default(createVapidKeys),
});
export type Secrets = z.infer<typeof Secrets>;

const random = (bytes: number) => randomBytes(bytes).toString("hex");

export async function keepSecrets(): Promise<Secrets> {
  const secrets = (await readJson(paths.secrets, Secrets)) ?? {
    ownerPassword: random(24),
    appPassword: random(24),
    signInPassword: random(24),
    signInSecret: random(32),
    storage: { accessKeyId: `storage-${random(6)}`, secretAccessKey: random(24) },
    queues: { accessKeyId: `queues-${random(6)}`, secretAccessKey: random(24) },
    jobSigningKey: createSigningKey(),
    deliverySecret: random(32),
    stripeKey: `sk_test_${random(12)}`,
    stripeWebhookSecret: `whsec_${random(12)}`,
    vapid: createVapidKeys(),
  };
  await writeSecretJson(paths.secrets, secrets);
  return secrets;
}
