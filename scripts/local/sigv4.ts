/**
 * Verifies AWS Signature Version 4, in the query (presigned) and in the Authorization header, as AWS does.
 *
 * The signature itself is recomputed by AWS's own `@smithy/signature-v4`; what stands here is what a server adds to it:
 * which headers must be signed, how long a signature lives, and whose it is.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 */

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { SignatureV4 } from "@smithy/signature-v4";
import { Refusal } from "./refusal.ts";

export type Query = Record<string, string | string[]>;
export type SignedRequest = { method: string; path: string; query: Query; headers: IncomingHttpHeaders };
export type Scope = {
  service: "s3" | "sqs";
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Whether a presigned URL may be signed for the hash of its body. */
  presignedPayloads?: boolean;
};

export const unsignedPayload = "UNSIGNED-PAYLOAD";
const algorithm = "AWS4-HMAC-SHA256";
const presignedSecondsMax = 604_800;
const skewMsMax = 15 * 60 * 1000;
const presignParameters = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-SignedHeaders",
  "X-Amz-Signature",
] as const;

/** The constructor of a hash, keyed or not, as the signer wants it. */
class Sha256 {
  readonly #hash;
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as Uint8Array);
  }
  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    throw new Error("a hash is used once");
  }
}

/** RFC 3986: everything but A-Z a-z 0-9 - _ . ~ is percent-encoded. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal("InvalidURI", "Couldn't parse the specified URI.");
  }
}

/** Splits a request target into its decoded path and its decoded query. */
export function parseTarget(target: string): { path: string; query: Query } {
  const cut = target.indexOf("?");
  const path = decode(cut < 0 ? target : target.slice(0, cut));
  const query: Query = Object.create(null);
  for (const pair of cut < 0 ? [] : target.slice(cut + 1).split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? "" : decode(pair.slice(at + 1));
    const present = query[name];
    query[name] = present === undefined ? value : [present, value].flat();
  }
  return { path, query };
}

export function one(query: Query, name: string): string | undefined {
  const value = query[name];
  return Array.isArray(value) ? value.join(",") : value;
}

/** `20260102T030405Z`, as SigV4 writes an instant. */
function parseDate(text: string | undefined): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? "");
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

type Presented = {
  credential: string;
  signedHeaders: string[];
  signature: string;
  date: Date;
  malformed: "AuthorizationQueryParametersError" | "AuthorizationHeaderMalformed";
};

function checkScope(presented: Presented, dateText: string, scope: Scope): void {
  const [accessKeyId, day, region, service, terminator, ...rest] = presented.credential.split("/");
  if (terminator !== "aws4_request" || rest.length > 0) {
    throw new Refusal(
      presented.malformed,
      "Error parsing the credential; it must be <key>/<date>/<region>/<service>/aws4_request",
    );
  }
  if (accessKeyId !== scope.credentials.accessKeyId) {
    throw new Refusal(
      "InvalidAccessKeyId",
      "The AWS Access Key Id you provided does not exist in our records.",
      {
        AWSAccessKeyId: accessKeyId ?? "",
      },
    );
  }
  if (region !== scope.region) {
    throw new Refusal(presented.malformed, `the region '${region}' is wrong; expecting '${scope.region}'`, {
      Region: scope.region,
    });
  }
  if (service !== scope.service) {
    throw new Refusal(
      presented.malformed,
      `incorrect service "${service}". This endpoint belongs to "${scope.service}".`,
    );
  }
  if (day !== dateText.slice(0, 8)) {
    throw new Refusal(presented.malformed, "the date of the credential differs from that of the request");
  }
}

/** `host` and every `x-amz-` header that is present must be signed, so that none can be added on the way. */
function checkSignedHeaders(presented: Presented, headers: IncomingHttpHeaders): void {
  const unsigned = Object.keys(headers).filter(
    (name) => (name === "host" || name.startsWith("x-amz-")) && !presented.signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    throw new Refusal("AccessDenied", "There were headers present in the request which were not signed", {
      HeadersNotSigned: unsigned.join(", "),
    });
  }
}

const mismatch = () =>
  new Refusal(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  );

function compare(expected: string | undefined, presented: Presented): void {
  const [ours, theirs] = [Buffer.from(expected ?? ""), Buffer.from(presented.signature)];
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) throw mismatch();
}

function signer(scope: Scope): SignatureV4 {
  return new SignatureV4({ ...scope, sha256: Sha256, uriEscapePath: false });
}

function header(request: SignedRequest, name: string): string | undefined {
  const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  return Array.isArray(value) ? value.join(",") : value;
}

/** The request as it was signed: only the signed headers, and the path in its one canonical encoding. */
function canonical(request: SignedRequest, presented: Presented, query: Query) {
  const headers: Record<string, string> = Object.create(null);
  for (const name of presented.signedHeaders) {
    const value = header(request, name);
    // The signer would leave an absent header out of the list of signed ones.
    if (value === undefined || Object.hasOwn(headers, name)) throw mismatch();
    headers[name] = value;
  }
  return {
    method: request.method,
    protocol: "http:",
    hostname: "localhost",
    path: request.path.split("/").map(encode).join("/"),
    query,
    headers,
  };
}

async function verifyQuery(request: SignedRequest, scope: Scope, now: Date): Promise<string> {
  const malformed = "AuthorizationQueryParametersError" as const;
  if (presignParameters.some((name) => !one(request.query, name))) {
    throw new Refusal(
      malformed,
      `Query-string authentication version 4 requires the ${presignParameters.join(", ")} parameters.`,
    );
  }
  const parameter = (name: (typeof presignParameters)[number]) => one(request.query, name) ?? "";
  if (parameter("X-Amz-Algorithm") !== algorithm) {
    throw new Refusal(malformed, `X-Amz-Algorithm only supports "${algorithm}"`);
  }
  const date = parseDate(parameter("X-Amz-Date"));
  if (!date) {
    throw new Refusal(malformed, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  const expires = parameter("X-Amz-Expires");
  if (!/^-?\d+$/.test(expires)) throw new Refusal(malformed, "X-Amz-Expires should be a number");
  const seconds = Number(expires);
  if (seconds < 0) throw new Refusal(malformed, "X-Amz-Expires must be non-negative");
  if (seconds > presignedSecondsMax) {
    throw new Refusal(
      malformed,
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${presignedSecondsMax} seconds`,
    );
  }
  const presented: Presented = {
    credential: parameter("X-Amz-Credential"),
    signedHeaders: parameter("X-Amz-SignedHeaders").split(";"),
    signature: parameter("X-Amz-Signature"),
    date,
    malformed,
  };
  checkScope(presented, parameter("X-Amz-Date"), scope);
  if (date.getTime() > now.getTime() + skewMsMax) {
    throw new Refusal("AccessDenied", "Request is not yet valid", { ServerTime: now.toISOString() });
  }
  const endsAt = new Date(date.getTime() + seconds * 1000);
  if (now > endsAt) {
    throw new Refusal("AccessDenied", "Request has expired", {
      "X-Amz-Expires": expires,
      Expires: endsAt.toISOString(),
      ServerTime: now.toISOString(),
    });
  }
  checkSignedHeaders(presented, request.headers);
  const payload = header(request, "x-amz-content-sha256") ?? unsignedPayload;
  if (payload !== unsignedPayload && (!scope.presignedPayloads || !/^[0-9a-f]{64}$/.test(payload))) {
    throw mismatch();
  }
  const query = Object.fromEntries(
    Object.entries(request.query).filter(([name]) => !presignParameters.some((known) => known === name)),
  );
  const computed = await signer(scope).presign(
    // A body that is neither text nor bytes is signed as UNSIGNED-PAYLOAD, unless a header states its hash.
    { ...canonical(request, presented, query), body: {} },
    {
      signingDate: date,
      expiresIn: seconds,
      signableHeaders: new Set(presented.signedHeaders),
      unhoistableHeaders: new Set(presented.signedHeaders),
    },
  );
  compare(computed.query?.["X-Amz-Signature"] as string | undefined, presented);
  return payload;
}

async function verifyHeader(
  request: SignedRequest,
  authorization: string,
  scope: Scope,
  now: Date,
): Promise<string> {
  const malformed = "AuthorizationHeaderMalformed" as const;
  const parts =
    /^AWS4-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]+)$/.exec(
      authorization,
    );
  if (!parts) {
    throw new Refusal(
      malformed,
      "The authorization header is malformed; expecting AWS4-HMAC-SHA256 Credential, SignedHeaders, Signature.",
    );
  }
  const [, credential = "", signedHeaders = "", signature = ""] = parts;
  const dateText = header(request, "x-amz-date") ?? "";
  const date = parseDate(dateText);
  if (!date) {
    throw new Refusal("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
  }
  const presented: Presented = {
    credential,
    signedHeaders: signedHeaders.split(";"),
    signature,
    date,
    malformed,
  };
  checkScope(presented, dateText, scope);
  if (Math.abs(now.getTime() - date.getTime()) > skewMsMax) {
    throw new Refusal(
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      { RequestTime: dateText, ServerTime: now.toISOString(), MaxAllowedSkewMilliseconds: String(skewMsMax) },
    );
  }
  const payload = header(request, "x-amz-content-sha256");
  if (payload === undefined) {
    throw new Refusal("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  }
  checkSignedHeaders(presented, request.headers);
  const signed = await signer(scope).sign(canonical(request, presented, request.query), {
    signingDate: date,
    signableHeaders: new Set(presented.signedHeaders),
  });
  compare(/Signature=([0-9a-f]+)$/.exec(signed.headers.authorization ?? "")?.[1], presented);
  return payload;
}

/**
 * Throws a `Refusal` unless the request is signed and its time has come and not gone. Returns what it says of its
 * payload: the sha256 in hexadecimal, `UNSIGNED-PAYLOAD`, or a `STREAMING-…` form; whoever reads the body checks it.
 */
export async function verify(request: SignedRequest, scope: Scope, now: Date): Promise<string> {
  const authorization = header(request, "authorization");
  const inQuery = Object.keys(request.query).some((name) =>
    /^X-Amz-(Algorithm|Signature|Credential)$/.test(name),
  );
  if (authorization !== undefined && inQuery) {
    throw new Refusal(
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
    );
  }
  if (inQuery) return verifyQuery(request, scope, now);
  if (authorization !== undefined) return verifyHeader(request, authorization, scope, now);
  throw new Refusal("AccessDenied", "Access Denied");
}
