/**
 * Store and forward's first half: what was heard lies on disk before it is forwarded. SQLite and its syncs run in a
 * thread of their own, so that hearing and alarming never wait for a disk.
 *
 * @example
 *   const store = await openStore({ directory: "/var/lib/vigil-gateway", ballastBytes: 32 * MIB });
 *   await store.start(Date.now(), "3fa9");
 *   await store.record(item);   // survives a power cut from here on
 */
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Outbox } from "./outbox.ts";
import type { Answer, Call, Failure, Verb } from "./thread.ts";

/** The outbox's verbs, each answered by the store's thread. */
export type Store = {
  [K in Verb]: (...args: Parameters<Outbox[K]>) => Promise<ReturnType<Outbox[K]>>;
} & {
  /** Resolves with the reason when the thread has died; what is asked afterwards rejects. */
  broken: Promise<string>;
};

export type StoreOptions = { directory: string; ballastBytes: number };

class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: unknown;
  readonly errcode: unknown;

  constructor({ message, code, errcode }: Failure) {
    super(message);
    this.code = code;
    this.errcode = errcode;
  }
}

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

const verbs = Object.keys({
  start: true,
  record: true,
  captureKey: true,
  turn: true,
  freeze: true,
  settle: true,
  loseEvidence: true,
  readEvidence: true,
  anchor: true,
  boots: true,
  tend: true,
  balance: true,
  ledger: true,
  putAlarm: true,
  alarms: true,
  close: true,
} satisfies Record<Verb, true>) as Verb[];

/** Opens the store, and makes it where there is none. Throws when it cannot be read or was written by a newer gateway. */
export async function openStore(options: StoreOptions): Promise<Store> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const thread = new Worker(new URL("./thread.ts", import.meta.url), {
    workerData: options,
    // Its rows are small: a young generation of its own size would only be memory that lies idle.
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  });
  await once(thread, "message");
  const waiting = new Map<number, Waiting>();
  const { promise: broken, resolve: breakDown } = Promise.withResolvers<string>();
  let calls = 0;
  let dead: string | undefined;

  function die(why: string): void {
    dead ??= why;
    breakDown(dead);
    for (const { reject } of waiting.values()) {
      reject(new StoreError({ message: dead, code: "DEAD", errcode: 0 }));
    }
    waiting.clear();
  }

  thread.on("message", (answer: Answer) => {
    const caller = waiting.get(answer.number);
    waiting.delete(answer.number);
    if ("failure" in answer) caller?.reject(new StoreError(answer.failure));
    else caller?.resolve(answer.value);
  });
  thread.on("error", (error) => die(`the store's thread failed: ${String(error)}`));
  thread.on("exit", () => die("the store is closed"));

  function call(verb: Verb, args: unknown[]): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (dead !== undefined) {
      return Promise.reject(new StoreError({ message: dead, code: "DEAD", errcode: 0 }));
    }
    calls += 1;
    waiting.set(calls, { resolve, reject });
    thread.postMessage({ number: calls, verb, args } satisfies Call, []);
    return promise;
  }

  const proxies = Object.fromEntries(verbs.map((verb) => [verb, (...args: unknown[]) => call(verb, args)]));
  return { ...proxies, broken } as Store;
}
