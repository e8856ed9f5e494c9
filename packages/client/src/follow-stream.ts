/**
 * What happens in the account, as it happens: server-sent events, resumed after every break where they broke. `EventSource`
 * cannot send a credential; this reads the same stream with `fetch`.
 */
import { createParser, type EventSourceMessage } from "eventsource-parser";
import { ApiError } from "./api-error.ts";
import { type Credential, headersOf, type Schemas } from "./create-client.ts";

type StreamEntry = Schemas["StreamEntry"];

export type StreamEvent =
  /** The stream runs; what follows happened after `id`, from which it may be resumed. */
  | { kind: "open"; id: string }
  /** What happened until `id` is kept no longer: read the lists anew. */
  | { kind: "reset"; id: string }
  | ({ kind: "entry"; id: string } & { entry: StreamEntry })
  /** The stream broke, and is taken up again by itself. */
  | { kind: "broken"; error: unknown };

const waitMsFirst = 1_000;
const waitMsMax = 30_000;
/** The API shows every 15 s that the stream lives. A connection that says nothing for this long leads nowhere any more. */
const silenceMsMax = 45_000;

/**
 * @param after the id of the last entry that was seen; absent: only what is new
 * @param signal ends it
 * @param silenceMs a stream that is silent for this long is taken up anew
 * @throws ApiError when the API refuses the credential
 */
export async function* followStream({
  url,
  after,
  signal,
  silenceMs = silenceMsMax,
  fetch = globalThis.fetch,
  ...credential
}: {
  url: string;
  after?: string;
  signal: AbortSignal;
  silenceMs?: number;
  fetch?: typeof globalThis.fetch;
} & Credential): AsyncGenerator<StreamEvent> {
  let last = after;
  let waitMs = waitMsFirst;
  while (!signal.aborted) {
    const silence = watchSilence(silenceMs);
    let isToldAnything = false;
    try {
      const answer = await fetch(`${url.replace(/\/+$/, "")}/v1/digests/stream`, {
        headers: {
          ...headersOf(credential),
          ...(last === undefined ? {} : { "Last-Event-ID": last }),
        },
        signal: AbortSignal.any([signal, silence.signal]),
      });
      if (!answer.ok || !answer.body) throw new ApiError(answer, await answer.json().catch(() => undefined));
      for await (const message of read(answer.body, silence.end)) {
        const event = eventOf(message);
        if (!event) continue;
        last = event.id;
        isToldAnything = true;
        waitMs = waitMsFirst;
        yield event;
      }
      // The API ends each stream after some time, and not before it has said something.
      if (!isToldAnything) throw new Error("the stream ended before it began");
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.status < 500 && error.status !== 429) throw error;
      yield { kind: "broken", error };
      await pause(waitMs * (0.5 + Math.random() / 2), signal);
      waitMs = Math.min(waitMsMax, waitMs * 2);
    } finally {
      silence.stop();
    }
  }
}

function eventOf({
  event,
  id,
  data,
}: EventSourceMessage): Exclude<StreamEvent, { kind: "broken" }> | undefined {
  if (id === undefined) return undefined;
  if (event === "start") return { kind: "open", id };
  if (event === "reset") return { kind: "reset", id };
  return { kind: "entry", id, entry: JSON.parse(data) as StreamEntry };
}

type Silence = {
  /** Fires when nothing came for too long. */
  signal: AbortSignal;
  /** Something came. */
  end: () => void;
  stop: () => void;
};

function watchSilence(silenceMs: number): Silence {
  const over = new AbortController();
  const wait = () =>
    setTimeout(() => over.abort(new Error(`the stream was silent for ${silenceMs} ms`)), silenceMs);
  let timer = wait();
  const stop = () => clearTimeout(timer);
  return {
    signal: over.signal,
    end: () => {
      stop();
      timer = wait();
    },
    stop,
  };
}

async function* read(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
): AsyncGenerator<EventSourceMessage> {
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => messages.push(message) });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      onBytes();
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
