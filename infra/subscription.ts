/**
 * Where paid tiers come from: Stripe, when both price ids are configured. Its webhooks tell who pays, and with the secret key
 * accounts buy in the console. Without them operators set tiers.
 */
import { config } from "./config.ts";

function stripeEnvironment(): Record<string, $util.Input<string>> {
  const { STRIPE_PRICE_GUARDIAN, STRIPE_PRICE_PRO } = config;
  if (STRIPE_PRICE_GUARDIAN === undefined || STRIPE_PRICE_PRO === undefined) return {};
  const webhookSecret = new sst.Secret("StripeWebhookSecret");
  const secretKey = new sst.Secret("StripeSecretKey");
  return {
    STRIPE_WEBHOOK_SECRET: webhookSecret.value,
    STRIPE_SECRET_KEY: secretKey.value,
    STRIPE_PRICE_GUARDIAN,
    STRIPE_PRICE_PRO,
  };
}

export const stripe = stripeEnvironment();
