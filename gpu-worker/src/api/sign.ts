/** Signs what a worker posts as in Standard Webhooks (https://www.standardwebhooks.com). */
import { createHash } from "node:crypto";
import { Webhook } from "standardwebhooks";

export type SignedHeaders = {
  "webhook-id": string;
  "webhook-timestamp": string;
  "webhook-signature": string;
};

/**
 * The signing secret that worker and API both derive from the worker's key, in base64. It differs from the key, so
 * that a signature in a log says nothing about the credential.
 */
export function signingSecret(workerKey: string): string {
  return createHash("sha256").update(`vigil-worker-signature-v1:${workerKey}`).digest("base64");
}

export type Sign = (request: { id: string; at: Date; body: string }) => SignedHeaders;

export function createSign(workerKey: string): Sign {
  const webhook = new Webhook(signingSecret(workerKey));
  return ({ id, at, body }) => ({
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": webhook.sign(id, at, body),
  });
}
