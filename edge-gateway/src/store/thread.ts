/** The thread of the store: works the outbox's verbs one after another, in the order in which they were asked. */
import { parentPort, workerData } from "node:worker_threads";
import { type Outbox, type OutboxOptions, openOutbox } from "./outbox.ts";

export type Verb = keyof Outbox;
export type Call = { number: number; verb: Verb; args: unknown[] };
/** What an error was, as it crosses threads. */
export type Failure = { message: string; code: unknown; errcode: unknown };
export type Answer = { number: number } & ({ value: unknown } | { failure: Failure });

function failureOf(error: unknown): Failure {
  const { message = String(error), code, errcode } = (error ?? {}) as Partial<Failure>;
  return { message, code, errcode };
}

function serve(port: NonNullable<typeof parentPort>, options: Omit<OutboxOptions, "now">): void {
  const outbox = openOutbox({ ...options, now: Date.now });
  port.on("message", ({ number, verb, args }: Call) => {
    try {
      const work = outbox[verb] as (...args: unknown[]) => unknown;
      const value = work(...args);
      port.postMessage({ number, value } satisfies Answer);
    } catch (error) {
      port.postMessage({ number, failure: failureOf(error) } satisfies Answer);
    }
    if (verb === "close") port.close();
  });
  port.postMessage("open");
}

if (parentPort) serve(parentPort, workerData);
