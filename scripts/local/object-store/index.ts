/**
 * A local object store that speaks the part of S3 that Vigil uses (PUT, GET with Range, HEAD, DELETE, ListObjectsV2, CORS) and refuses
 * what S3 refuses: every request is signed (SigV4), in its time, for its method, key and signed headers.
 *
 * @example
 *   await using store = await startObjectStore({ dataDir: ".vigil/objects", bucket: "vigil-evidence", region: "local", credentials });
 *   const blobs = s3Blobs({ bucket: "vigil-evidence", region: "local", endpoint: store.url, credentials });
 *
 * It listens on the loopback interface only.
 */

import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { Refusal } from "../refusal.ts";
import { one, parseTarget, type Query, verify } from "../sigv4.ts";
import { type ObjectDisk, type ObjectRecord, openDisk } from "./disk.ts";
import { declaredLength, receive } from "./upload.ts";

export type ObjectStoreOptions = {
  dataDir: string;
  bucket: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Pages of these origins may read and write with presigned URLs. */
  origins?: readonly string[];
  /**
   * `none`: as some stores are (OpenStack Swift 2.30; Ceph 16.2 but for the payload's hash), it neither checks nor reports
   * a checksum, and takes no URL that is signed for the hash of its body.
   */
  checks?: "all" | "none";
  /** 0 takes a free one. */
  port?: number;
  now?: () => Date;
  onError?: (error: unknown) => void;
};
export type ObjectStore = AsyncDisposable & { url: string; port: number; stop(): Promise<void> };

const keyBytesMax = 1024;
/** What S3 takes in one PUT. */
const objectBytesMax = 5 * 1024 ** 3;
/** Query names that select another operation than the object itself. */
const subresources = [
  "acl",
  "attributes",
  "delete",
  "legal-hold",
  "list-type",
  "partNumber",
  "policy",
  "retention",
].concat(["tagging", "torrent", "uploadId", "uploads", "versionId", "versions", "restore", "select"]);
const corsMethods = ["GET", "HEAD", "PUT"];

type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  key: string;
  query: Query;
  /** What the signature says of the body. */
  payload: string;
  disk: ObjectDisk;
  now: Date;
  isChecking: boolean;
};

const escapes: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
const escapeXml = (text: string) => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char);

function answerRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const elements = { Code: refusal.code, Message: refusal.message, ...refusal.detail };
  const xml = Object.entries({ ...elements, RequestId: String(response.getHeader("x-amz-request-id")) })
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join("");
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml}</Error>`;
  // The rest of a body that is not wanted is not read: the connection ends with the answer.
  if (!request.complete) response.setHeader("connection", "close");
  response.writeHead(refusal.status, {
    "content-type": "application/xml",
    "content-length": Buffer.byteLength(body),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

async function put({ request, response, key, payload, disk, now, isChecking }: Exchange): Promise<void> {
  if (declaredLength(request) > objectBytesMax) {
    throw new Refusal("EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size.", {
      MaxSizeAllowed: String(objectBytesMax),
    });
  }
  const { file, handle } = await disk.begin();
  try {
    const received = await receive(request, { payload, isChecking }, handle);
    await handle.close();
    const contentType = request.headers["content-type"] ?? "binary/octet-stream";
    await disk.publish({ key, file, contentType, lastModified: now.toISOString(), ...received });
    for (const [name, value] of Object.entries(received.checksums)) {
      response.setHeader(`x-amz-checksum-${name}`, value);
    }
    response.writeHead(200, { etag: received.etag, "content-length": 0 }).end();
  } catch (error) {
    await handle.close();
    await disk.discard(file);
    throw error;
  }
}

type Span = { start: number; end: number };

/** `bytes=a-b`, `bytes=a-` or `bytes=-n`; other forms are ignored, as S3 does. Both ends are included. */
function parseRange(header: string | undefined, bytes: number): Span | undefined {
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!parts || (parts[1] === "" && parts[2] === "")) return undefined;
  const [from, to] = [parts[1], parts[2]];
  const start = from === "" ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (start >= bytes || (from === "" && to === "0")) {
    throw new Refusal("InvalidRange", "The requested range is not satisfiable", {
      ActualObjectSize: String(bytes),
    });
  }
  return end < start ? undefined : { start, end };
}

/** @param isPart whether a range is read: checksums are of the whole */
function describe(record: ObjectRecord, exchange: Exchange, isPart: boolean): Record<string, string> {
  const wantsChecksums =
    exchange.request.headers["x-amz-checksum-mode"] ?? one(exchange.query, "x-amz-checksum-mode");
  const checksums =
    String(wantsChecksums).toUpperCase() === "ENABLED" && !isPart
      ? Object.entries(record.checksums).map(([name, value]) => [`x-amz-checksum-${name}`, value] as const)
      : [];
  const disposition = one(exchange.query, "response-content-disposition");
  return {
    "content-type": one(exchange.query, "response-content-type") ?? record.contentType,
    ...(disposition === undefined ? {} : { "content-disposition": disposition }),
    "accept-ranges": "bytes",
    etag: record.etag,
    "last-modified": new Date(record.lastModified).toUTCString(),
    ...Object.fromEntries(checksums),
  };
}

async function read(exchange: Exchange): Promise<void> {
  const { request, response, key, disk } = exchange;
  const record = await disk.find(key);
  if (!record) throw new Refusal("NoSuchKey", "The specified key does not exist.", { Key: key });
  const span = parseRange(request.headers.range, record.bytes);
  const length = span ? span.end - span.start + 1 : record.bytes;
  const headers = {
    ...describe(record, exchange, span !== undefined),
    "content-length": String(length),
    ...(span ? { "content-range": `bytes ${span.start}-${span.end}/${record.bytes}` } : {}),
  };
  if (request.method === "HEAD") {
    response.writeHead(span ? 206 : 200, headers).end();
    return;
  }
  const handle = await disk.read(record);
  // Replaced or deleted between the record and the bytes.
  if (!handle) return read(exchange);
  response.writeHead(span ? 206 : 200, headers);
  await pipeline(handle.createReadStream(span ?? {}), response);
}

async function remove({ response, key, disk }: Exchange): Promise<void> {
  await disk.remove(key);
  response.writeHead(204).end();
}

const listedMax = 1_000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html, without delimiters and continuation tokens. */
async function list({ response, query, disk }: Omit<Exchange, "key">, bucket: string): Promise<void> {
  const [prefix, after] = [one(query, "prefix") ?? "", one(query, "start-after") ?? ""];
  const wanted = Number(one(query, "max-keys") ?? listedMax);
  const isKnown = Object.keys(query).every((name) =>
    ["list-type", "prefix", "start-after", "max-keys", "x-id"].includes(name),
  );
  if (!isKnown || !Number.isInteger(wanted) || wanted < 0) {
    throw new Refusal("NotImplemented", "The local object store lists by prefix, start-after and max-keys.");
  }
  const countMax = Math.min(wanted, listedMax);
  const rest = (await disk.list(prefix)).filter(
    ({ key }) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0,
  );
  const shown = rest.slice(0, countMax);
  const contents = shown
    .map(
      ({ key, bytes, etag, lastModified }) =>
        `<Contents><Key>${escapeXml(key)}</Key><LastModified>${lastModified}</LastModified><ETag>${escapeXml(etag)}</ETag><Size>${bytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
    )
    .join("");
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${escapeXml(bucket)}</Name><Prefix>${escapeXml(prefix)}</Prefix><KeyCount>${shown.length}</KeyCount><MaxKeys>${countMax}</MaxKeys><IsTruncated>${rest.length > shown.length}</IsTruncated>${contents}</ListBucketResult>`;
  response.writeHead(200, {
    "content-type": "application/xml",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

const operations: Record<string, (exchange: Exchange) => Promise<void>> = {
  PUT: put,
  GET: read,
  HEAD: read,
  DELETE: remove,
};

function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): boolean {
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return false;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", "etag, x-amz-checksum-sha256");
  response.setHeader("vary", "origin");
  return true;
}

function preflight(request: IncomingMessage, response: ServerResponse, allowed: boolean): void {
  const method = request.headers["access-control-request-method"] ?? "";
  if (!allowed || !corsMethods.includes(method)) {
    throw new Refusal("AccessForbidden", "CORSResponse: This CORS request is not allowed.");
  }
  response.setHeader("access-control-allow-methods", corsMethods.join(", "));
  response.setHeader("access-control-max-age", "600");
  const wanted = request.headers["access-control-request-headers"];
  if (wanted) response.setHeader("access-control-allow-headers", wanted);
  response.writeHead(200, { "content-length": 0 }).end();
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ObjectStoreOptions,
  disk: ObjectDisk,
): Promise<void> {
  const now = options.now?.() ?? new Date();
  const allowed = allowOrigin(request, response, options.origins ?? []);
  if (request.method === "OPTIONS") return preflight(request, response, allowed);
  const { path, query } = parseTarget(request.url ?? "/");
  const method = request.method ?? "GET";
  const isChecking = options.checks !== "none";
  const { region, credentials } = options;
  const scope = { service: "s3", region, credentials, presignedPayloads: isChecking } as const;
  const payload = await verify({ method, path, query, headers: request.headers }, scope, now);
  const [, bucket = "", ...rest] = path.split("/");
  const key = rest.join("/");
  if (bucket !== options.bucket) {
    throw new Refusal("NoSuchBucket", "The specified bucket does not exist", { BucketName: bucket });
  }
  const exchange = { request, response, query, payload, disk, now, isChecking };
  if (key === "" && method === "GET" && one(query, "list-type") === "2") return list(exchange, bucket);
  const operation = operations[method];
  if (!operation) {
    throw new Refusal("MethodNotAllowed", "The specified method is not allowed against this resource.");
  }
  if (key === "" || subresources.some((name) => Object.hasOwn(query, name))) {
    throw new Refusal("NotImplemented", "The local object store knows single objects only.");
  }
  if (Buffer.byteLength(key) > keyBytesMax) {
    throw new Refusal("KeyTooLongError", "Your key is too long", { MaxSizeAllowed: String(keyBytesMax) });
  }
  await operation({ ...exchange, key });
}

export async function startObjectStore(options: ObjectStoreOptions): Promise<ObjectStore> {
  const disk = await openDisk(options.dataDir);
  const server = createServer((request, response) => {
    response.setHeader("x-amz-request-id", randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase());
    answer(request, response, options, disk).catch((error: unknown) => {
      const refusal =
        error instanceof Refusal
          ? error
          : new Refusal("InternalError", "We encountered an internal error. Please try again.");
      // A client that went away in the middle is not an error of the store.
      if (refusal !== error && !request.destroyed && !response.destroyed) options.onError?.(error);
      if (response.headersSent) response.destroy();
      else answerRefusal(request, response, refusal);
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(options.port ?? 0, "127.0.0.1", resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}`, port, stop, [Symbol.asyncDispose]: stop };
}
