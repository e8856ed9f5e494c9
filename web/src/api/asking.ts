/** What every request of the console has: an end to its wait, and a key where it must happen once. */

import { spokenLanguage } from "../words/spoken.ts";

/** A request that has not been answered for this long is given up. */
const answerMsMax = 15_000;

/** Waits for an answer: its body, or why there is none as a failure. */
export type Settle = <Body>(
  request: Promise<{ data?: Body; error?: unknown; response: Response }>,
) => Promise<Body>;

/** The caller's signal, and an end to every wait. */
export function bounded(signal?: AbortSignal): AbortSignal {
  const deadline = AbortSignal.timeout(answerMsMax);
  return signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
}

/** 128 random bits in hexadecimal. (`crypto.randomUUID` exists on secure origins only.) */
export function createIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** For what is asked without the client: texts come in the language of the page. */
export function inLanguage(): { "accept-language": string } {
  return { "accept-language": spokenLanguage() };
}
