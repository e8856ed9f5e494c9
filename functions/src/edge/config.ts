/** What the worker is told by its bindings, checked once. It has no key of AWS, and none of the database. */
import { edge, MIB } from "@vigil/core/limits";
import * as z from "zod";

const Config = z.object({
  /** Where the API is, and the functions that answer parts of it, where these have addresses of their own. */
  API_URL: z.url(),
  ACCEPT_URL: z.url().optional(),
  STREAM_URL: z.url().optional(),
  /** What the API believes the word by on who asks; unset: nobody's. */
  ROUTER_KEY: z.string().min(16).optional(),
  /** How large a body the platform takes: larger events are announced. */
  BODY_BYTES_MAX: z.coerce.number().int().min(MIB).max(500_000_000).default(edge.bodyBytesDefault),
});
export type Config = Readonly<z.infer<typeof Config>>;

/** Cloudflare's own counter of a key's requests, where one is bound. */
export type RateBinding = { limit(asked: { key: string }): Promise<{ success: boolean }> };

export type Bindings = Readonly<Record<string, unknown>> & { EventRate?: RateBinding };

/** @throws Error that lists every fault at once */
export function readConfig(bindings: Bindings): Config {
  const parsed = Config.safeParse(bindings);
  if (parsed.success) return Object.freeze(parsed.data);
  throw new Error(`the worker's bindings are wrong:\n${z.prettifyError(parsed.error)}`);
}
