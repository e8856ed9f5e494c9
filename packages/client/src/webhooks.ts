/**
 * What a webhook receiver does with what Vigil posts (https://www.standardwebhooks.com).
 *
 * @example
 *   const message = verifyWebhook(secret, request.headers, body);
 *   if (await known(message.id)) return;            // at least once: the id tells a repeat
 */
import { Webhook } from "standardwebhooks";
import type { Schemas } from "./create-client.ts";

export type Message = Schemas["Message"];

/**
 * @param secret `whsec_…`, as the endpoint's creation answered it
 * @param body the bytes as they came, before anything parses them
 * @throws WebhookVerificationError (of `standardwebhooks`) when the signature is not ours, or older than five minutes
 */
export function verifyWebhook(
  secret: string,
  headers: Readonly<Record<string, string | undefined>>,
  body: string | Uint8Array,
): Message {
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name.toLowerCase(), value]],
  );
  return new Webhook(secret).verify(text, Object.fromEntries(given)) as Message;
}
