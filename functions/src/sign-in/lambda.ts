/** Sign-in as a Lambda function of its own, so that the path of events loads nothing of it. */
import { timingSafeEqual } from "node:crypto";
import { hash } from "@vigil/core/key";
import type { Context } from "hono";
import { handle } from "hono/aws-lambda";
import { signInConfigFromEnvironment } from "./config.ts";
import { viewerHeader } from "./library.ts";
import { serveSignIn } from "./serve.ts";

const config = signInConfigFromEnvironment();
const { ROUTER_KEY: routerKey } = config;
if (routerKey === undefined) {
  throw new Error("expected ROUTER_KEY: a public stage has a router in front of it");
}

/** The router's word, if it is the router's: anybody may call the function's own address. */
function viewerOf(c: Context): string | undefined {
  const key = c.req.header("x-vigil-router") ?? "";
  const isRouter = timingSafeEqual(hash(key), hash(routerKey ?? ""));
  return isRouter ? c.req.header(viewerHeader) : undefined;
}

export const handler = handle(serveSignIn(config, viewerOf).app);
