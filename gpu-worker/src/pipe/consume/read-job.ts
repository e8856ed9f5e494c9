/** Reads the body of a message. One that no worker can read is left to the dead-letter queue, and told once. */
import { queue } from "@vigil/core/limits";
import type { Message } from "@vigil/core/platform/queue";
import { Job } from "@vigil/core/review/wire";
import { LRUCache } from "lru-cache";
import type { Log } from "../../observe/log.ts";

export type ReadJob = (message: Message) => Job | undefined;

export function createReadJob(log: Log): ReadJob {
  const told = new LRUCache<string, true>({ max: 1_000 });

  function refuse(message: Message, fault: string): undefined {
    if (!told.has(message.id)) log.error({ messageId: message.id, fault }, "a message is not a job");
    told.set(message.id, true);
  }

  return (message) => {
    if (Buffer.byteLength(message.body) > queue.messageBytesMax) return refuse(message, "too many bytes");
    let json: unknown;
    try {
      json = JSON.parse(message.body);
    } catch {
      return refuse(message, "not JSON");
    }
    const parsed = Job.safeParse(json);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return refuse(message, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not a job"}`);
  };
}
