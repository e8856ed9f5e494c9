/**
 * A worker thread that answers questions, as the thread that asks sees it: lanes and the second stage run on such
 * threads. What the messages are is the stage's own affair; it says with `read` what one of them means.
 *
 *     const thread = await startThread<ToLane, FromLane, Detected>({ name: "lane", entry, data: settings, startMsMax, read });
 *     const detected = await thread.ask(() => ({ kind: "detect", images }), { msMax: 60_000 });
 *     await thread.close();
 */
import { Worker } from "node:worker_threads";

/** Without `id` a message answers what was asked first. `refused`: the thread will not start. */
export type Reply<Answer> =
  | { kind: "ready" }
  | { kind: "refused"; reason: string }
  | { kind: "answer"; answer: Answer; id?: number }
  | { kind: "error"; error: Error; id?: number };

export type ThreadOptions<From, Answer> = {
  /** For messages, as in "the lane ended with code 1". */
  name: string;
  /** The file that the thread runs. */
  entry: URL;
  data?: unknown;
  read: (message: From) => Reply<Answer>;
  /** How long it may take to end once it was told to; for ever when absent. */
  closeMsMax?: number;
  /** Whether the process goes on for as long as the thread does. */
  holdsProcess?: boolean;
};

export type WorkerThread<To, Answer> = {
  /** Asked and not answered yet. */
  readonly inHand: number;
  readonly isDown: boolean;
  /**
   * Asks behind whatever was asked before. Rejects with the error that came as the answer, or with `ThreadDown`.
   * `msMax`: how long the answer may take once nothing is before it; the thread is given up after that.
   */
  ask(question: (id: number) => To, options?: { msMax?: number }): Promise<Answer>;
  /** Ends the thread at once: what was asked rejects. */
  abandon(reason: Error): void;
  /** Ends the thread after everything that was asked. */
  close(): Promise<void>;
};

/** The thread ended; what it had in hand is undone. */
class ThreadDown extends Error {
  override readonly name: string = "ThreadDown";
}

/** No answer came in time. The thread may go on inside native code for ever: a process bears few of those. */
export class ThreadStuck extends ThreadDown {
  override readonly name = "ThreadStuck";
}

type Asked<Answer> = { answer: PromiseWithResolvers<Answer>; msMax: number | undefined };

/** Resolves when the thread says that it is ready; rejects when it refuses, ends, or takes longer than `startMsMax`. */
export async function startThread<To, From, Answer>(
  options: ThreadOptions<From, Answer> & { startMsMax: number },
): Promise<WorkerThread<To | { kind: "close" }, Answer>> {
  const { name, startMsMax } = options;
  const thread = new Thread<To, From, Answer>(options);
  const tooLate = () => thread.abandon(new ThreadStuck(`the ${name} did not start within ${startMsMax} ms`));
  const timer = setTimeout(tooLate, startMsMax);
  try {
    await thread.ready;
    return thread;
  } catch (error) {
    thread.abandon(new ThreadDown(`the ${name} did not start`));
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

class Thread<To, From, Answer> implements WorkerThread<To | { kind: "close" }, Answer> {
  readonly #options: ThreadOptions<From, Answer>;
  readonly #worker: Worker;
  /** By id, in the order of asking. */
  readonly #asked = new Map<number, Asked<Answer>>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  #lastId = 0;
  #failure: Error | undefined;
  #watchdog: NodeJS.Timeout | undefined;

  constructor(options: ThreadOptions<From, Answer>) {
    const { name, entry, data, read, holdsProcess = true } = options;
    this.#options = options;
    this.#worker = new Worker(entry, { workerData: data, name });
    if (!holdsProcess) this.#worker.unref();
    // Who does not wait for it learns of a failure from what was asked.
    this.#ready.promise.catch(() => undefined);
    this.#worker.on("message", (message: From) => this.#take(read(message)));
    this.#worker.on("error", (cause) => this.#fail(new ThreadDown(`the ${name} crashed`, { cause })));
    this.#worker.on("exit", (code) => {
      this.#fail(new ThreadDown(`the ${name} ended with code ${code}`));
      this.#ended.resolve();
    });
  }

  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  get inHand(): number {
    return this.#asked.size;
  }

  get isDown(): boolean {
    return this.#failure !== undefined;
  }

  ask(question: (id: number) => To, { msMax }: { msMax?: number } = {}): Promise<Answer> {
    if (this.#failure) return Promise.reject(this.#failure);
    const answer = Promise.withResolvers<Answer>();
    this.#lastId += 1;
    this.#asked.set(this.#lastId, { answer, msMax });
    if (this.#asked.size === 1) this.#watch();
    this.#worker.postMessage(question(this.#lastId), []);
    return answer.promise;
  }

  abandon(reason: Error): void {
    this.#fail(reason);
    this.#ended.resolve();
    // A thread that is stuck inside native code ends only when that returns: nobody waits for it.
    this.#worker.unref();
    void this.#worker.terminate();
  }

  async close(): Promise<void> {
    const { name, closeMsMax } = this.#options;
    // Whoever waits for its end would otherwise wait in vain in a process with nothing else to do.
    this.#worker.ref();
    this.#worker.postMessage({ kind: "close" }, []);
    const tooLate = () => this.abandon(new ThreadStuck(`the ${name} did not close within ${closeMsMax} ms`));
    const timer = closeMsMax === undefined ? undefined : setTimeout(tooLate, closeMsMax);
    await this.#ended.promise;
    clearTimeout(timer);
  }

  #take(reply: Reply<Answer>): void {
    if (reply.kind === "ready") return this.#ready.resolve();
    if (reply.kind === "refused") {
      return this.#fail(new ThreadDown(`the ${this.#options.name} did not start: ${reply.reason}`));
    }
    const id = reply.id ?? this.#asked.keys().next().value;
    const asked = id === undefined ? undefined : this.#asked.get(id);
    if (id === undefined || !asked) return;
    this.#asked.delete(id);
    if (reply.kind === "answer") asked.answer.resolve(reply.answer);
    else asked.answer.reject(reply.error);
    this.#watch();
  }

  #fail(reason: Error): void {
    this.#failure ??= reason;
    clearTimeout(this.#watchdog);
    this.#ready.reject(this.#failure);
    for (const { answer } of this.#asked.values()) answer.reject(this.#failure);
    this.#asked.clear();
  }

  /** Guards what was asked first: the rest waits behind it. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    const [first] = this.#asked.values();
    if (first?.msMax === undefined) return;
    const { msMax } = first;
    const stuck = () =>
      this.abandon(new ThreadStuck(`the ${this.#options.name} gave no answer within ${msMax} ms`));
    this.#watchdog = setTimeout(stuck, msMax);
  }
}
