/** The API as a Lambda function behind a function URL. */
import { handle } from "hono/aws-lambda";
import { stripeOf } from "../config.ts";
import { fromEnvironment } from "../services.ts";
import { createApp } from "./app.ts";

const { config, services } = fromEnvironment();

export const handler = handle(
  createApp(services, { consoleOrigin: config.CONSOLE_ORIGIN, stripe: stripeOf(config) }),
);
