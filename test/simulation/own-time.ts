/**
 * Time and randomness of the runtime itself, for simulated tasks: what a task asks of `Date`, `performance`, timers and
 * `node:crypto` comes from its world. Whatever runs outside of a task has the real ones.
 */
import crypto from "node:crypto";
import { createRequire, syncBuiltinESMExports } from "node:module";
import * as Id from "@vigil/core/id";
import { current, type Process, type World } from "./world.ts";

const require = createRequire(import.meta.url);
const RealDate = Date;
const epochMs = RealDate.UTC(2026, 5, 15, 10);

/** Every run begins on the same Monday, at ten in the morning. */
export const startMs = epochMs;

const nowMs = (): number => {
  const here = current();
  return here ? here.world.timeOf(here.task.process) : RealDate.now();
};

class WorldDate extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(nowMs());
    else super(...(given as [number]));
  }
  static override now(): number {
    return nowMs();
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof RealDate;
  }
}

/** Of a task whose world has gates and timers of its own. */
const live = () => {
  const here = current();
  return here?.world.isLive ? here : undefined;
};

type Timeout = { ref(): Timeout; unref(): Timeout; hasRef(): boolean; end(): void };

function timeout(end: () => void): Timeout {
  const made: Timeout = { ref: () => made, unref: () => made, hasRef: () => true, end };
  return made;
}

function takeTimers(): void {
  const real = { setTimeout, setInterval, clearTimeout, clearInterval };
  const start =
    (isRepeated: boolean) =>
    (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      const here = live();
      if (!here) {
        return isRepeated ? real.setInterval(work, ms, ...args) : real.setTimeout(work, ms, ...args);
      }
      return timeout(here.world.startTimer(here.task.process, ms, () => work(...args), isRepeated));
    };
  const clear = (made: unknown) => {
    if (typeof made === "object" && made !== null && "end" in made) (made as Timeout).end();
    else real.clearTimeout(made as NodeJS.Timeout);
  };
  Object.assign(globalThis, {
    setTimeout: start(false),
    setInterval: start(true),
    clearTimeout: clear,
    clearInterval: clear,
  });
  const promised = require("node:timers/promises") as Record<string, unknown>;
  const realPause = promised.setTimeout as (...args: unknown[]) => Promise<unknown>;
  promised.setTimeout = (ms = 0, value?: unknown, options: { signal?: AbortSignal } = {}) => {
    const here = live();
    if (!here) return realPause(ms, value, options);
    return new Promise((resolve, reject) => {
      const { signal } = options;
      const abort = () => {
        end();
        reject(new Error("The operation was aborted", { cause: signal?.reason }));
      };
      const end = here.world.startTimer(here.task.process, ms, () => {
        signal?.removeEventListener("abort", abort);
        resolve(value);
      });
      if (signal?.aborted) abort();
      else signal?.addEventListener("abort", abort, { once: true });
    });
  };
}

/** How often random words were drawn for ids. */
const drawn = { refills: 0 };

function takeRandomness(): void {
  const taken = crypto as unknown as Record<string, unknown>;
  const real = { bytes: crypto.randomBytes, uuid: crypto.randomUUID, int: crypto.randomInt };
  taken.randomInt = (...given: [number, number?]) => {
    const here = current();
    if (!here) return real.int(...(given as [number, number]));
    const [from, below] = given[1] === undefined ? [0, given[0]] : [given[0], given[1]];
    return from + here.task.chance.below(below - from);
  };
  taken.randomBytes = (count: number, ...rest: []) => {
    const here = current();
    return here ? here.task.chance.bytes(count) : real.bytes(count, ...rest);
  };
  taken.randomUUID = () => {
    const here = current();
    if (!here) return real.uuid();
    const hex = here.task.chance.bytes(16).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  const { webcrypto } = crypto;
  const values = webcrypto.getRandomValues.bind(webcrypto);
  Object.defineProperty(webcrypto, "getRandomValues", {
    value: <T extends NodeJS.ArrayBufferView & ArrayBufferView<ArrayBuffer>>(into: T): T => {
      drawn.refills += 1;
      const here = current();
      if (!here) return values(into as never) as T;
      const bytes = here.task.chance.bytes(into.byteLength);
      new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(bytes);
      return into;
    },
  });
  // What it computes in other threads is waited for, as anything outside is.
  const subtle = Object.getPrototypeOf(webcrypto.subtle) as Record<string, unknown>;
  for (const name of ["sign", "verify", "digest", "deriveBits", "deriveKey", "importKey", "exportKey"]) {
    const compute = subtle[name] as (...args: unknown[]) => Promise<unknown>;
    subtle[name] = function (this: unknown, ...args: unknown[]) {
      const here = live();
      const work = () => compute.apply(this, args);
      return here ? here.world.gate(`subtle ${name}`, work, { isPlain: true }) : work();
    };
  }
  const random = Math.random;
  Math.random = () => current()?.task.chance.unit() ?? random();
}

let isTaken = false;

/** From here on simulated tasks have the time and the randomness of their world. */
export function takeRuntime(): void {
  if (isTaken) return;
  isTaken = true;
  globalThis.Date = WorldDate as DateConstructor;
  const realNow = performance.now.bind(performance);
  performance.now = () => {
    const here = current();
    return here ? here.world.nowMs - epochMs : realNow();
  };
  takeTimers();
  takeRandomness();
  syncBuiltinESMExports();
}

/**
 * Ids are made by a generator that remembers the last one and some random words of the run before. A process whose clock
 * stands long before the run's makes it forget both: words are used up until new ones are drawn, and then once more, by a
 * task that has drawn nothing else.
 */
export function forgetIds(world: World, process: Process): void {
  for (const time of ["once", "twice"]) {
    void world.spawn(process, `forget ids ${time}`, async () => {
      Id.create("request");
      const before = drawn.refills;
      while (drawn.refills === before) Id.create("request");
    });
  }
}
