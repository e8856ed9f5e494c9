/** Sign-in as a Lambda function of its own, so that the path of events loads nothing of it. */
import { handle } from "hono/aws-lambda";
import { viewerByRouter } from "../viewer.ts";
import { signInConfigFromEnvironment } from "./config.ts";
import { serveSignIn } from "./serve.ts";

const config = signInConfigFromEnvironment();
const { ROUTER_KEY: routerKey } = config;
if (routerKey === undefined) {
  throw new Error("expected ROUTER_KEY: a public stage has a router in front of it");
}

export const handler = handle(serveSignIn(config, viewerByRouter(routerKey)).app);
