/** The API as a Lambda function behind a function URL, which anybody can reach. */
import { handle } from "hono/aws-lambda";
import { createApp } from "./app.ts";
import { signInOf, stripeOf } from "./config.ts";
import { fromEnvironment } from "./services.ts";

const { config, services } = fromEnvironment();
const { SCRAPER_KEY: scraperKey } = config;
if (scraperKey === undefined) {
  throw new Error("expected SCRAPER_KEY: the metrics of a public stage have a key");
}

export const handler = handle(
  createApp(services, { signIn: signInOf(config), stripe: stripeOf(config), scraperKey }),
);
