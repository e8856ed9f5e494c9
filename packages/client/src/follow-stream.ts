/**
 * What happens in the account, as it happens: server-sent events, resumed after every break where they broke. `EventSource`
 * cannot send a credential; this reads the same stream with `fetch`.
 */
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { ApiError } from "./api-error.ts";
import { type Credential, headersOf, type Schemas } from "./create-client.ts";

type StreamEntry = Schemas["StreamEntry"];

export type StreamEvent =
  /** The stream runs; what follows is new. */
  | { kind: "open" }
  /** What happened meanwhile is kept no longer: read the lists anew. */
  | { kind: "reset" }
  | ({ kind: "entry"; id: string } & { entry: StreamEntry })
  /** The stream broke, and is taken up again by itself. */
  | { kind: "broken"; error: unknown };

const waitMsFirst = 1_000;
const waitMsMax = 30_000;

/**
 * @param after the id of the last entry that was seen; absent: only what is new
 * @param signal ends it
 * @throws ApiError when the API refuses the credential
 */
export async function* followStream({
  url,
  after,
  signal,
  fetch = globalThis.fetch,
  ...credential
}: {
  url: string;
  after?: string;
  signal: AbortSignal;
  fetch?: typeof globalThis.fetch;
} & Credential): AsyncGenerator<StreamEvent> {
  let last = after;
  let waitMs = waitMsFirst;
  while (!signal.aborted) {
    try {
      const answer = await fetch(`${url.replace(/\/+$/, "")}/v1/digests/stream`, {
        headers: {
          ...headersOf(credential),
          ...(last === undefined ? {} : { "Last-Event-ID": last }),
        },
        signal,
      });
      if (!answer.ok || !answer.body) throw new ApiError(answer, await answer.json().catch(() => undefined));
      yield { kind: "open" };
      for await (const message of read(answer.body)) {
        if (message.id) last = message.id;
        waitMs = waitMsFirst;
        const event = eventOf(message);
        if (event) yield event;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.status < 500 && error.status !== 429) throw error;
      yield { kind: "broken", error };
      await pause(waitMs * (0.5 + Math.random() / 2), signal);
      waitMs = Math.min(waitMsMax, waitMs * 2);
    }
  }
}

function eventOf({ event, id, data }: EventSourceMessage): StreamEvent | undefined {
  if (event === "start" || id === undefined) return undefined;
  if (event === "reset") return { kind: "reset" };
  return { kind: "entry", id, entry: JSON.parse(data) as StreamEntry };
}

async function* read(body: ReadableStream<Uint8Array>): AsyncGenerator<EventSourceMessage> {
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => messages.push(message) });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parser.feed(decoder.decode(part.value, { stream: true }));
      yield* messages.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
