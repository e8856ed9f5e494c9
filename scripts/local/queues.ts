/**
 * SQS for the local stack: fauxqs, which implements the queues, behind a gate that verifies every request's signature
 * and listens on the loopback interface only. With a data folder, messages outlive the process.
 *
 * @example
 *   await using queues = await startQueues({ region: "local", credentials, dataDir: ".vigil/queues" });
 *   sqsQueue({ url: queues.urls["vigil-priority"], endpoint: queues.endpoint, region: "local", credentials });
 */

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { queue as limits } from "@vigil/core/limits";
import { buildApp } from "fauxqs";
import * as z from "zod";
import { Refusal } from "./refusal.ts";
import { parseTarget, verify } from "./sigv4.ts";

export type QueueName =
  | "vigil-priority"
  | "vigil-standard"
  | "vigil-bulk"
  | "vigil-session"
  | "vigil-delivery"
  | "vigil-dead-letter";

export type QueuesOptions = {
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Absent: messages live in memory. */
  dataDir?: string;
  /** 0 takes a free one. */
  port?: number;
  /** 1..43,200; how long a received message stays hidden unless its receiver says otherwise. */
  visibilitySeconds?: number;
  receivesMax?: number;
};
export type Queues = AsyncDisposable & {
  endpoint: string;
  port: number;
  urls: Record<QueueName, string>;
  stop(): Promise<void>;
};

const bodyBytesMax = 4 * limits.messageBytesMax;
const accountId = "000000000000";
const fourteenDaysSeconds = 14 * 24 * 60 * 60;

type Stores = NonNullable<NonNullable<Parameters<typeof buildApp>[0]>["stores"]>;
type QueueStore = Stores["sqsStore"];

type Persistence = NonNullable<QueueStore["persistence"]>;
type Part = Record<string, new (dataDir?: string) => unknown>;

async function make(path: string, name: string, dataDir?: string): Promise<unknown> {
  const part = (await import(new URL(path, import.meta.resolve("fauxqs")).href)) as Part;
  const Made = part[name];
  if (!Made) {
    throw new Error(`fauxqs has no ${name} in ${path}: expected the version that package.json names`);
  }
  return new Made(dataDir);
}

/**
 * fauxqs 2.4.1 writes nulls into columns that forbid them when a message is released (visibility 0), which loses the
 * message; this writes what was meant.
 */
function repairRelease(persistence: Persistence): void {
  const released = persistence["db"].prepare(
    "UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?",
  );
  persistence.updateMessageReady = (messageId) => {
    released.run(messageId);
  };
}

/**
 * fauxqs's own `startFauxqs` would listen on every interface without asking for credentials, so its parts are put
 * together here. The package exports only its main file; the others lie beside it.
 */
async function openStores(dataDir: string | undefined): Promise<Stores & { close: () => void }> {
  const sqsStore = (await make("./sqs/sqsStore.js", "SqsStore")) as QueueStore;
  const snsStore = (await make("./sns/snsStore.js", "SnsStore")) as Stores["snsStore"];
  const s3Store = (await make("./s3/s3Store.js", "S3Store")) as Stores["s3Store"];
  if (dataDir === undefined) return { sqsStore, snsStore, s3Store, close: () => undefined };
  const persistence = (await make("./persistence.js", "PersistenceManager", dataDir)) as Persistence;
  repairRelease(persistence);
  // Loading comes before the stores learn where to write, or loading would write.
  persistence.loadSqsAndSns(sqsStore, snsStore);
  sqsStore.persistence = persistence;
  for (const present of sqsStore.allQueues()) present.persistence = persistence;
  return { sqsStore, snsStore, s3Store, close: () => persistence.close() };
}

/** Makes the queues that are not there and brings the settings of all of them up to date. */
function declareQueues(
  store: QueueStore,
  endpoint: string,
  options: QueuesOptions,
): Record<QueueName, string> {
  const arn = (name: string) => `arn:aws:sqs:${options.region}:${accountId}:${name}`;
  const common = { MessageRetentionPeriod: String(fourteenDaysSeconds) };
  const redrive = {
    deadLetterTargetArn: arn("vigil-dead-letter"),
    maxReceiveCount: options.receivesMax ?? limits.receivesMax,
  };
  const work = {
    ...common,
    VisibilityTimeout: String(options.visibilitySeconds ?? limits.visibilitySeconds),
    RedrivePolicy: JSON.stringify(redrive),
  };
  const declare = (name: QueueName, attributes: Record<string, string>): string => {
    const url = `${endpoint}/${accountId}/${name}`;
    const present = store.getQueueByArn(arn(name));
    if (present) present.setAttributes(attributes);
    else store.createQueue(name, url, arn(name), attributes);
    return url;
  };
  return {
    "vigil-dead-letter": declare("vigil-dead-letter", common),
    "vigil-priority": declare("vigil-priority", work),
    "vigil-standard": declare("vigil-standard", work),
    "vigil-bulk": declare("vigil-bulk", work),
    "vigil-session": declare("vigil-session", work),
    "vigil-delivery": declare("vigil-delivery", work),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > bodyBytesMax) throw new Refusal("EntityTooLarge", "The request is too long.");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function checkedBody(request: IncomingMessage, options: QueuesOptions): Promise<Buffer> {
  const { path, query } = parseTarget(request.url ?? "/");
  const payload = await verify(
    { method: request.method ?? "POST", path, query, headers: request.headers },
    { service: "sqs", region: options.region, credentials: options.credentials },
    new Date(),
  );
  const body = await readBody(request);
  if (createHash("sha256").update(body).digest("hex") !== payload) {
    throw new Refusal("SignatureDoesNotMatch", "The body differs from what was signed.");
  }
  return body;
}

/** AWS JSON protocol 1.0: the error's name stands in `__type`. */
function answerError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const refusal =
    error instanceof Refusal ? error : new Refusal("InternalError", "We encountered an internal error.");
  const body = JSON.stringify({
    __type: `com.amazon.coral.service#${refusal.code}`,
    message: refusal.message,
  });
  response
    .writeHead(refusal.status, { "content-type": "application/x-amz-json-1.0", connection: "close" })
    .end(body);
}

const Received = z.object({ Messages: z.array(z.object({ ReceiptHandle: z.string() })) });

/** Messages for a long poll whose caller has gone away are released at once rather than after their visibility timeout. */
function giveBack(store: QueueStore, request: Buffer, reply: Buffer): void {
  const received = Received.safeParse(JSON.parse(reply.toString()));
  const wanted = z.object({ QueueUrl: z.string() }).safeParse(JSON.parse(request.toString()));
  if (!received.success || !wanted.success) return;
  const queue = store.getQueue(wanted.data.QueueUrl);
  for (const { ReceiptHandle } of received.data.Messages) queue?.changeVisibility(ReceiptHandle, 0);
}

export async function startQueues(options: QueuesOptions): Promise<Queues> {
  const stores = await openStores(options.dataDir);
  const app = buildApp({ logger: false, defaultRegion: options.region, stores });
  await app.ready();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const payload = await checkedBody(request, options);
    const headers = { ...request.headers, host: "127.0.0.1" };
    const reply = await app.inject({ method: "POST", url: "/", headers, payload });
    if (response.destroyed) {
      giveBack(stores.sqsStore, payload, reply.rawPayload);
      return;
    }
    response.writeHead(reply.statusCode, { "content-type": String(reply.headers["content-type"]) });
    response.end(reply.rawPayload);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => answerError(response, error));
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(options.port ?? 0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeAllConnections();
    await closed;
    await app.close();
    stores.close();
  };
  return {
    endpoint,
    port,
    urls: declareQueues(stores.sqsStore, endpoint, options),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
