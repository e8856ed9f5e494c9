/**
 * Reads the body of a message. Nothing of it is looked at before it is known to be what the API signed: whoever may
 * only send to the queue makes a worker do nothing. A message that is no job is left to the dead-letter queue: it comes
 * back after its visibility timeout, until its receives are used up, and is told once.
 */
import type { KeyObject } from "node:crypto";
import { queue } from "@vigil/core/limits";
import type { Message } from "@vigil/core/platform/queue";
import { isSigned } from "@vigil/core/review/job-signature";
import { LRUCache } from "lru-cache";
import type * as z from "zod";
import type { Log } from "../../observe/log.ts";

export type ReadJob<T> = (message: Message) => T | undefined;

/**
 * @param schema what jobs of this queue are
 * @param keys public keys of the API; a job of any of them is taken
 */
export function createReadJob<T>(schema: z.ZodType<T>, keys: readonly KeyObject[], log: Log): ReadJob<T> {
  const told = new LRUCache<string, true>({ max: 1_000 });

  function refuse(message: Message, fault: string): undefined {
    if (!told.has(message.id)) log.error({ messageId: message.id, fault }, "a message is not a job");
    told.set(message.id, true);
  }

  return (message) => {
    if (Buffer.byteLength(message.body) > queue.messageBytesMax) return refuse(message, "too many bytes");
    if (!isSigned(message.body, keys)) return refuse(message, "not signed by the API");
    const parsed = schema.safeParse(parseJson(message.body));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return refuse(message, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not a job"}`);
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
