/** Where paid tiers come from: Stripe's webhooks, when both price ids are configured. Without them operators set tiers. */
import { config } from "./config.ts";

function stripeEnvironment(): Record<string, $util.Input<string>> {
  const { STRIPE_PRICE_GUARDIAN, STRIPE_PRICE_PRO } = config;
  if (STRIPE_PRICE_GUARDIAN === undefined || STRIPE_PRICE_PRO === undefined) return {};
  const webhookSecret = new sst.Secret("StripeWebhookSecret");
  return { STRIPE_WEBHOOK_SECRET: webhookSecret.value, STRIPE_PRICE_GUARDIAN, STRIPE_PRICE_PRO };
}

export const stripe = stripeEnvironment();
