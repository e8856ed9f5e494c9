/**
 * The outside world of a simulated run: queues that deliver late, twice, in any order, and lose what was acknowledged; an
 * object store whose URLs expire; receivers that take and do not say so. How bad it is, the seed says.
 */
import { createHash } from "node:crypto";
import { queue as queueLimits } from "@vigil/core/limits";
import type { BlobInfo, Blobs } from "@vigil/core/platform/blobs";
import type { Message, Queue } from "@vigil/core/platform/queue";
import type { Webhooks } from "@vigil/core/platform/webhooks";
import { problem } from "@vigil/core/problem";
import type { Chance } from "./chance.ts";
import { current, type World } from "./world.ts";

/** How bad the outside is: shares of calls. */
export type Weather = { lost: number; twice: number; failing: number; slow: number };
export const calm: Weather = { lost: 0, twice: 0, failing: 0, slow: 0 };

/** As the adapters of queue and store tell it (`platform/in-time.ts`). */
const away = (what: string) => problem("unavailable", `${what} does not answer; try again`);

type Entry = { message: Message; visibleAtMs: number; isDelayed: boolean };

export type SimulatedQueue = Queue & {
  readonly size: number;
  /** Without a gate: what another queue moves here. */
  put(body: string): void;
};

export function simulatedQueue(
  world: World,
  name: string,
  { weather, deadLetters }: { weather: () => Weather; deadLetters?: SimulatedQueue },
): SimulatedQueue {
  const chance = world.chance(`queue ${name}`);
  const entries = new Map<string, Entry>();
  let sent = 0;
  const put = (body: string, delaySeconds: number) => {
    sent += 1;
    const id = `${name}-${sent}`;
    const message = { id, body, receiptHandle: id, receiveCount: 0, sentAt: new Date(world.nowMs) };
    const late = chance.below(500);
    const visibleAtMs = world.nowMs + delaySeconds * 1000 + late;
    entries.set(id, { message, visibleAtMs, isDelayed: delaySeconds > 0 });
  };
  /** It may fail before anything was done, or after. */
  const asked = <T>(what: string, work: () => T): Promise<T> =>
    world.gate(`${name} ${what}`, () => {
      if (chance.happens(weather().failing)) throw away(name);
      const done = work();
      if (chance.happens(weather().lost)) throw away(name);
      return done;
    });
  const take = (entry: Entry, visibilitySeconds: number): Message[] => {
    entry.isDelayed = false;
    if (entry.message.receiveCount >= queueLimits.receivesMax && deadLetters) {
      entries.delete(entry.message.id);
      deadLetters.put(entry.message.body);
      return [];
    }
    // A message that the queue delivers twice stays in sight.
    if (!chance.happens(weather().twice)) entry.visibleAtMs = world.nowMs + visibilitySeconds * 1000;
    const receiveCount = entry.message.receiveCount + 1;
    entry.message = { ...entry.message, receiveCount };
    return [entry.message];
  };
  const visible = () => [...entries.values()].filter(({ visibleAtMs }) => visibleAtMs <= world.nowMs);
  return {
    get size() {
      return entries.size;
    },
    put: (body) => put(body, 0),
    send: (body, { delaySeconds = 0 } = {}) =>
      asked("send", () => {
        if (Buffer.byteLength(body) > queueLimits.messageBytesMax) throw new RangeError("more than 256 KiB");
        put(body, delaySeconds);
        if (chance.happens(weather().twice)) put(body, delaySeconds);
      }),
    async receive({ messagesMax, waitSeconds, visibilitySeconds, signal }) {
      const look = () =>
        asked("receive", () => {
          const seen = visible();
          const taken: Message[] = [];
          while (seen.length > 0 && taken.length < messagesMax) {
            const [entry] = seen.splice(chance.below(seen.length), 1);
            if (entry) taken.push(...take(entry, visibilitySeconds));
          }
          return taken;
        });
      const found = await look();
      if (found.length > 0 || waitSeconds === 0 || signal?.aborted) return found;
      await rest(world, waitSeconds * 1000);
      return look();
    },
    delete: (message) => asked("delete", () => void entries.delete(message.receiptHandle)),
    changeVisibility: (message, seconds) =>
      asked("changeVisibility", () => {
        const entry = entries.get(message.receiptHandle);
        if (entry) entry.visibleAtMs = world.nowMs + seconds * 1000;
      }),
    depth: () =>
      asked("depth", () => {
        const seen = visible().length;
        const delayed = [...entries.values()].filter(
          ({ isDelayed, visibleAtMs }) => isDelayed && visibleAtMs > world.nowMs,
        ).length;
        return { visible: seen, delayed, inFlight: entries.size - seen - delayed };
      }),
  };
}

/** A task waits, by the world's clock. */
export function rest(world: World, ms: number): Promise<void> {
  const here = current();
  if (!here) throw new Error("expected to be in a task");
  return new Promise((resolve) => {
    world.startTimer(here.task.process, ms, resolve);
  });
}

export const storeOrigin = "http://store.simulated";

export type SimulatedStore = Blobs & {
  /** What answers at the URLs. */
  fetch(method: string, url: string, body?: Uint8Array): Promise<{ status: number; body: Uint8Array }>;
};

type Held = BlobInfo & { body: Uint8Array };
type Grant = { method: "GET" | "PUT"; key: string; expiresAtMs: number; sha256?: string; bytes?: number };

export function simulatedStore(world: World, weather: () => Weather): SimulatedStore {
  const chance = world.chance("store");
  const held = new Map<string, Held>();
  const grants = new Map<string, Grant>();
  const asked = <T>(what: string, work: () => T): Promise<T> =>
    world.gate(`store ${what}`, () => {
      if (chance.happens(weather().failing)) throw away("the store");
      return work();
    });
  const grant = (seconds: number, given: Omit<Grant, "expiresAtMs">) => {
    if (seconds > 60) world.violate("url-too-long", `a URL of ${seconds} s`);
    const here = current();
    const signedMs = here ? world.timeOf(here.task.process) : world.nowMs;
    const url = `${storeOrigin}/${given.key}?grant=${grants.size + 1}`;
    grants.set(url, { ...given, expiresAtMs: signedMs + seconds * 1000 });
    return { url, expiresAt: new Date(signedMs + seconds * 1000) };
  };
  const put = (key: string, body: Uint8Array, contentType: string, sha256: string) => {
    const actual = createHash("sha256").update(body).digest("hex");
    if (actual !== sha256) throw new Error(`expected sha256 ${sha256}, got ${actual}`);
    held.set(key, { body, bytes: body.byteLength, contentType, sha256 });
  };
  return {
    async presignPut({ key, bytes, contentType, sha256, seconds }) {
      const headers = { "content-type": contentType, "x-amz-checksum-sha256": sha256 };
      return { ...grant(seconds, { method: "PUT", key, sha256, bytes }), headers };
    },
    presignGet: async ({ key, seconds }) => grant(seconds, { method: "GET", key }),
    put: ({ key, body, contentType, sha256 }) => asked("put", () => put(key, body, contentType, sha256)),
    putFile: () => Promise.reject(new Error("no file is stored in a simulation")),
    find: (key) => asked("find", () => held.get(key)),
    read: (key, bytesMax) => asked("read", () => held.get(key)?.body.subarray(0, bytesMax)),
    delete: (key) => asked("delete", () => void held.delete(key)),
    list: ({ prefix, after, countMax }) =>
      asked("list", () =>
        [...held]
          .filter(([key]) => key.startsWith(prefix) && (after === null || key > after))
          .map(([key, { bytes }]) => ({ key, bytes }))
          .toSorted((a, b) => (a.key < b.key ? -1 : 1))
          .slice(0, countMax),
      ),
    fetch: (method, url, body = new Uint8Array()) =>
      asked(`${method} by URL`, () => {
        const granted = grants.get(url);
        const refused = { status: 403, body: new Uint8Array() };
        if (granted?.method !== method || granted.expiresAtMs < world.nowMs) return refused;
        const { key, sha256, bytes } = granted;
        if (method === "GET") {
          const found = held.get(key);
          return found ? { status: 200, body: found.body } : { status: 404, body: new Uint8Array() };
        }
        if (sha256 === undefined || body.byteLength !== bytes) return refused;
        try {
          put(key, body, "image/png", sha256);
        } catch {
          return refused;
        }
        return { status: 200, body: new Uint8Array() };
      }),
  };
}

/** How often each webhook id was taken. */
export type Taken = Map<string, number>;

export function simulatedReceivers(world: World, weather: () => Weather, taken: Taken): Webhooks {
  const chance: Chance = world.chance("receivers");
  return {
    post: ({ headers }) =>
      world.gate("webhook POST", () => {
        const id = headers["webhook-id"] ?? "";
        const { failing, lost } = weather();
        if (chance.happens(failing)) return { status: 503, retryAfter: undefined };
        if (chance.happens(failing)) throw Object.assign(new Error("reset"), { code: "ECONNRESET" });
        taken.set(id, (taken.get(id) ?? 0) + 1);
        if (chance.happens(lost)) throw Object.assign(new Error("late"), { name: "TimeoutError" });
        return { status: 200, retryAfter: undefined };
      }),
    close: () => Promise.resolve(),
  };
}
