/**
 * What Lambda's runtime offers a function that streams its answer, for a process that is not Lambda.
 * https://docs.aws.amazon.com/lambda/latest/dg/response-streaming-tutorial.html
 */
import { PassThrough, type Writable } from "node:stream";

type Head = { statusCode: number; headers: Record<string, string> };
export type StreamingHandler = (event: object, answer: Writable, context: object) => Promise<void>;

/** An answer that has begun: its head, and what is read of it. */
export type BegunAnswer = Head & { body: PassThrough; ended: Promise<void> };

const begun = new WeakMap<Writable, (head: Head) => void>();

/** Before a function that streams is loaded. */
export function offerStreams(): void {
  const offered = {
    streamifyResponse: (handler: StreamingHandler) => handler,
    HttpResponseStream: {
      from(answer: Writable, head: Head): Writable {
        begun.get(answer)?.(head);
        return answer;
      },
    },
  };
  Object.assign(globalThis, { awslambda: offered });
}

/** Calls a function that streams. @returns once its answer has begun */
export async function callStreaming(handler: StreamingHandler, event: object): Promise<BegunAnswer> {
  const body = new PassThrough();
  const head = Promise.withResolvers<Head>();
  begun.set(body, head.resolve);
  const ended = handler(event, body, {});
  ended.catch(head.reject);
  return { ...(await head.promise), body, ended };
}
