/** A message queue with visibility timeouts: SQS in production (`aws.ts`), a list in tests (`memory.ts`). */

export type Message = {
  id: string;
  body: string;
  receiptHandle: string;
  /** How often this message was received, this time included. Not a count of failures: a crash counts too. */
  receiveCount: number;
  sentAt: Date;
  /** As its sender gave it: of nobody that is known, and good for telling what belongs together alone. */
  traceparent?: string;
};

export type Depth = { visible: number; inFlight: number; delayed: number };

export interface Queue {
  /** At most 256 KiB; `delaySeconds` 0..900 hides the message for that long; `traceparent` stands beside its body. */
  send(body: string, options?: { delaySeconds?: number; traceparent?: string | null }): Promise<void>;
  /** Waits up to `waitSeconds` for the first message; an empty list when none came or the signal fired. */
  receive(options: {
    messagesMax: number;
    waitSeconds: number;
    visibilitySeconds: number;
    signal?: AbortSignal;
  }): Promise<Message[]>;
  delete(message: Message): Promise<void>;
  /** Makes the message visible again `visibilitySeconds` from now; 0 releases it at once. */
  changeVisibility(message: Message, visibilitySeconds: number): Promise<void>;
  depth(): Promise<Depth>;
}
