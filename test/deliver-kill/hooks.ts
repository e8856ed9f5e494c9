/** Receivers of webhooks that look at every signature with the official library and remember under which id what was told. */
import { setTimeout as pause } from "node:timers/promises";
import { Message } from "@vigil/core/delivery/wire";
import { Webhook } from "standardwebhooks";
import { type Receiver, startReceiver } from "../../packages/core/testing/receiver.ts";

export type Hook = {
  url: string;
  secret: string;
  /** By `webhook-id`: what it was about, when it came first, and how often it came. */
  told: Map<string, { subject: string; type: string; at: number; times: number }>;
  /** Requests that nobody should send: a wrong signature, another body under a known id. */
  faults: string[];
  close(): Promise<void>;
};

/**
 * @param failing of all requests, 0..1, that are answered 503 after they were taken
 * @param slowMs how long an answer takes at most
 */
export async function startHook({ failing = 0, slowMs = 0 } = {}): Promise<Hook> {
  const receiver: Receiver = await startReceiver();
  const hook: Hook = {
    url: receiver.url,
    secret: "",
    told: new Map(),
    faults: [],
    close: () => receiver.close(),
  };
  receiver.answer = async ({ headers, body }) => {
    const at = Date.now();
    receiver.received.length = 0;
    try {
      note(hook, headers as Record<string, string>, body, at);
    } catch (error) {
      hook.faults.push(String(error));
    }
    await pause(Math.random() * slowMs);
    return { status: Math.random() < failing ? 503 : 204 };
  };
  return hook;
}

function note(hook: Hook, headers: Record<string, string>, body: string, at: number): void {
  const { id, subject, type } = Message.parse(new Webhook(hook.secret).verify(body, headers));
  if (id !== headers["webhook-id"]) throw new Error(`${id} came under the id ${headers["webhook-id"]}`);
  const known = hook.told.get(id);
  if (known && known.subject !== subject) throw new Error(`${id} told of ${known.subject} and of ${subject}`);
  if (known) known.times += 1;
  else hook.told.set(id, { subject, type, at, times: 1 });
}
