/** The API as a Lambda function behind a function URL, which anybody can reach. */
import { handle } from "hono/aws-lambda";
import { createApp } from "./app.ts";
import { checkToolsOf, placedBy } from "./check-tools.ts";
import { paymentSettingsOf, signInOf, stripeOf } from "./config.ts";
import { traceSettingsOf } from "./operator-api/traces.ts";
import { fromEnvironment } from "./services.ts";
import { flushing } from "./span-export.ts";
import { stripePayments } from "./stripe/payments.ts";
import { viewerByRouter } from "./viewer.ts";

const { config, services: plain, spans } = fromEnvironment();
const services = { ...plain, payments: stripePayments(paymentSettingsOf(config)) };
const { SCRAPER_KEY: scraperKey, ROUTER_KEY: routerKey } = config;
if (scraperKey === undefined) {
  throw new Error("expected SCRAPER_KEY: the metrics of a public stage have a key");
}
if (routerKey === undefined) {
  throw new Error("expected ROUTER_KEY: a public stage has a router in front of it");
}

export const handler = flushing(
  spans,
  handle(
    createApp(services, {
      signIn: signInOf(config),
      stripe: stripeOf(config),
      scraperKey,
      viewerOf: viewerByRouter(routerKey),
      checks: checkToolsOf(services, placedBy(config)),
      traces: traceSettingsOf(config),
    }),
  ),
);
