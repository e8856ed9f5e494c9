/**
 * Requests of workers are signed as in Standard Webhooks (https://www.standardwebhooks.com): an id, a timestamp and an
 * HMAC over both and the body. The secret is derived from the worker's key, which both sides hold while they talk and
 * the database never does.
 */
import { createHash } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { worker as limits } from "../limits.ts";
import { problem } from "../problem.ts";

const headerNames = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
export type SignatureHeaders = Record<(typeof headerNames)[number], string>;

function webhookOf(key: string): Webhook {
  return new Webhook(createHash("sha256").update(`vigil-worker-signature-v1:${key}`).digest("base64"));
}

/** The three headers for a request. Every try of one request keeps its id, so that a repeat can be told from a second one. */
export function sign(key: string, request: { id: string; at: Date; body: string }): SignatureHeaders {
  const { id, at, body } = request;
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": webhookOf(key).sign(id, at, body),
  };
}

/** @throws `signature-invalid`, `signature-expired` */
export function verify(key: string, body: string, headers: Partial<SignatureHeaders>, now: Date): void {
  const missing = headerNames.filter((name) => !headers[name]);
  if (missing.length > 0) throw problem("signature-invalid", `expected the headers ${missing.join(", ")}`);
  const at = Number(headers["webhook-timestamp"]);
  const ageSeconds = now.getTime() / 1000 - at;
  if (!Number.isInteger(at) || Math.abs(ageSeconds) > limits.signatureAgeSecondsMax) {
    throw problem(
      "signature-expired",
      `expected a webhook-timestamp within ${limits.signatureAgeSecondsMax} s of ${now.toISOString()}, got ${headers["webhook-timestamp"]}`,
    );
  }
  const id = headers["webhook-id"] ?? "";
  const expected = webhookOf(key).sign(id, new Date(at * 1000), body);
  const offered = (headers["webhook-signature"] ?? "").split(" ");
  if (!offered.some((signature) => equal(signature, expected))) {
    throw problem("signature-invalid", "the signature does not match the body, the id and the timestamp");
  }
}

/** Compares digests of both, so that the time taken tells nothing of where they differ. */
function equal(a: string, b: string): boolean {
  return hash(a) === hash(b);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
