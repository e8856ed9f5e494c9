/** Reads the body of a PUT onto disk and checks it against everything that its headers promise. */
import { createHash, type Hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { crc32 } from "node:zlib";
import { Refusal } from "../refusal.ts";
import { unsignedPayload } from "../sigv4.ts";
import { decodeAwsChunked } from "./aws-chunked.ts";

const streamingTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
const checksumPrefix = "x-amz-checksum-";
/** Bytes of each digest that can be verified here. */
const digestBytes = { sha256: 32, sha1: 20, crc32: 4 } as const;
type Algorithm = keyof typeof digestBytes;

/** Headers that select an algorithm or a mode rather than carry a checksum. */
const selectors = new Set(["x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"]);

export type Received = { bytes: number; etag: string; checksums: Record<string, string> };

function text(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

/** The length that the client declares for the object itself. */
export function declaredLength(request: IncomingMessage): number {
  const declared = text(request, "x-amz-decoded-content-length") ?? text(request, "content-length");
  if (declared === undefined || !/^\d+$/.test(declared)) {
    throw new Refusal("MissingContentLength", "You must provide the Content-Length HTTP header.");
  }
  return Number(declared);
}

function algorithmOf(header: string): Algorithm {
  const name = header.slice(checksumPrefix.length);
  if (Object.hasOwn(digestBytes, name)) return name as Algorithm;
  throw new Refusal("NotImplemented", `The checksum algorithm ${name} is not supported here`);
}

function checkForm(header: string, value: string): Algorithm {
  const algorithm = algorithmOf(header);
  const bytes = Buffer.from(value, "base64");
  if (bytes.length !== digestBytes[algorithm] || bytes.toString("base64") !== value) {
    throw new Refusal("InvalidRequest", `Value for ${header} header is invalid.`);
  }
  return algorithm;
}

function announced(request: IncomingMessage): Map<Algorithm, string> {
  const found = new Map<Algorithm, string>();
  for (const name of Object.keys(request.headers)) {
    if (!name.startsWith(checksumPrefix) || selectors.has(name)) continue;
    const value = text(request, name) ?? "";
    found.set(checkForm(name, value), value);
  }
  return found;
}

function announcedMd5(request: IncomingMessage): string | undefined {
  const value = text(request, "content-md5");
  if (value !== undefined && Buffer.from(value, "base64").length !== 16) {
    throw new Refusal("InvalidDigest", "The Content-MD5 you specified was invalid.");
  }
  return value;
}

type Digests = { md5: Hash; sha256: Hash; sha1: Hash; crc: number; bytes: number };

async function drain(pieces: AsyncIterable<Buffer>, file: FileHandle, limit: number): Promise<Digests> {
  const digests: Digests = {
    md5: createHash("md5"),
    sha256: createHash("sha256"),
    sha1: createHash("sha1"),
    crc: 0,
    bytes: 0,
  };
  for await (const piece of pieces) {
    digests.bytes += piece.length;
    if (digests.bytes > limit) {
      throw new Refusal("IncompleteBody", "The request body is longer than declared");
    }
    for (const hash of [digests.md5, digests.sha256, digests.sha1]) hash.update(piece);
    digests.crc = crc32(piece, digests.crc);
    await file.write(piece);
  }
  return digests;
}

function computed(digests: Digests): Record<Algorithm, string> {
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(digests.crc);
  return {
    sha256: digests.sha256.copy().digest("base64"),
    sha1: digests.sha1.copy().digest("base64"),
    crc32: crc.toString("base64"),
  };
}

/**
 * Writes the body into `file`. `payload` is what the verified signature says of it; `isChecking`: whether checksums count.
 * Throws a `Refusal` when the length, the payload's hash, a checksum or a trailer differs.
 */
export async function receive(
  request: IncomingMessage,
  { payload, isChecking }: { payload: string; isChecking: boolean },
  file: FileHandle,
): Promise<Received> {
  const declared = declaredLength(request);
  const wanted = isChecking ? announced(request) : new Map<Algorithm, string>();
  const wantedMd5 = announcedMd5(request);
  const trailers = new Map<string, string>();
  const chunked = payload === streamingTrailer;
  if (payload.startsWith("STREAMING-") && !chunked) {
    throw new Refusal("NotImplemented", `A payload of the form ${payload} is not supported here`);
  }
  const digests = await drain(chunked ? decodeAwsChunked(request, trailers) : request, file, declared);
  if (digests.bytes !== declared) {
    throw new Refusal(
      "IncompleteBody",
      "You did not provide the number of bytes specified by the Content-Length HTTP header",
    );
  }
  for (const [name, value] of trailers) {
    if (isChecking && name.startsWith(checksumPrefix)) wanted.set(checkForm(name, value), value);
  }
  const actual = computed(digests);
  const sha256 = Buffer.from(actual.sha256, "base64").toString("hex");
  if (!chunked && payload !== unsignedPayload && payload !== sha256) {
    throw new Refusal(
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      { ClientComputedContentSHA256: payload, S3ComputedContentSHA256: sha256 },
    );
  }
  const md5 = digests.md5.digest();
  if (wantedMd5 !== undefined && wantedMd5 !== md5.toString("base64")) {
    throw new Refusal("BadDigest", "The Content-MD5 you specified did not match what we received.");
  }
  for (const [algorithm, value] of wanted) {
    if (actual[algorithm] !== value) {
      throw new Refusal(
        "BadDigest",
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      );
    }
  }
  return { bytes: digests.bytes, etag: `"${md5.toString("hex")}"`, checksums: Object.fromEntries(wanted) };
}
