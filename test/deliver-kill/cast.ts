/**
 * Who makes digests and who is told of them, all from outside: cameras that post pictures, a worker that takes jobs off the
 * real queues and reports, receivers of webhooks, and a client that follows the stream. What asks keeps asking: the API
 * may be gone at any moment.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { followStream } from "@vigil/client";
import { EndpointWithSecret } from "@vigil/core/endpoint/wire";
import type { SeededAccount } from "@vigil/core/seed";
import { sign } from "@vigil/core/worker/signature";
import { jpeg } from "../../packages/core/testing/images.ts";
import { beat, reportJobs } from "../walk/quick-worker.ts";
import type { Picture } from "../walk/subscriber.ts";
import type { World } from "../walk/world.ts";
import { type Hook, startHook } from "./hooks.ts";
import { plantDevices } from "./plant-devices.ts";

export type StreamEntryHeard = { number: number; kind: string; subject: string; at: number };

export type Cast = {
  account: SeededAccount;
  hooks: Hook[];
  /** In the order in which they came. */
  heard: StreamEntryHeard[];
  /** How often the stream broke and was taken up again. */
  readonly breaks: number;
  /** What the worker and the follower could not go on from. */
  faults: string[];
  /** Sends the next camera's picture of somebody at its door, until the API has taken it. @returns the camera's id of the event */
  postEvent(picture?: Pick<Picture, "bytes">): Promise<string>;
  /** The key of a camera that has told of nothing yet. */
  nextCamera(): string;
  ask(
    path: string,
    init: { key: string; method?: string; json?: unknown; body?: FormData },
  ): Promise<Response>;
  close(): Promise<void>;
};

export type CastOptions = {
  world: World;
  /** An API that runs at this moment; undefined: there is none. */
  urlOf: () => string | undefined;
  endpoints: number;
  /** How many events are posted at most, each before another house. */
  events: number;
  /** How the receivers behave. */
  hooks?: { failing?: number; slowMs?: number };
  /** Whether the cast reports what jobs ask for; false where a real worker does. */
  reports?: boolean;
};

const askMsMax = 600_000;
/** Of what any release answers. */
const Secret = EndpointWithSecret.pick({ secret: true });

export async function createCast({
  world,
  urlOf,
  endpoints,
  events,
  hooks: manners,
  reports = true,
}: CastOptions): Promise<Cast> {
  const account = world.base.seeded.accounts.find(({ tier }) => tier === "pro");
  if (!account) throw new Error("expected an account of tier pro");
  const cameras = await plantDevices(world.base, account, events);
  const picture = new Blob([new Uint8Array(await jpeg(7, { width: 320, height: 240 }))]);
  const over = new AbortController();
  const ask = createAsk(urlOf, over.signal);
  const hooks = await Promise.all(Array.from({ length: endpoints }, () => startHook(manners)));
  for (const hook of hooks) {
    const json = { type: "webhook", url: hook.url, levelFrom: "low", quietHours: "ignore" };
    const answer = await ask("/v1/endpoints", { key: account.memberToken, method: "POST", json });
    if (answer.status !== 201) throw new Error(`the endpoint was refused: ${await answer.text()}`);
    hook.secret = Secret.parse(await answer.json()).secret ?? "";
  }
  const heard: StreamEntryHeard[] = [];
  let breaks = 0;
  const follow = async () => {
    const through = (input: string | URL | Request, init?: RequestInit) => fetch(aim(input, urlOf), init);
    const options = { url: "http://vigil.test", token: account.memberToken, signal: over.signal };
    for await (const told of followStream({ ...options, fetch: through })) {
      if (told.kind === "broken") breaks += 1;
      if (told.kind === "reset") throw new Error("the stream was reset");
      if (told.kind !== "entry") continue;
      const { kind, subject } = told.entry;
      heard.push({ number: Number(told.id), kind, subject, at: Date.now() });
    }
  };
  const worker = { ask, world, signal: over.signal };
  const faults: string[] = [];
  const reporting = reports ? [reportJobs(worker), reportJobs(worker), beat(worker)] : [];
  const nextCamera = () => {
    const key = cameras.shift();
    if (key === undefined) throw new Error(`expected at most ${events} events`);
    return key;
  };
  const running = [follow(), ...reporting].map((work) =>
    work.catch((error: unknown) => {
      if (!over.signal.aborted) faults.push(String(error));
    }),
  );
  return {
    account,
    hooks,
    heard,
    faults,
    get breaks() {
      return breaks;
    },
    nextCamera,
    async postEvent(sent) {
      const key = nextCamera();
      const body = new FormData();
      const shown = sent ? new Blob([new Uint8Array(sent.bytes)]) : picture;
      const event = { id: randomUUID(), type: "person", zone: "front_door", mode: "away" };
      body.set("event", JSON.stringify({ ...event, occurredAt: new Date().toISOString() }));
      body.append("image", shown, "1.jpg");
      const answer = await ask("/v1/events", { key, method: "POST", body });
      if (answer.status !== 202) throw new Error(`the event was refused: ${await answer.text()}`);
      return event.id;
    },
    ask,
    async close() {
      over.abort();
      await Promise.all(running);
      await Promise.all(hooks.map((hook) => hook.close()));
    },
  };
}

/** The same address at an API that runs. @throws when none does */
function aim(input: string | URL | Request, urlOf: () => string | undefined): string {
  const url = urlOf();
  if (url === undefined) throw new Error("no API runs");
  const { pathname, search } = new URL(input instanceof Request ? input.url : input);
  return `${url}${pathname}${search}`;
}

/**
 * Asks the same thing until somebody answers with less than 500. An event has an id of its own; what else is made has an
 * idempotency key, which a process that was killed holds for a while.
 */
function createAsk(urlOf: () => string | undefined, signal: AbortSignal): Cast["ask"] {
  return async (path, { key, method = "GET", json, body }) => {
    const headers: Record<string, string> = { authorization: `Bearer ${key}` };
    if (path.startsWith("/v1/endpoints")) headers["idempotency-key"] = randomUUID();
    if (json !== undefined) headers["content-type"] = "application/json";
    const text = json === undefined ? undefined : JSON.stringify(json);
    const startMs = Date.now();
    for (;;) {
      const signed = path.startsWith("/worker/")
        ? sign(key, { id: `msg_${randomUUID()}`, at: new Date(), body: text ?? "" })
        : {};
      try {
        const sent = text ?? body;
        const answer = await fetch(aim(`http://vigil.test${path}`, urlOf), {
          method,
          headers: { ...headers, ...signed },
          ...(sent === undefined ? {} : { body: sent }),
          signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
        });
        const isHeld = answer.status === 409 && "idempotency-key" in headers;
        const isFinal = answer.status < 500 && answer.status !== 429 && !isHeld;
        if (isFinal) return new Response(await answer.arrayBuffer(), { status: answer.status });
      } catch (error) {
        signal.throwIfAborted();
        if (Date.now() - startMs > askMsMax) throw error;
      }
      await pause(50 + Math.random() * 200, undefined, { signal });
    }
  };
}
