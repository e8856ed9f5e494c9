/**
 * The public and the worker API, on a function URL: it costs nothing beside the invocations, streams, and lets a
 * request run longer than the 30 s of API Gateway. Lambda takes request bodies of at most 6 MB, and binary ones reach
 * it in base64: a multipart event above about 4.5 MB is refused here, and announces its evidence for upload instead.
 */
import { stream as streamLimits } from "../packages/core/src/limits.ts";
import { config } from "./config.ts";
import { functionDefaults } from "./function.ts";
import { manifestReader } from "./manifest-reader.ts";
import { routerKey } from "./sign-in-secret.ts";
import { storage } from "./storage.ts";
import { stripe } from "./subscription.ts";

/** Whoever reads the metrics must have it. */
const scraperKey = new sst.Secret("ScraperKey");

const atMost = (requests: number | undefined) =>
  requests === undefined ? {} : { concurrency: { reserved: requests } };
const reserved = atMost(config.API_CONCURRENCY_MAX);

/** A head for texts, where the operator has named one: a file in the archive of what checks them. */
const textHead = config.TEXT_HEAD === undefined ? [] : [{ from: config.TEXT_HEAD, to: "text-head.json" }];
const textHeadAt: Record<string, string> =
  textHead.length > 0 ? { TEXT_HEAD: "/var/task/text-head.json" } : {};

export const api = new sst.aws.Function("Api", {
  ...functionDefaults,
  handler: "functions/src/lambda.handler",
  description: "Vigil's public and worker API",
  timeout: "30 seconds",
  environment: {
    ...functionDefaults.environment,
    ...stripe,
    ...textHeadAt,
    SCRAPER_KEY: scraperKey.value,
    ROUTER_KEY: routerKey,
  },
  permissions: [...functionDefaults.permissions, ...storage.writeGrants],
  // What blackens what masks cover, and what reads manifests: loaded when they are needed, and not before.
  nodejs: { ...functionDefaults.nodejs, install: ["sharp", ...manifestReader.packages] },
  // Every route authenticates its caller itself, and answers CORS itself, for the console's origin alone.
  // What /docs serves is read from the package, which a bundle does not contain.
  copyFiles: [
    ...["package.json", "swagger-ui.css", "swagger-ui-bundle.js"].map((file) => ({
      from: `node_modules/swagger-ui-dist/${file}`,
    })),
    ...manifestReader.files,
    ...textHead,
  ],
  url: { authorization: "none", cors: false },
  ...reserved,
});

/** What devices report to: part of the API in a function of its own, which wakes in half the time. */
export const accept = new sst.aws.Function("Accept", {
  ...functionDefaults,
  handler: "functions/src/accept-lambda.handler",
  description: "Takes events from devices",
  nodejs: { ...functionDefaults.nodejs, install: ["sharp"] },
  timeout: "30 seconds",
  permissions: [...functionDefaults.permissions, ...storage.writeGrants],
  url: { authorization: "none", cors: false },
  ...reserved,
});

/** What is asked of texts and pictures: it streams, and reads and writes the database alone. */
export const authenticity = new sst.aws.Function("Authenticity", {
  ...functionDefaults,
  environment: { ...functionDefaults.environment, ...textHeadAt },
  handler: "functions/src/authenticity-lambda.handler",
  description: "Says whether texts and pictures are what they claim to be",
  timeout: "60 seconds",
  streaming: true,
  permissions: [],
  nodejs: { ...functionDefaults.nodejs, install: [...manifestReader.packages] },
  copyFiles: [...manifestReader.files, ...textHead],
  url: { authorization: "none", cors: false },
  ...reserved,
});

/**
 * What an open page follows. An instance serves one page, and nobody tells it when its reader has gone: it ends by itself
 * after `followMsMax`, and the page comes back. It reads one table, and may do nothing on AWS.
 */
export const stream = new sst.aws.Function("Stream", {
  ...functionDefaults,
  handler: "functions/src/stream-lambda.handler",
  description: "Tells open pages what happens",
  memory: "128 MB",
  timeout: `${Math.ceil(streamLimits.followMsMax / 1000) + 30} seconds`,
  streaming: true,
  environment: { ...functionDefaults.environment, DATABASE_CONNECTIONS_MAX: "1" },
  permissions: [],
  url: { authorization: "none", cors: false },
  ...atMost(config.STREAM_CONCURRENCY_MAX),
});

/** Without a slash at its end, as every client expects it. */
const addressOf = ({ url }: sst.aws.Function) => url.apply((value) => value.replace(/\/$/, ""));
export const apiUrl = addressOf(api);
export const acceptUrl = addressOf(accept);
export const authenticityUrl = addressOf(authenticity);
export const streamUrl = addressOf(stream);
