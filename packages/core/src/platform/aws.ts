/**
 * SQS queues and S3-compatible object stores. The only file that imports the AWS SDK, which is large: each half of it is loaded
 * with its first call, so that a function which wakes for something else does not wait for it.
 *
 * @example
 *   const jobs = sqsQueue({ url: "https://sqs.eu-west-2.amazonaws.com/123456789012/priority", region: "eu-west-2" });
 *   const blobs = s3Blobs({ bucket: "vigil-evidence", region: "auto", endpoint: "https://<account>.r2.cloudflarestorage.com" });
 */
import { createReadStream, type ReadStream } from "node:fs";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Message as Received } from "@aws-sdk/client-sqs";
import { evidence, outside } from "../limits.ts";
import type { Blobs, ListedBlob } from "./blobs.ts";
import { inTime, transferMsMax } from "./in-time.ts";
import type { Message, Queue } from "./queue.ts";

export type Credentials = { accessKeyId: string; secretAccessKey: string };
type Endpoint = {
  region: string;
  endpoint?: string | undefined;
  credentials?: Credentials | undefined;
  /** How long one call may take, its repetitions included; what moves bytes may take longer by those. */
  callMsMax?: number | undefined;
};

/** What `load` makes, made once; a load that failed is tried again. */
function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}

async function openSqs({ region, endpoint, credentials }: Endpoint) {
  const sdk = await import("@aws-sdk/client-sqs");
  const client = new sdk.SQSClient({
    region,
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials } : {}),
    useQueueUrlAsEndpoint: endpoint === undefined,
  });
  return { sdk, client };
}

export function sqsQueue(options: Endpoint & { url: string }): Queue {
  const sqs = loadOnce(() => openSqs(options));
  const QueueUrl = options.url;
  const bound = { what: "the queue", msMax: options.callMsMax ?? outside.callMsMax };
  return {
    async send(body, { delaySeconds = 0, traceparent } = {}) {
      const { sdk, client } = await sqs();
      const command = new sdk.SendMessageCommand({
        QueueUrl,
        MessageBody: body,
        DelaySeconds: delaySeconds,
        ...(traceparent
          ? { MessageAttributes: { traceparent: { DataType: "String", StringValue: traceparent } } }
          : {}),
      });
      await inTime(bound, (abortSignal) => client.send(command, { abortSignal }));
    },
    async receive({ messagesMax, waitSeconds, visibilitySeconds, signal }) {
      const { sdk, client } = await sqs();
      const command = new sdk.ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: messagesMax,
        WaitTimeSeconds: waitSeconds,
        VisibilityTimeout: visibilitySeconds,
        MessageSystemAttributeNames: ["ApproximateReceiveCount", "SentTimestamp"],
        MessageAttributeNames: ["traceparent"],
      });
      const msMax = bound.msMax + waitSeconds * 1000;
      try {
        const answer = await inTime({ ...bound, msMax, signal }, (abortSignal) =>
          client.send(command, { abortSignal }),
        );
        return (answer.Messages ?? []).map(messageOf);
      } catch (error) {
        if (signal?.aborted) return [];
        throw error;
      }
    },
    async delete(message) {
      const { sdk, client } = await sqs();
      const command = new sdk.DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.receiptHandle });
      await inTime(bound, (abortSignal) => client.send(command, { abortSignal }));
    },
    async changeVisibility(message, visibilitySeconds) {
      const { sdk, client } = await sqs();
      const command = new sdk.ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: message.receiptHandle,
        VisibilityTimeout: visibilitySeconds,
      });
      await inTime(bound, (abortSignal) => client.send(command, { abortSignal }));
    },
    async depth() {
      const { sdk, client } = await sqs();
      const command = new sdk.GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: [
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesNotVisible",
          "ApproximateNumberOfMessagesDelayed",
        ],
      });
      const { Attributes: counts = {} } = await inTime(bound, (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      return {
        visible: Number(counts.ApproximateNumberOfMessages ?? 0),
        inFlight: Number(counts.ApproximateNumberOfMessagesNotVisible ?? 0),
        delayed: Number(counts.ApproximateNumberOfMessagesDelayed ?? 0),
      };
    },
  };
}

function messageOf({ MessageAttributes: { traceparent } = {}, Attributes, ...message }: Received): Message {
  return {
    id: message.MessageId ?? "",
    body: message.Body ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
    sentAt: new Date(Number(Attributes?.SentTimestamp ?? Date.now())),
    ...(traceparent?.StringValue ? { traceparent: traceparent.StringValue } : {}),
  };
}

/** How a queue is set: what waits how long, and where it goes in the end. */
export type QueueSettings = {
  arn: string;
  visibilitySeconds: number;
  retentionSeconds: number;
  /** Undefined: what nobody can finish comes back for ever. */
  redrive: { deadLetterArn: string; receivesMax: number } | undefined;
};

export async function readQueueSettings(options: Endpoint & { url: string }): Promise<QueueSettings> {
  const { sdk, client } = await openSqs(options);
  const command = new sdk.GetQueueAttributesCommand({ QueueUrl: options.url, AttributeNames: ["All"] });
  const bound = { what: "the queue", msMax: options.callMsMax ?? outside.callMsMax };
  const { Attributes: set = {} } = await inTime(bound, (abortSignal) =>
    client.send(command, { abortSignal }),
  );
  const redrive = JSON.parse(set.RedrivePolicy ?? "null") as {
    deadLetterTargetArn: string;
    maxReceiveCount: number | string;
  } | null;
  return {
    arn: set.QueueArn ?? "",
    visibilitySeconds: Number(set.VisibilityTimeout),
    retentionSeconds: Number(set.MessageRetentionPeriod),
    redrive: redrive
      ? { deadLetterArn: redrive.deadLetterTargetArn, receivesMax: Number(redrive.maxReceiveCount) }
      : undefined,
  };
}

/** When a URL presigned now for `seconds` (1..60) ends. */
function expiry(seconds: number): Date {
  if (seconds < 1 || seconds > evidence.urlSecondsMax) {
    throw new RangeError(`seconds must be 1..${evidence.urlSecondsMax}, got ${seconds}`);
  }
  return new Date(Date.now() + seconds * 1000);
}

/**
 * What binds an upload's URL to its content: `checksum`, a signed `x-amz-checksum-sha256`, or `payload`, a signed
 * `x-amz-content-sha256`. Which of them a store enforces, `npm run check:store` tells.
 */
export type Binding = "checksum" | "payload";

async function openS3({ region, endpoint, credentials }: Endpoint) {
  const sdk = await import("@aws-sdk/client-s3");
  const client = new sdk.S3Client({
    region,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(credentials ? { credentials } : {}),
    // Otherwise a presigned PUT would carry the checksum of an empty body.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  return { sdk, client };
}

export function s3Blobs(options: Endpoint & { bucket: string; binding?: Binding | undefined }): Blobs {
  const s3 = loadOnce(() => openS3(options));
  const presigner = loadOnce(async () => {
    const [store, { getSignedUrl }] = await Promise.all([s3(), import("@aws-sdk/s3-request-presigner")]);
    return { ...store, getSignedUrl };
  });
  const Bucket = options.bucket;
  const bound = { what: "the evidence store", msMax: options.callMsMax ?? outside.callMsMax };
  const moving = (bytes: number) => ({ ...bound, msMax: bound.msMax + transferMsMax(bytes) });
  return {
    presignPut: async (upload) => presignPut({ ...(await presigner()), ...options }, upload),
    async presignGet({ key, seconds, filename }) {
      const { sdk, client, getSignedUrl } = await presigner();
      const expiresAt = expiry(seconds);
      const wanted =
        filename === undefined
          ? { Bucket, Key: key }
          : { Bucket, Key: key, ResponseContentDisposition: `attachment; filename="${filename}"` };
      const url = await getSignedUrl(client, new sdk.GetObjectCommand(wanted), { expiresIn: seconds });
      return { url, expiresAt };
    },
    async put({ body, ...object }) {
      const bytes = body.byteLength;
      await putBody({ ...(await s3()), Bucket, bound: moving(bytes) }, { ...object, body, bytes });
    },
    async putFile({ path, bytes, ...object }) {
      const body = createReadStream(path);
      await putBody({ ...(await s3()), Bucket, bound: moving(bytes) }, { ...object, body, bytes });
    },
    async find(key) {
      const { sdk, client } = await s3();
      const command = new sdk.HeadObjectCommand({ Bucket, Key: key, ChecksumMode: "ENABLED" });
      try {
        const head = await inTime(bound, (abortSignal) => client.send(command, { abortSignal }));
        return {
          bytes: head.ContentLength ?? 0,
          contentType: head.ContentType ?? "application/octet-stream",
          sha256: head.ChecksumSHA256
            ? Buffer.from(head.ChecksumSHA256, "base64").toString("hex")
            : undefined,
        };
      } catch (error) {
        if (error instanceof sdk.NotFound) return undefined;
        throw error;
      }
    },
    async read(key, bytesMax) {
      const { sdk, client } = await s3();
      const command = new sdk.GetObjectCommand({ Bucket, Key: key, Range: `bytes=0-${bytesMax - 1}` });
      try {
        return await inTime(moving(bytesMax), async (abortSignal) => {
          const answer = await client.send(command, { abortSignal });
          if (!answer.Body) throw new Error(`the object store answered without a body for ${key}`);
          return answer.Body.transformToByteArray();
        });
      } catch (error) {
        if (error instanceof sdk.NoSuchKey) return undefined;
        throw error;
      }
    },
    async delete(key) {
      const { sdk, client } = await s3();
      const command = new sdk.DeleteObjectCommand({ Bucket, Key: key });
      await inTime(bound, (abortSignal) => client.send(command, { abortSignal }));
    },
    list: async (wanted) => listBlobs({ ...(await s3()), Bucket, bound }, wanted),
  };
}

type Bucketed = {
  sdk: typeof import("@aws-sdk/client-s3");
  client: S3Client;
  Bucket: string;
  bound: { what: string; msMax: number };
};

async function putBody(
  { sdk, client, Bucket, bound }: Bucketed,
  object: { key: string; body: Uint8Array | ReadStream; bytes: number; contentType: string; sha256: string },
): Promise<void> {
  const command = new sdk.PutObjectCommand({
    Bucket,
    Key: object.key,
    Body: object.body,
    ContentLength: object.bytes,
    ContentType: object.contentType,
    ChecksumSHA256: Buffer.from(object.sha256, "hex").toString("base64"),
  });
  await inTime(bound, (abortSignal) => client.send(command, { abortSignal }));
}

async function listBlobs(
  { sdk, client, Bucket, bound }: Bucketed,
  { prefix, after, countMax }: Parameters<Blobs["list"]>[0],
): Promise<ListedBlob[]> {
  const command = new sdk.ListObjectsV2Command({
    Bucket,
    Prefix: prefix,
    MaxKeys: countMax,
    ...(after === null ? {} : { StartAfter: after }),
  });
  const { Contents: found = [] } = await inTime(bound, (abortSignal) =>
    client.send(command, { abortSignal }),
  );
  return found.map(({ Key: key = "", Size: bytes = 0 }) => ({ key, bytes }));
}

type Presigner = {
  sdk: typeof import("@aws-sdk/client-s3");
  client: S3Client;
  getSignedUrl: typeof import("@aws-sdk/s3-request-presigner").getSignedUrl;
  bucket: string;
  region: string;
  binding?: Binding | undefined;
};

/** Bound to the upload's length, type and sha256. */
async function presignPut(
  { sdk, client, getSignedUrl, bucket, region, binding }: Presigner,
  { key, bytes, contentType, sha256, seconds }: Parameters<Blobs["presignPut"]>[0],
): ReturnType<Blobs["presignPut"]> {
  const expiresAt = expiry(seconds);
  const plain = { Bucket: bucket, Key: key, ContentLength: bytes, ContentType: contentType };
  const bound = { "content-type": contentType, "content-length": String(bytes) };
  if (binding === "payload") {
    const url = await getSignedUrl(client, new sdk.PutObjectCommand(plain), { expiresIn: seconds });
    const scope = { region, credentials: await client.config.credentials(), sha256: client.config.sha256 };
    return { ...(await bindPayload({ url, headers: bound, sha256, seconds }, scope)), expiresAt };
  }
  const checksum = Buffer.from(sha256, "hex").toString("base64");
  const url = await getSignedUrl(client, new sdk.PutObjectCommand({ ...plain, ChecksumSHA256: checksum }), {
    expiresIn: seconds,
    signableHeaders: new Set(["content-length", "content-type", "host"]),
    unhoistableHeaders: new Set(["x-amz-checksum-sha256"]),
  });
  return { url, headers: { ...bound, "x-amz-checksum-sha256": checksum }, expiresAt };
}

type Unbound = {
  /** As the SDK's presigner made it. */
  url: string;
  /** To be signed, and sent. */
  headers: Record<string, string>;
  /** Hex. */
  sha256: string;
  seconds: number;
};

/**
 * Signs an upload's URL anew so that the signature covers the content's own hash, as `x-amz-content-sha256`, in place of
 * `UNSIGNED-PAYLOAD`, which the SDK's presigner signs always.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @returns the URL, and the headers that must be sent with it
 */
async function bindPayload(
  { url, headers, sha256, seconds }: Unbound,
  scope: { region: string; credentials: Credentials; sha256: S3Client["config"]["sha256"] },
): Promise<{ url: string; headers: Record<string, string> }> {
  const target = new URL(url);
  const query = [...target.searchParams].filter(([name]) => !/^X-Amz-/i.test(name));
  const bound = { ...headers, "x-amz-content-sha256": sha256 };
  const { SignatureV4 } = await import("@smithy/signature-v4");
  const signer = new SignatureV4({ ...scope, service: "s3", uriEscapePath: false });
  const signed = await signer.presign(
    {
      method: "PUT",
      protocol: target.protocol,
      hostname: target.hostname,
      ...(target.port === "" ? {} : { port: Number(target.port) }),
      path: target.pathname,
      query: Object.fromEntries(query),
      headers: { ...bound, host: target.host },
    },
    {
      expiresIn: seconds,
      signableHeaders: new Set(["host", ...Object.keys(bound)]),
      unhoistableHeaders: new Set(Object.keys(bound)),
    },
  );
  target.search = new URLSearchParams(signed.query as Record<string, string>).toString();
  return { url: target.href, headers: bound };
}
