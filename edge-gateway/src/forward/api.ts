/**
 * The API as a gateway uses it. An answer is one of five things, and nothing throws: a network that fails is a state of
 * the world like any other.
 */
import type { EvidenceSignature } from "@vigil/core/gateway/wire";
import * as z from "zod";
import type { Clock } from "../clock.ts";
import { AcceptedEvent, BatchAnswer, ProblemAnswer, SealAnswer, VerdictAnswer } from "./read-answer.ts";

export type Reply<T> =
  | { kind: "answer"; value: T }
  /** The API decided against what was sent; the same again would get the same answer. */
  | { kind: "refused"; code: string; detail: string }
  /** The key is not, or no longer, a device's. */
  | Unauthorised
  /** This version of the API has no such route. */
  | { kind: "absent" }
  /** Overload, a defect, a network that fails, or somebody else who answers. */
  | Later;

export type Unauthorised = { kind: "unauthorised"; detail: string };

export type Later = {
  kind: "later";
  why: string;
  retryAfterMs: number;
  /** Whether it may be about what was sent: others may fare better. Otherwise the way is closed to all. */
  blame: "item" | "way";
};

export type Api = {
  postEvent(body: string): Promise<Reply<AcceptedEvent>>;
  /** One reply for each body, in order. */
  postBatch(bodies: readonly string[]): Promise<Reply<Reply<AcceptedEvent>[]>>;
  seal(eventId: string): Promise<Reply<SealAnswer>>;
  upload(
    to: { url: string; method: string; headers: Record<string, string> },
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<Reply<void>>;
  verdict(eventId: string): Promise<Reply<VerdictAnswer>>;
  report(body: string): Promise<Reply<void>>;
  /** @param publicKey 32 bytes in base64 */
  tellKey(publicKey: string): Promise<Reply<void>>;
  sign(eventId: string, signatures: readonly EvidenceSignature[]): Promise<Reply<void>>;
  /** Asks for nothing but the time. */
  ping(): Promise<Reply<void>>;
};

export type ApiOptions = {
  url: string;
  key: string;
  clock: Clock;
  /** Each answer of the API tells the time, to the second. `tripMs`: how long the answer was under way. */
  onTime: (told: { trueMs: number; monotonicMs: number; tripMs: number }) => void;
  /** Ends what is under way. */
  signal: AbortSignal;
  fetch?: typeof globalThis.fetch;
};

/** Of an answer that says no more than that it is one. */
const nothing = z.unknown().transform(() => {});

const requestMsMax = 30_000;
const uploadMsMax = 120_000;
const answerBytesMax = 8 * 1024 * 1024;

export const later = (why: string, retryAfterMs = 0, blame: Later["blame"] = "way"): Later => ({
  kind: "later",
  why,
  retryAfterMs,
  blame,
});

/** `Retry-After` in seconds; a date is not understood, and means no wish. */
function wantedMs(headers: Headers): number {
  const seconds = Number(headers.get("retry-after"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 600) * 1000 : 0;
}

/** What a problem of the API means. A status alone is never a decision: anybody may answer with one. */
function ofProblem(status: number, problem: ProblemAnswer, retryMs: number): Reply<never> {
  const { code, detail } = problem;
  if (status === 401 || status === 403) return { kind: "unauthorised", detail: `${code}: ${detail}` };
  // A defect may be this event's; overload is everybody's.
  if (status === 500) return later(`${status} ${code}`, retryMs, "item");
  if (status === 408 || status === 429 || status > 500) return later(`${status} ${code}`, retryMs);
  return { kind: "refused", code, detail };
}

function whyFailed(error: unknown): string {
  if (!(error instanceof Error)) return "the request failed";
  if (error.name === "TimeoutError") return "no answer in time";
  const { code, message } = (error.cause ?? {}) as { code?: unknown; message?: unknown };
  return typeof code === "string" ? code : typeof message === "string" ? message : error.message;
}

async function readText(answer: Response): Promise<string> {
  const told = Number(answer.headers.get("content-length"));
  if (told > answerBytesMax) throw new Error(`an answer of ${told} bytes`);
  return answer.text();
}

function parse<T>(schema: z.ZodType<T>, text: string): { value: T } | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? { value: parsed.data } : undefined;
  } catch {
    return undefined;
  }
}

function read<T>(answer: Response, schema: z.ZodType<T>, text: string): Reply<T> {
  if (answer.ok) {
    const parsed = parse(schema, text);
    return parsed
      ? { kind: "answer", ...parsed }
      : later(`an answer that is not Vigil's (status ${answer.status})`);
  }
  const problem = parse(ProblemAnswer, text);
  if (!problem) return later(`status ${answer.status}, not by Vigil`, wantedMs(answer.headers));
  if (answer.status === 405) return { kind: "absent" };
  return ofProblem(answer.status, problem.value, wantedMs(answer.headers));
}

/** A route that names nothing of ours can only miss itself. */
const absentWhenMissing = <T>(reply: Reply<T>): Reply<T> =>
  reply.kind === "refused" && reply.code === "not-found" ? { kind: "absent" } : reply;

type Ask = <T>(method: string, path: string, schema: z.ZodType<T>, body?: string) => Promise<Reply<T>>;

/** Sends a request to the API and reads what its answer means. */
function createAsk({ url, key, clock, onTime, signal, fetch = globalThis.fetch }: ApiOptions): Ask {
  const base = url.replace(/\/+$/, "");

  /** The API's `Date` has whole seconds, and was written somewhere on the way. */
  function tellTime(answer: Response, sentMs: number): void {
    const date = Date.parse(answer.headers.get("date") ?? "");
    if (Number.isNaN(date)) return;
    const monotonicMs = clock.monotonicMs();
    const tripMs = monotonicMs - sentMs;
    onTime({ trueMs: date + 500 + tripMs / 2, monotonicMs, tripMs });
  }

  return async (method, path, schema, body) => {
    const sentMs = clock.monotonicMs();
    try {
      const answer = await fetch(`${base}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(requestMsMax)]),
        ...(body === undefined ? {} : { body }),
      });
      const text = await readText(answer);
      const reply = read(answer, schema, text);
      // Only the API's own word for the time counts.
      if (reply.kind !== "later") tellTime(answer, sentMs);
      return reply;
    } catch (error) {
      return later(whyFailed(error));
    }
  };
}

/** To the object store, which speaks no problem+json: sealing tells what the API makes of it. */
async function upload(
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
  to: Parameters<Api["upload"]>[0],
  bytes: Parameters<Api["upload"]>[1],
): Promise<Reply<void>> {
  try {
    const answer = await fetch(to.url, {
      method: to.method,
      headers: to.headers,
      body: bytes,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(uploadMsMax)]),
    });
    await answer.body?.cancel();
    if (answer.ok) return { kind: "answer", value: undefined };
    return later(`the upload got status ${answer.status}`, 0, answer.status < 500 ? "item" : "way");
  } catch (error) {
    return later(`the upload failed: ${whyFailed(error)}`);
  }
}

export function createApi(options: ApiOptions): Api {
  const ask = createAsk(options);
  const { signal, fetch = globalThis.fetch } = options;

  return {
    postEvent: async (body) => absentWhenMissing(await ask("POST", "/v1/events", AcceptedEvent, body)),
    async postBatch(bodies) {
      const body = `{"events":[${bodies.join(",")}]}`;
      const reply = absentWhenMissing(await ask("POST", "/v1/events/batch", BatchAnswer, body));
      if (reply.kind !== "answer") return reply;
      const { items } = reply.value;
      if (items.length !== bodies.length) {
        return later(`${items.length} answers for ${bodies.length} events`);
      }
      const replies = items.map(
        (item): Reply<AcceptedEvent> =>
          "event" in item ? { kind: "answer", value: item.event } : ofProblem(item.status, item.problem, 0),
      );
      return { kind: "answer", value: replies };
    },
    seal: (eventId) => ask("POST", `/v1/events/${eventId}/seal`, SealAnswer),
    upload: (to, bytes) => upload(fetch, signal, to, bytes),
    verdict: async (eventId) =>
      absentWhenMissing(await ask("GET", `/v1/events/${eventId}/verdict`, VerdictAnswer)),
    report: async (body) => absentWhenMissing(await ask("PUT", "/v1/gateway", nothing, body)),
    tellKey: async (publicKey) =>
      absentWhenMissing(await ask("PUT", "/v1/gateway/key", nothing, JSON.stringify({ publicKey }))),
    sign: async (eventId, signatures) => {
      const body = JSON.stringify({ signatures });
      return absentWhenMissing(await ask("PUT", `/v1/events/${eventId}/signatures`, nothing, body));
    },
    ping: () =>
      ask(
        "GET",
        "/healthz",
        z.object({ status: z.literal("ok") }).transform(() => {}),
      ),
  };
}
